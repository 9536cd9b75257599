// The parts of the picture that stay as long as their texts do: axes, legend, notes, a group for each run.

const L = 44, R = 14, TOP = 22, BOTTOM = 42, LOSS = 246, GAP = 32, NORM = 92 // pixels

function make(parent, tag, attributes = {}, text = "") {
  const svg = tag === "svg" || parent.namespaceURI.endsWith("svg")
  const made = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag)
  set(made, attributes)
  if (text) made.textContent = text
  return parent.appendChild(made)
}
// Touch only what is another: the browser lays out and paints no more than that.
function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value)
  }
}

function scales(data, W) {
  const { x, y, norm } = data, across = W - L - R
  const bend = x.linear ? (step) => Math.log1p(step / x.linear) : (step) => step
  const floor = TOP + LOSS, top = floor + GAP
  return {
    floor, top, bottom: norm ? top + NORM : floor,
    x: (step) => pixel(L + (across * bend(step)) / bend(x.last)),
    y: (code) => pixel(code <= INFINITE ? NaN : code < 0 ? TOP : floor - (LOSS * code) / y.top),
    norm: (code) => {
      if (code <= INFINITE || !norm) return NaN
      const inside = Math.max(norm.low, Math.min(norm.high, code))
      return pixel(top + NORM - (NORM * (inside - norm.low)) / (norm.high - norm.low))
    },
  }
}

function axes(group, data, at, W) {
  group.replaceChildren()
  const title = (y, text) => make(group, "text", { class: "title", x: 0, y }, text)
  const level = (y, text) => {
    make(group, "path", { class: "grid", d: `M${L} ${y}H${W - R}` })
    make(group, "text", { class: "y", x: L - 7, y: y + 4.5 }, text)
  }
  const reference = (y, text) => {
    make(group, "path", { class: "reference", d: `M${L} ${y}H${W - R}` })
    make(group, "text", { class: "name", x: W - R, y: y - 5 }, text)
  }
  title(11, data.y.title)
  data.y.ticks.forEach(([code, text]) => level(at.y(code), text))
  reference(at.y(data.guess[0]), data.guess[1])
  if (data.norm) {
    title(at.top - 10, data.norm.title)
    data.norm.ticks.forEach(([code, text]) => level(at.norm(code), text))
    if (data.norm.clip) reference(at.norm(data.norm.clip[0]), data.norm.clip[1])
  }
  let free = 0 // where the next text has room
  for (const [step, text] of data.x.ticks) {
    const tick = at.x(step), half = text.length * 3.6 + 2, x = Math.min(tick, W - half)
    make(group, "path", { class: "grid", d: `M${tick} ${at.bottom}v5` })
    if (x - half < free) continue
    make(group, "text", { class: "x", x, y: at.bottom + 19 }, text)
    free = x + half + 8
  }
  make(group, "text", { class: "x title", x: (L + W - R) / 2, y: at.bottom + 38 }, data.x.title)
}

function legend(place, data) {
  place.replaceChildren()
  const entry = (text, colour, dash, mark) => {
    const span = make(place, "span")
    const swatch = make(span, "svg", { viewBox: "0 0 34 10", "aria-hidden": "true" })
    make(swatch, "path", { d: "M0 5H34", stroke: colour, "stroke-width": 3, "stroke-dasharray": dash })
    if (mark) make(swatch, "path", { d: mark(17, 5, 4), fill: colour })
    make(span, "b", { title: text }, text)
  }
  const [first, second] = data.runs
  if (second) data.runs.forEach((run, k) => entry(run.name, run.colours[0], "", k && square))
  else entry("training", first.colours[0], "")
  entry("validation", second ? data.grey : first.colours[1], "7 4")
}

function series(group, runs) {
  group.replaceChildren()
  // The first run is drawn last: it lies on top.
  return runs.map((run) => {
    const own = make(group, "g"), [training, validation] = run.colours
    group.prepend(own)
    const line = (name, stroke, fill) => make(own, "path", { class: name, stroke, ...(fill && { fill }) })
    return {
      loss: line("line training", training), norm: line("line thin", training), marks: line("", "none", training),
      validation: line("line dashed", validation), dots: line("dots", validation),
      stop: line("line stop", validation), up: line("", "none", validation),
      here: [training, validation].map((colour) => line("here", "none", colour)),
    }
  })
}

function notes(place, runs) {
  place.replaceChildren()
  for (const run of runs.filter((run) => run.says)) {
    const text = runs.length > 1 ? `${run.name}: ${run.says}` : run.says
    make(place, "p", { class: "note", style: `color: ${run.colours[1]}` }, text)
  }
}
