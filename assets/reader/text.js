// A text whose characters can be chosen, coloured and revealed one by one.

function buildText(place, state, number) {
  const box = make(place, "div", "box"), own = { name: make(box, "p", "name"), spans: [], chars: [] }
  own.paper = make(box, "div", "paper")
  own.paper.tabIndex = 0
  own.paper.setAttribute("role", "application")
  own.paper.setAttribute("aria-roledescription", "text to walk through")
  own.paper.onclick = (event) => {
    const at = own.spans.indexOf(event.target)
    if (at >= 0) choose(state, at, number)
  }
  own.paper.onkeydown = (event) => {
    const last = own.spans.length - 1, now = state.at
    const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: last, PageDown: now + 20, PageUp: now - 20,
      ArrowDown: beside(own, now, 1), ArrowUp: beside(own, now, -1) }[event.key]
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    choose(state, Math.max(0, Math.min(last, to)), number)
  }
  return own
}

// The character above or below another one on the page.
function beside(own, at, direction) {
  const from = own.spans[at]?.getBoundingClientRect()
  if (!from) return 0
  for (let k = at + direction, line = null; own.spans[k]; k += direction) {
    const place = own.spans[k].getBoundingClientRect()
    if (Math.abs(place.top - from.top) < 4) continue
    line ??= place.top
    if (Math.abs(place.top - line) > 4) return k - direction
    if (direction > 0 ? place.left >= from.left - 2 : place.left <= from.left + 2) return k
  }
  return direction > 0 ? own.spans.length - 1 : 0
}

function fillText(own, text, alt) {
  own.box ??= own.paper.parentElement
  own.name.hidden = !text.name
  say(own.name, text.name)
  own.paper.setAttribute("aria-label", alt)
  const made = JSON.stringify([text.chars, text.start, text.first])
  if (own.made === made) return false
  own.made = made
  own.chars = Array.from(text.chars)
  own.paper.replaceChildren()
  own.spans = own.chars.map((char, k) => {
    const span = document.createElement("span")
    span.textContent = char === "\n" ? "⏎\n" : char
    span.className = `${char === "\n" ? "line" : ""} ${k < text.start ? "given" : ""} ${k === text.first ? "first" : ""}`
    return own.paper.appendChild(span)
  })
  own.chosen = null
  return true
}

// values, in hundredths.
function colourText(own, values, data, row) {
  own.spans.forEach((span, k) => {
    const value = values?.[k], colour = value === undefined ? "" : faint(colourOf(value, data, row))
    if (span.tint !== colour) span.style.backgroundColor = span.tint = colour
  })
}

function markText(own, at) {
  own.chosen?.classList.remove("chosen")
  own.chosen = own.spans[at] ?? null
  own.chosen?.classList.add("chosen")
  if (own.chosen && own.chosen.offsetTop + own.chosen.offsetHeight > own.paper.scrollTop + own.paper.clientHeight)
    own.paper.scrollTop = own.chosen.offsetTop - own.paper.clientHeight / 2
  else if (own.chosen && own.chosen.offsetTop < own.paper.scrollTop) own.paper.scrollTop = own.chosen.offsetTop - 30
}
