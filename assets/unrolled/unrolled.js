// One network, unrolled over a word: the same box again and again, each with the state of the one before.

const made = (parent, tag, name, text = "") => {
  const element = parent.appendChild(Object.assign(document.createElement(tag), { className: name }))
  element.textContent = text
  return element
}

function draw(root, data) {
  const now = JSON.stringify(data)
  if (root.made === now) return
  root.made = now
  root.setAttribute("role", "img")
  root.setAttribute("aria-label", data.alt)
  root.replaceChildren()
  const row = made(root, "div", "row")
  data.steps.forEach((step, k) => {
    if (k) made(row, "span", "arrow", "→")
    const place = made(row, "div", "step")
    made(place, "span", "expects", step.expects)
    made(place, "span", "up", "↑")
    const box = made(place, "div", "box")
    for (const colour of step.state) made(box, "i", "").style.backgroundColor = colour
    made(place, "span", "up", "↑")
    made(place, "span", "char", step.char)
    made(place, "span", "number", `step ${k + 1}`)
  })
}
