// Losses over steps, and gradient norms below them: the parts of the picture that change.

const MARKS = 12 // on the second run's curve, so that no colour is needed to tell it from the first
const FEW = 40 // measurements of validation that are shown as dots
const states = new WeakMap() // what each place in the page shows

const circle = (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`
const square = (x, y, r) => `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`
const triangle = (x, y) => `M${x - 6} ${y + 1}h12l-6 -10z`
const cross = (x, y) => `M${x - 5} ${y - 5}l10 10m0 -10l-10 10`
const pixel = (value) => Math.round(value * 10) / 10

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
  Object.assign(state, { data, decoded: data.runs.map((run) => decoded(run, data.x.last)) })
  show(state)
  if (!state.tip.hidden) say(state, state.x)
}

// Run a part again only if something that it depends on is another.
function renew(state, name, from, again) {
  const now = JSON.stringify(from)
  if (state[`${name}From`] === now) return
  state[`${name}From`] = now
  state[`${name}Made`] = again()
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
  const now = loss.end && run.loss.at(-1) >= 0 ? mark(...loss.end, 3.5) : "" // a curve of one point is seen too
  set(nodes.marks, { d: often.join("") + now })
  set(nodes.up, { d: run.up.map((step) => triangle(at.x(step), TOP)).join("") })
  const ends = [[loss.end, run.loss], [held.end, run.validation]].filter(([end, codes]) => end && codes.at(-1) <= INFINITE)
  set(nodes.stop, { d: ends.map(([[x, y]]) => cross(x, y)).join("") })
  nodes.here.forEach((dot, k) => {
    const code = run.dots[k] ?? NAN // above the axis there is no place for a dot
    set(dot, { d: code < 0 ? "" : mark(at.x(run.at), at.y(code), 6) })
  })
}
