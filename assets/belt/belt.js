// A signal carried over thirty steps, under a slider.  Python sends both curves for every position.

const states = new WeakMap(), SVG = "http://www.w3.org/2000/svg"
const L = 34, R = 10, T = 10, B = 30, H = 230

function build(root) {
  const state = { root }
  const legend = root.appendChild(element("p", "legend"))
  state.names = ["lstm", "rnn"].map((name) => legend.appendChild(element("span", name)))
  const svg = (state.svg = root.appendChild(shape("svg", { role: "img" })))
  state.axis = svg.appendChild(shape("g"))
  state.curves = ["lstm", "rnn"].map((name) => svg.appendChild(shape("polyline", { class: `curve ${name}` })))
  const label = root.appendChild(element("label", "head"))
  state.label = label.appendChild(element("span"))
  state.slider = label.appendChild(element("input"))
  Object.assign(state.slider, { type: "range", min: 0, step: 1, oninput: () => show(state, Number(state.slider.value)) })
  state.says = root.appendChild(element("p", "says"))
  state.says.setAttribute("role", "status")
  new ResizeObserver(() => root.clientWidth !== state.width && state.data && layout(state)).observe(root)
  states.set(root, state)
  return state
}

// The axes, as wide as the place is: texts keep their size on a phone.
function layout(state) {
  const { root, data, svg, axis } = state, last = data.rnn.length
  state.width = root.clientWidth
  state.W = Math.max(280, Math.min(900, state.width))
  svg.setAttribute("viewBox", `0 0 ${state.W} ${H}`)
  const levels = [[0, "0"], [500, "0.5"], [1000, "1"]].flatMap(([value, text]) => [
    shape("path", { class: "grid", d: `M${L} ${y(value)}H${state.W - R}` }),
    shape("text", { class: "y", x: L - 8, y: y(value) + 4 }, text),
  ])
  const steps = [1, 10, 20, 30].filter((step) => step <= last).map((step) =>
    shape("text", { class: `x ${step === 1 ? "start" : step === last ? "end" : ""}`, x: x(step, last, state.W), y: H - 8 }, step === 1 ? "step 1" : `${step}`))
  axis.replaceChildren(...levels, ...steps)
  show(state, Number(state.slider.value))
}

const element = (tag, name = "") => Object.assign(document.createElement(tag), { className: name })
function shape(tag, attributes = {}, text = "") {
  const made = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.textContent = text
  return made
}
const y = (thousandths) => T + ((H - T - B) * (1000 - thousandths)) / 1000
const x = (step, last, W) => L + ((W - L - R) * (step - 1)) / (last - 1)

function draw(root, data) {
  const state = states.get(root) ?? build(root), made = JSON.stringify(data)
  if (state.made === made) return
  const again = state.made !== undefined
  Object.assign(state, { data, made })
  root.style.setProperty("--lstm", data.colours[0])
  root.style.setProperty("--rnn", data.colours[1])
  state.names.forEach((span, k) => (span.textContent = data.names[k]))
  state.slider.max = data.positions.length - 1
  if (!again) state.slider.value = data.start
  layout(state)
}

function show(state, k) {
  const { data } = state, points = (values) => values.map((v, t) => `${x(t + 1, values.length, state.W).toFixed(1)},${y(v).toFixed(1)}`).join(" ")
  state.curves[0].setAttribute("points", points(data.lstm[k]))
  state.curves[1].setAttribute("points", points(data.rnn))
  state.svg.setAttribute("aria-label", data.says[k])
  state.label.textContent = `${data.label} ${data.positions[k]}`
  state.slider.setAttribute("aria-valuetext", data.positions[k])
  state.says.textContent = data.says[k]
}
