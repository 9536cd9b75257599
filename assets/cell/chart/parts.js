// The elements of the chart over time, for a number of steps and a width. No numbers yet.

/** @import { Attributes } from "../../shared/dom.js" */
/** @import { Columns } from "./layout.js" */
import { shape } from "../../shared/shape.js"
import { RIGHT, ROWS } from "./layout.js"

/** @type {Record<string, string>} */
const ROW_NAMES = { f: "f", i: "i", C_tilde: "C̃", o: "o" }

/** @typedef {ReturnType<typeof buildParts>} Parts */

/**
 * Build the parts from back to front.
 * @param {SVGSVGElement} picture
 * @param {Columns} columns
 * @param {(symbol: string) => string} colour
 */
export function buildParts(picture, columns, colour) {
  const { W, width, height, label: size, left, heights, rowTop } = columns
  const { inputTop, inputZero, statesTop, statesBottom } = columns
  picture.setAttribute("viewBox", `0 0 ${W} ${height}`)
  picture.replaceChildren()
  /**
   * @template {keyof SVGElementTagNameMap} Tag
   * @param {Tag} tag
   * @param {Attributes} attributes
   * @param {string} [symbol] whose colour it has
   */
  const add = (tag, attributes, symbol) => {
    const node = picture.appendChild(shape(tag, attributes))
    if (symbol) {
      node.dataset.own = symbol // for another theme
      node.style.setProperty("--own", colour(symbol))
    }
    return node
  }
  const label = (text = "", y = 0, name = "tick", symbol = "") => {
    const node = add("text", { x: left - 8, y, class: name }, symbol)
    node.textContent = text
    return node
  }
  // All bars of a row are one path: forty rectangles take longer to move.
  const bar = (/** @type {string} */ symbol) => add("path", { class: "bar" }, symbol)
  const line = (name = "", symbol = "") => add("path", { class: `curve-line ${name}` }, symbol)
  const dot = (symbol = "", r = 0) => add("circle", { r, class: "mark" }, symbol)

  const cursor = add("rect", { class: "cursor", y: 0, height: height - 1.2 * size, width })
  label("x", inputZero + 5, "row", "x")
  const scale = {
    high: label("", inputTop + size * 0.6), low: label("", inputTop + heights.input + size * 0.3),
  }
  add("path", { class: "zero", d: `M${left} ${inputZero}H${W - RIGHT}` })
  /** @type {Record<string, SVGPathElement>} */
  const bars = { x: bar("x") }
  const band = add("g", { class: "band" })
  const axis = { low: label("", statesBottom), high: label("", statesTop + 0.8 * size), zero: label("0") }
  const zero = add("path", { class: "zero" })
  const lines = { rnn: line("rnn", "RNN"), h: line("h", "h"), C: line("C", "C") }
  const dots = { h: dot("h", 4.5), C: dot("C", 5.5) }
  const failure = add("g", { class: "failed" })
  ROWS.forEach((name, k) => {
    label(ROW_NAMES[name], rowTop(k) + heights.row / 2 + 5, "row", name)
    add("rect", { class: "lane", x: left, y: rowTop(k), width: W - left - RIGHT, height: heights.row })
    bars[name] = bar(name)
  })
  picture.append(...stepNumbers(columns))
  return { cursor, scale, bars, band, axis, zero, lines, dots, failure }
}

/**
 * The numbers of the steps, as many as have room.
 * @param {Columns} columns
 */
function stepNumbers({ T, middle, width, height, label }) {
  const every = [1, 2, 5, 10].find((apart) => apart * width > 1.7 * label) ?? 20
  return Array.from({ length: T }, (_, k) => k + 1).filter((t) => t === 1 || t % every === 0)
    .map((t) => shape("text", { x: middle(t), y: height - 0.15 * label, class: "step" }, String(t)))
}
