// What data decide and what then stays: sliders in their drawers, presets, equations, curves, code.

/** @import { CellData, Equation, Fixed, Preset, ResponseCurve, Slider, SliderControls } from "./types.js" */
import { element, find } from "../shared/dom.js"
import { closest, findAll } from "../shared/search.js"

/**
 * What the cell does with its sliders: taken in hand, moved to a position.
 * @typedef {object} SliderActions
 * @property {(slider: Slider) => void} take
 * @property {(slider: Slider, position: number) => void} move
 */

/**
 * @param {HTMLElement} root
 * @param {CellData} data
 * @param {SliderActions} actions
 * @returns {SliderControls}
 */
export function buildSliders(root, data, actions) {
  const box = find(root, ".sliders")
  const byName = Object.fromEntries(data.sliders.map((slider) => [slider.name, slider]))
  /** @type {SliderControls} */
  const controls = { inputs: {}, outputs: {} }
  for (const [group, names] of Object.entries(data.groups)) {
    if (!names.length) continue
    const place = group === "main" ? box : box.appendChild(drawer(group, data.overTime))
    for (const name of names) {
      const { label, input, output } = buildSlider(byName[name])
      listenToSlider(input, byName[name], actions)
      place.append(label)
      controls.inputs[name] = input
      controls.outputs[name] = output
    }
  }
  return controls
}

/**
 * @param {string} group
 * @param {boolean} overTime
 */
function drawer(group, overTime) {
  const more = overTime ? "More sliders: output gate, candidate, start" : "More sliders: hidden state, biases"
  const title = group === "weights" ? "The eight weights" : more
  return element("details", { "data-group": group }, element("summary", {}, title))
}

/** @param {Slider} slider */
function buildSlider({ symbol, label: markup, spoken, positions }) {
  const name = element("span"), output = element("output")
  name.innerHTML = markup // Python's, with symbols
  const input = element("input", { type: "range", min: 0, max: positions - 1, step: 1, "aria-label": spoken })
  const label = element("label", { class: "slider", "data-own": symbol }, name, output, input)
  return { label, input, output }
}

/**
 * @param {HTMLInputElement} input
 * @param {Slider} slider
 * @param {SliderActions} actions
 */
function listenToSlider(input, slider, actions) {
  for (const type of ["pointerenter", "pointerdown", "focus"]) {
    input.addEventListener(type, () => actions.take(slider))
  }
  input.addEventListener("input", () => actions.move(slider, Number(input.value)))
}

/**
 * @param {HTMLElement} root
 * @param {Preset[]} presets
 * @param {(preset: Preset) => void} choose
 */
export function buildCellPresets(root, presets, choose) {
  const title = "Eight cells to try"
  const buttons = presets.map(({ label }) => {
    const button = element("button", { type: "button", "aria-pressed": "false", "data-preset": "" })
    button.innerHTML = label // Python's, with symbols
    return button
  })
  const lesson = element("p", { class: "lesson", role: "status" })
  const box = element("div", { class: "presets" }, element("p", {}, `${title}:`),
    element("div", { role: "group", "aria-label": title }, ...buttons), lesson)
  find(root, ".sliders").insertBefore(box, root.querySelector(".sliders details"))
  box.addEventListener("click", (event) => {
    const preset = presets[buttons.findIndex((button) => button === closest(event, "[data-preset]"))]
    if (!preset) return
    choose(preset)
  })
}

/**
 * @param {HTMLElement} root
 * @param {Fixed} fixed
 */
export function buildReading(root, { equations, curves, source }) {
  find(root, ".line").innerHTML = equations.map(equationLine).join("")
  find(root, ".equations").innerHTML = `<table><tbody>${equations.map(equationRow).join("")}</tbody></table>`
  find(root, ".curves").innerHTML = curves.map(responseCurve).join("")
  find(root, ".code").append(...source.map(({ text, symbol }) =>
    element("span", symbol ? { "data-symbol": symbol, "data-own": symbol } : {}, text + "\n")))
}

/** @param {Equation} equation */
const rightSide = ({ formula, numbers }) =>
  `<span class=formula>= ${formula}</span> <span class=numbers>≈ ${numbers}</span>`

/** @param {string} symbol */
const valuePlace = (symbol) => `<b data-value="${symbol}" data-own="${symbol}"></b>`

/** @param {Equation} equation */
export const equationLine = (equation) => `<div data-line="${equation.symbol}">` +
  `<i class=symbol data-own="${equation.symbol}">${equation.left}</i> ${rightSide(equation)} ` +
  `<span class=numbers>≈ ${valuePlace(equation.symbol)}</span></div>`

/** @param {Equation} equation */
export const equationRow = (equation) => `<tr data-symbol="${equation.symbol}" tabindex="0">` +
  `<th scope="row" data-own="${equation.symbol}">${equation.left}</th><td>${rightSide(equation)}</td>` +
  `<td>${valuePlace(equation.symbol)}</td></tr>`

/** @param {ResponseCurve} curve */
const responseCurve = ({ title, points, low, dots }) =>
  `<figure><svg viewBox="-10 -5 19 10.9" role="img" aria-label="${title}">` +
  `<path class="axis" d="M-8 4H8M0 -4.4V4.4M-8 -4H8"/>` +
  `<text x="-7.7" y="5.5">−8</text><text x="0" y="5.5">0</text><text x="8" y="5.5">8</text>` +
  `<text x="-8.4" y="-3.6" class="end">1</text>` +
  `<text x="-8.4" y="4.4" class="end">${low === 0 ? "0" : "−1"}</text>` +
  `<polyline class="curve" points="${points}"/>` +
  dots.map(({ symbol, z, value }) => `<circle r=".5" data-symbol="${symbol}" data-own="${symbol}" ` +
    `data-dot="${z},${value}" data-low="${low}"/>`).join("") +
  `</svg><figcaption>${title}</figcaption></figure>`

/**
 * Give everything its symbol's colour.
 * @param {HTMLElement} root
 * @param {(symbol: string) => string} colour
 */
export function paintSymbols(root, colour) {
  for (const element of findAll(root, "[data-own]")) {
    element.style.setProperty("--own", colour(element.dataset.own ?? ""))
  }
}
