// One distribution under a temperature slider. Python sends what it is at every temperature of the slider.

/** @import { Component } from "../shared/streamlit.js" */
import { register } from "../drawing/register.js"
import { element } from "../shared/dom.js"

/**
 * shares: of each temperature and character, in hundredths of a per cent; says: a sentence a temperature;
 * start: the position at which the slider stands first.
 * @typedef {object} Data
 * @property {string[]} chars
 * @property {string[]} temperatures
 * @property {number[][]} shares
 * @property {string[]} says
 * @property {number} start
 * @property {string} tone
 */
/** @typedef {{bar: HTMLElement, percent: HTMLElement}} Row */
/** @typedef {ReturnType<typeof build>} State */

/** @type {WeakMap<HTMLElement, State>} */
const states = new WeakMap()

/** @param {Component<{name: string, css: string}>} component */
export default function (component) {
  register(component, draw)
}

/** @param {HTMLElement} root */
function build(root) {
  const label = element("span")
  const slider = element("input",
    { type: "range", "aria-label": "Temperature of this distribution", min: 0, step: 1 })
  const list = element("div", { class: "list" })
  const sentence = element("p", { class: "says" })
  root.append(element("label", { class: "head" }, label, slider), list, sentence)
  const state = { label, slider, list, sentence, rows: /** @type {Row[]} */ ([]), content: "" }
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
  if (content === state.content) return
  state.content = content
  root.style.setProperty("--tone", data.tone)
  state.slider.max = String(data.temperatures.length - 1)
  state.slider.oninput = () => show(state, data, Number(state.slider.value))
  state.list.replaceChildren()
  state.rows = data.chars.map((char) => addRow(state.list, char))
  state.slider.value = String(data.start)
  show(state, data, data.start)
}

/**
 * @param {HTMLElement} list
 * @param {string} char
 * @returns {Row}
 */
function addRow(list, char) {
  const bar = element("span", { class: "bar" })
  const percent = element("span", { class: "percent" })
  list.append(element("div", { class: "row" },
    element("span", { class: "char" }, char), element("span", { class: "track" }, bar), percent))
  return { bar, percent }
}

/**
 * Show the distribution at position k of the slider.
 * @param {State} state
 * @param {Data} data
 * @param {number} k
 */
function show(state, data, k) {
  const text = data.temperatures[k]
  state.label.textContent = `Temperature ${text}`
  state.slider.setAttribute("aria-valuetext", text)
  state.rows.forEach(({ bar, percent }, row) => {
    const share = data.shares[k][row]
    bar.style.width = `${share / 100}%`
    percent.textContent = `${(share / 100).toFixed(1)}%`
  })
  state.sentence.textContent = data.says[k]
}
