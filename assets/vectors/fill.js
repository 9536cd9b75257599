// Numbers into the elements: as text, and as bars behind them.

/** @import { State, VectorsData } from "./types.js" */
import { find } from "../shared/dom.js"
import { findAll } from "../shared/search.js"
import { ONE, formatNumber } from "../shared/numbers.js"

const FROM_ZERO = new Set(["f", "i", "o", "y"]) // 0..1: their bars start at the left edge
/** @type {WeakMap<Element, string>} */
const contents = new WeakMap() // what an element shows: most weights stay, and need no work

/**
 * Where a bar begins and ends, in percent; a value with a sign starts in the middle.
 * @param {number} value
 * @param {number} scale
 * @param {boolean} fromZero
 * @returns {[from: number, to: number]}
 */
export function barEnds(value, scale, fromZero) {
  const share = Math.max(-100, Math.min(100, Math.round((100 * value) / scale)))
  return fromZero ? [0, share] : [50 + Math.min(0, share) / 2, 50 + Math.max(0, share) / 2]
}

/**
 * @param {HTMLElement} element
 * @param {number} value
 * @param {number} scale
 * @param {boolean} fromZero
 */
function drawBar(element, value, scale, fromZero) {
  const [from, to] = barEnds(value, scale, fromZero)
  element.style.setProperty("--from", `${from}%`)
  element.style.setProperty("--to", `${to}%`)
}

/**
 * Tell whether an element shows a value on a scale already, and note that it does from now on.
 * @param {Element} element
 * @param {number} value
 * @param {number} scale
 */
function isShown(element, value, scale) {
  const content = `${value},${scale}`
  if (contents.get(element) === content) return true
  contents.set(element, content)
  return false
}

/** @param {State} state */
export function fillNumbers({ root, data, gate }) {
  for (const element of findAll(root, "[data-value]")) {
    const name = String(element.dataset.value), value = data.values[name][Number(element.dataset.k)]
    const scale = data.scales[name] ?? ONE // what fills a bar
    if (isShown(element, value, scale)) continue
    element.textContent = formatNumber(value)
    drawBar(element, value, scale, FROM_ZERO.has(name))
  }
  for (const element of findAll(root, "[data-weight]")) {
    const [row, column] = String(element.dataset.weight).split(",").map(Number)
    const value = data.W[gate][row][column]
    if (isShown(element, value, data.scales.W)) continue
    find(element, "span").textContent = element.title = formatNumber(value)
    drawBar(element, value, data.scales.W, false)
  }
  for (const [name, text] of Object.entries(data.texts)) find(root, `.${name}`).textContent = text
}

/**
 * Mark the character that is read, the column of weights that it picks, and the one to be guessed.
 * @param {State} state
 */
export function markCharacters({ root, data }) {
  for (const element of findAll(root, "[data-column]")) {
    const isHot = Number(element.dataset.column) === data.x
    element.classList.toggle("hot-column", isHot)
    const bit = element.querySelector(".bit")
    if (bit) bit.textContent = isHot ? "1" : "0"
  }
  for (const line of findAll(root, "[data-char]")) {
    const isTarget = Number(line.dataset.char) === data.target
    line.classList.toggle("target", isTarget)
    find(line, ".mark").textContent = isTarget ? "target" : ""
  }
  for (const button of findAll(root, "[data-step]")) markStep(button, data)
}

/**
 * @param {HTMLElement} button
 * @param {VectorsData} data
 */
function markStep(button, { t, right }) {
  const step = Number(button.dataset.step), isNow = step === t
  button.classList.toggle("now", isNow)
  button.classList.toggle("next", step === t + 1)
  button.tabIndex = isNow ? 0 : -1 // one stop for the Tab key; arrows go on from there
  button.setAttribute("aria-current", isNow ? "step" : "false")
  drawBar(button, right[step] ?? 0, ONE, true)
}
