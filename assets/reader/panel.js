// What the network expected at the chosen character: bars before and after temperature, and what is said of it.

function buildPanel(place) {
  const panel = { place: make(place, "div", "panel"), rows: [] }
  const words = make(panel.place, "div", "words")
  panel.head = make(words, "p", "head")
  panel.facts = make(words, "dl")
  panel.status = make(words, "p", "status")
  panel.status.setAttribute("role", "status")
  panel.bars = make(panel.place, "div", "bars")
  panel.legend = make(panel.bars, "p", "legend")
  return panel
}

function decodeDetails(details) {
  const found = Object.fromEntries(Object.entries(details.codes).map(([name, code]) => [name, short(code)]))
  return { ...found, chars: details.chars, given: details.given, each: details.each }
}

function fillPanel(panel, details, chars, at) {
  panel.place.hidden = !details || at < 0
  if (panel.place.hidden) return
  const context = chars.slice(Math.max(0, at - 12), at).map(seen).join("")
  say(panel.head, `Character ${at + 1} of ${chars.length}: ‘${seen(chars[at])}’${context ? ` after “${at > 12 ? "…" : ""}${context}”` : ""}`)
  const rank = details.rank[at]
  facts(panel.facts, [
    ["surprise", `${hundredths(details.surprise[at])} bits`],
    ["entropy", `${hundredths(details.entropy[at])} bits, as unsure as among ${(details.among[at] / 10).toFixed(1)}`],
    ["place", rank === 1 ? "the likeliest came" : `number ${rank} of ${details.chars.length} came`],
  ])
  const each = details.each, from = at * each
  say(panel.legend, details.given)
  while (panel.rows.length < each) panel.rows.push(barRow(panel.bars))
  const said = []
  panel.rows.forEach((row, k) => {
    row.place.hidden = k >= each
    if (row.place.hidden) return
    const char = details.chars[details.index[from + k]], before = details.before[from + k], after = details.after[from + k]
    say(row.char, seen(char))
    say(row.says, `${percent(before)} → ${percent(after)}`)
    row.before.style.width = `${before / 100}%`
    row.after.style.width = `${after / 100}%`
    row.place.classList.toggle("came", char === chars[at])
    if (k < 3) said.push(`${seen(char)} ${percent(before)}`)
  })
  say(panel.status, `Expected: ${said.join(", ")}.`)
}

function facts(list, rows) {
  while (list.children.length < 2 * rows.length) { make(list, "dt"); make(list, "dd") }
  rows.forEach(([name, text], k) => { say(list.children[2 * k], name); say(list.children[2 * k + 1], text) })
}

function barRow(place) {
  const row = { place: make(place, "div", "row") }
  row.char = make(row.place, "span", "char")
  const track = make(row.place, "span", "track")
  row.before = make(track, "span", "before")
  row.after = make(track, "span", "after")
  row.says = make(row.place, "span", "says")
  return row
}
