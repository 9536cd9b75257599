// One bar a row.  Python sends lengths in hundredths of a per cent, and all texts.

function draw(root, data) {
  if (root.getAttribute("role") !== "img") root.setAttribute("role", "img")
  root.setAttribute("aria-label", data.alt)
  root.style.setProperty("--bar", data.colour)
  root.style.setProperty("--before", data.grey)
  while (root.children.length > data.rows.length) root.lastChild.remove()
  while (root.children.length < data.rows.length) root.append(row())
  data.rows.forEach(([character, says, length, before], k) => fill(root.children[k], character, says, length, before))
}

function row() {
  const made = document.createElement("div")
  made.className = "row"
  for (const name of ["character", "track"]) made.append(Object.assign(document.createElement("span"), { className: name }))
  for (const name of ["before", "bar", "says"]) made.lastChild.append(Object.assign(document.createElement("span"), { className: name }))
  return made
}

function fill(row, character, says, length, before) {
  const [first, old, bar, number] = row.querySelectorAll(".character, .before, .bar, .says")
  if (first.textContent !== character) first.textContent = character
  if (number.textContent !== says) number.textContent = says
  row.title = `${(length / 100).toFixed(2)}%`
  bar.style.width = share(length)
  number.style.left = share(before === null ? length : Math.max(length, before))
  old.style.width = share(before ?? 0)
  row.classList.toggle("two", before !== null)
}

// Of the track, which leaves room for the number behind the longest bar.
const share = (length) => `calc((100% - 4em) * ${length / 10000})`
