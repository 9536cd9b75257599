// Losses over steps, and gradient norms below them.  Python sends whole numbers, thousandths of a loss and
// hundredths of a norm's logarithm; here they become pixels and, by looking up, text.

const L = 44, R = 14, TOP = 22, BOTTOM = 42, LOSS = 246, GAP = 32, NORM = 92
const NAN = -32768, INFINITE = -32767, ZERO = -32766, BEYOND = 1000
const MARKS = 12 // on the second run's curve, so that no colour is needed to tell it from the first
const FEW = 40 // measurements of validation that are shown as dots
const MANTISSAS = Array.from({ length: 100 }, (_, k) => (10 ** (k / 100)).toFixed(1))
const states = new WeakMap() // what each place in the page shows

const raised = (n) => String(n).replace(/[-\d]/g, (c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]))
const grouped = (n) => n.toLocaleString("en-US")
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer
const short = (text) => new Int16Array(bytes(text))
const long = (text) => new Int32Array(bytes(text))

function power(log) {
  const exponent = Math.floor(log / 100), mantissa = MANTISSAS[log - exponent * 100], digits = mantissa.replace(".", "")
  if (exponent === 0) return mantissa
  if (exponent < 0 && exponent > -3) return "0." + "0".repeat(-1 - exponent) + digits
  if (exponent === 1 || exponent === 2) return digits + "0".repeat(exponent - 1)
  return `${mantissa} · 10${raised(exponent)}`
}
const special = { [NAN]: "not a number", [INFINITE]: "more than any number", [ZERO]: "exactly 0" }
const lossText = (code) => special[code] ?? (code < 0 ? power(-code - BEYOND) : (code / 1000).toFixed(3))
const normText = (code) => special[code] ?? power(code)

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

const circle = (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`
const square = (x, y, r) => `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`
const triangle = (x, y) => `M${x - 6} ${y + 1}h12l-6 -10z`
const cross = (x, y) => `M${x - 5} ${y - 5}l10 10m0 -10l-10 10`
const pixel = (value) => Math.round(value * 10) / 10

// ---- what is drawn where ----

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

// A curve as a path with gaps where there is nothing to see; above the axis it only goes up and comes back.
function curve(xs, ys, outside) {
  let d = "", end = null, pen = "M"
  xs.forEach((x, k) => {
    if (Number.isNaN(ys[k])) return (pen = "M")
    d += `${k && outside(k) && outside(k - 1) ? "M" : pen}${x} ${ys[k]}`
    end = [x, ys[k]]
    pen = "L"
  })
  return { d, end }
}

function spread(xs, ys, codes, gap) {
  const found = []
  xs.forEach((x, k) => {
    if (codes[k] >= 0 && x >= (found.at(-1)?.[0] ?? -gap) + gap) found.push([x, ys[k]])
  })
  return found
}

function decoded(run) {
  return {
    ...run, step: long(run.step), loss: short(run.loss), norm: run.norm && short(run.norm),
    validationStep: long(run.validation_step), validation: short(run.validation),
  }
}

// ---- the parts that stay as long as their texts do ----

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
      loss: line("line", training), norm: line("line thin", training), marks: line("", "none", training),
      validation: line("line dashed", validation), dots: line("dots", validation),
      stop: line("line", validation), up: line("", "none", validation), here: line("here", "", validation),
    }
  })
}

// ---- drawing ----

function build(root) {
  const state = { root, legend: make(root, "p", { class: "legend" }), notes: make(root, "div", { class: "notes" }) }
  state.picture = make(root, "svg", { class: "picture", role: "img", tabindex: 0 })
  state.here = make(state.picture, "path", { class: "rule" })
  state.axes = make(state.picture, "g")
  state.runs = make(state.picture, "g")
  state.cursor = make(state.picture, "path", { class: "cursor" })
  state.tip = make(root, "div", { class: "tip", role: "status" })
  state.tip.hidden = true
  pointing(state)
  new ResizeObserver(() => root.clientWidth !== state.width && show(state)).observe(root)
  states.set(root, state)
  return state
}

function draw(root, data) {
  const state = states.get(root) ?? build(root)
  Object.assign(state, { data, decoded: data.runs.map(decoded) })
  show(state)
}

// Run a part again only if something that it depends on is another.
function renew(state, name, from, make) {
  const now = JSON.stringify(from)
  if (state[`${name}From`] === now) return
  state[`${name}From`] = now
  state[name + "Made"] = make()
}

function show(state) {
  const { data, root } = state, W = Math.max(240, root.clientWidth)
  const at = (state.at = scales(data, W))
  Object.assign(state, { width: root.clientWidth, W })
  set(state.picture, { viewBox: `0 0 ${W} ${at.bottom + BOTTOM}`, "aria-label": data.alt })
  const looks = data.runs.map((run) => [run.name, run.colours])
  renew(state, "axes", [W, data.x, data.y, data.guess, data.norm], () => axes(state.axes, data, at, W))
  renew(state, "legend", [looks, data.grey], () => legend(state.legend, data))
  renew(state, "runs", looks, () => series(state.runs, data.runs))
  renew(state, "notes", data.runs.map((run) => [run.name, run.says]), () => notes(state.notes, data.runs))
  state.decoded.forEach((run, k) => update(run, k, state.runsMade[k], at, W))
  const marked = data.runs.find((run) => run.at !== null)
  set(state.here, { d: marked ? `M${at.x(marked.at)} ${TOP}V${at.bottom}` : "" })
}

function notes(place, runs) {
  place.replaceChildren()
  for (const run of runs.filter((run) => run.says)) {
    const text = runs.length > 1 ? `${run.name}: ${run.says}` : run.says
    make(place, "p", { class: "note", style: `color: ${run.colours[1]}` }, text)
  }
}

function update(run, second, nodes, at, W) {
  run.xs = Array.from(run.step, at.x)
  const ys = Array.from(run.loss, at.y), above = (codes) => (k) => codes[k] < 0
  const loss = curve(run.xs, ys, above(run.loss))
  const vx = Array.from(run.validationStep, at.x), vy = Array.from(run.validation, at.y)
  const held = curve(vx, vy, above(run.validation))
  const mark = second ? square : circle
  set(nodes.loss, { d: loss.d })
  set(nodes.validation, { d: held.d })
  set(nodes.norm, { d: run.norm ? curve(run.xs, Array.from(run.norm, at.norm), () => false).d : "" })
  const shown = vx.length <= FEW ? vx.map((x, k) => [x, vy[k], run.validation[k]]) : []
  set(nodes.dots, { d: shown.filter(([, , code]) => code >= 0).map(([x, y]) => mark(x, y, 3)).join("") })
  const often = second ? spread(run.xs, ys, run.loss, (W - L - R) / MARKS).map(([x, y]) => square(x, y, 3.5)) : []
  set(nodes.marks, { d: often.join("") })
  set(nodes.up, { d: run.up.map((step) => triangle(at.x(step), TOP)).join("") })
  const ends = [[loss.end, run.loss], [held.end, run.validation]].filter(([end, codes]) => end && codes.at(-1) <= INFINITE)
  set(nodes.stop, { d: ends.map(([[x, y]]) => cross(x, y)).join("") })
  const dots = run.dots.filter((code) => code >= 0).map((code) => mark(at.x(run.at), at.y(code), 6))
  set(nodes.here, { d: dots.join("") })
}

// ---- what is said of a step, by pointer or by key ----

function nearest(xs, x) {
  let best = -1
  xs.forEach((own, k) => { if (best < 0 || Math.abs(own - x) < Math.abs(xs[best] - x)) best = k })
  return best
}

function say(state, x) {
  const found = state.decoded.map((run) => nearest(run.xs, x))
  const distance = (run, k) => (found[k] < 0 ? Infinity : Math.abs(run.xs[found[k]] - x))
  const order = state.decoded.map((run, k) => [distance(run, k), k]).sort((a, b) => a[0] - b[0])
  const [away, chosen] = order[0] ?? [Infinity]
  if (away === Infinity) return quiet(state)
  const step = state.decoded[chosen].step[found[chosen]], place = state.at.x(step)
  state.x = place
  set(state.cursor, { d: `M${place} ${TOP}V${state.at.bottom}` })
  state.tip.replaceChildren()
  make(state.tip, "div", {}, `step ${grouped(step)}`)
  state.decoded.forEach((run, k) => {
    if (found[k] >= 0 && Math.abs(run.xs[found[k]] - place) < 12) told(state, run, found[k], step)
  })
  if (state.data.runs.some((run) => run.means)) make(state.tip, "small", {}, "means over nearby steps")
  state.tip.hidden = false
  const shown = (place * state.root.clientWidth) / state.W, wide = state.tip.offsetWidth
  const left = shown + 12 + wide <= state.root.clientWidth ? shown + 12 : shown - 12 - wide
  state.tip.style.left = `${Math.max(0, left)}px`
  state.tip.style.top = `${state.legend.offsetHeight + state.notes.offsetHeight + TOP + 8}px`
}

function told(state, run, k, step) {
  const block = make(state.tip, "div", { class: "run", style: `color: ${run.colours[1]}` })
  if (state.decoded.length > 1) make(block, "b", {}, run.name)
  make(block, "div", {}, `training ${lossText(run.loss[k])}`)
  const before = run.validationStep.findLastIndex((measured) => measured <= step)
  if (before >= 0) {
    const when = run.validationStep[before] === step ? "" : ` (step ${grouped(run.validationStep[before])})`
    make(block, "div", {}, `validation ${lossText(run.validation[before])}${when}`)
  }
  if (run.norm) make(block, "div", {}, `gradient norm ${normText(run.norm[k])}`)
}

function quiet(state) {
  state.tip.hidden = true
  set(state.cursor, { d: "" })
}

function pointing(state) {
  const point = (event) => {
    const frame = state.picture.getBoundingClientRect()
    const x = ((event.clientX - frame.left) * state.W) / frame.width
    if (x < L - 6 || x > state.W - R + 6) quiet(state)
    else say(state, x)
  }
  state.picture.onpointermove = state.picture.onpointerdown = point
  state.picture.onpointerleave = state.picture.onblur = () => quiet(state)
  state.picture.onkeydown = (event) => {
    const { xs } = state.decoded[0] ?? { xs: [] }, now = state.tip.hidden ? -1 : nearest(xs, state.x)
    const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: xs.length - 1 }[event.key]
    if (event.key === "Escape") quiet(state)
    if (to === undefined) return
    event.preventDefault()
    if (xs.length) say(state, xs[Math.max(0, Math.min(xs.length - 1, to))])
  }
}
