// A signal carried over thirty steps, under a slider. Python sends both curves for every position.

/** @import { Component } from "../shared/streamlit.js" */
import { register } from "../drawing/register.js"
import { element } from "../shared/dom.js"
import { shape } from "../shared/shape.js"
import { isLow, labelSize, watchSize } from "../shared/size.js"

/**
 * lstm: the LSTM's curve at each position of the slider, rnn: the RNN's, in thousandths of the signal;
 * says: a sentence a position; start: the position at which the slider stands first.
 * @typedef {object} Data
 * @property {string[]} positions
 * @property {number[][]} lstm
 * @property {number[]} rnn
 * @property {string[]} says
 * @property {string[]} colours
 * @property {string[]} names
 * @property {string} label
 * @property {number} start
 */
/** @typedef {{x: (step: number) => number, y: (thousandths: number) => number}} Places */
/** @typedef {ReturnType<typeof build>} State */

/** @type {WeakMap<HTMLElement, State>} */
const states = new WeakMap()
const CELLS = ["lstm", "rnn"]
const RIGHT = 10, TOP = 10, HEIGHT = 230, LOW_HEIGHT = 190 // pixels; the first two are margins
const NARROWEST = 280, WIDEST = 900 // pixels

/** @param {Component<{name: string, css: string}>} component */
export default function (component) {
  register(component, draw)
}

/** @param {HTMLElement} root */
function build(root) {
  const names = CELLS.map((name) => element("span", { class: name }))
  const axis = shape("g")
  const curves = CELLS.map((name) => shape("polyline", { class: `curve ${name}` }))
  const picture = shape("svg", { role: "img" }, axis, ...curves)
  const label = element("span")
  const slider = element("input", { type: "range", min: 0, step: 1 })
  const sentence = element("p", { class: "says", role: "status" })
  root.append(element("p", { class: "legend" }, ...names), picture,
    element("label", { class: "head" }, label, slider), sentence)
  const data = /** @type {Data | null} */ (null)
  const at = /** @type {Places} */ ({ x: () => 0, y: () => 0 })
  const state = { root, names, axis, curves, picture, label, slider, sentence, data, content: "", at }
  slider.oninput = () => show(state)
  watchSize(root, () => state.data && layout(state))
  return state
}

/**
 * @param {HTMLElement} root
 * @param {Data} data
 */
function draw(root, data) {
  const state = states.get(root) ?? build(root)
  states.set(root, state)
  const content = JSON.stringify(data)
  if (state.content === content) return
  const first = !state.data
  Object.assign(state, { data, content })
  root.style.setProperty("--lstm", data.colours[0])
  root.style.setProperty("--rnn", data.colours[1])
  state.names.forEach((span, k) => (span.textContent = data.names[k]))
  state.slider.max = String(data.positions.length - 1)
  if (first) state.slider.value = String(data.start)
  layout(state)
}

/**
 * Draw the axes as wide as the place is: texts keep their size on a phone.
 * @param {State} state
 */
function layout(state) {
  if (!state.data) return
  const last = state.data.rnn.length
  const label = labelSize(state.root), height = isLow(label) ? LOW_HEIGHT : HEIGHT
  const W = Math.max(NARROWEST, Math.min(WIDEST, state.root.clientWidth)), left = Math.round(2.5 * label)
  const floor = height - Math.round(2 * label)
  state.at = {
    x: (step) => left + ((W - left - RIGHT) * (step - 1)) / (last - 1),
    y: (thousandths) => TOP + ((floor - TOP) * (1000 - thousandths)) / 1000,
  }
  const { x, y } = state.at
  state.picture.setAttribute("viewBox", `0 0 ${W} ${height}`)
  const levels = /** @type {const} */ ([[0, "0"], [500, "0.5"], [1000, "1"]]).flatMap(([value, text]) => [
    shape("path", { class: "grid", d: `M${left} ${y(value)}H${W - RIGHT}` }),
    shape("text", { class: "y", x: left - 8, y: y(value) + label * 0.32 }, text),
  ])
  const steps = [1, 10, 20, 30].filter((step) => step <= last).map((step) => {
    const edge = step === 1 ? "start" : step === last ? "end" : ""
    const place = { class: `x ${edge}`, x: x(step), y: height - label * 0.55 }
    return shape("text", place, step === 1 ? "step 1" : `${step}`)
  })
  state.axis.replaceChildren(...levels, ...steps)
  show(state)
}

/**
 * Show the curves where the slider stands.
 * @param {State} state
 */
function show({ data, slider, curves, picture, label, sentence, at: { x, y } }) {
  if (!data) return
  const k = Number(slider.value)
  const points = (/** @type {number[]} */ values) =>
    values.map((value, t) => `${x(t + 1).toFixed(1)},${y(value).toFixed(1)}`).join(" ")
  curves[0].setAttribute("points", points(data.lstm[k]))
  curves[1].setAttribute("points", points(data.rnn))
  picture.setAttribute("aria-label", data.says[k])
  label.textContent = `${data.label} ${data.positions[k]}`
  slider.setAttribute("aria-valuetext", data.positions[k])
  sentence.textContent = data.says[k]
}
