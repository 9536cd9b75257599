// A text as a tape: each column is a character, with the units of both layers above it and what the probes
// name below. The tape moves so that the chosen column stays in view.

/** @import { Frame } from "../panel/types.js" */
import { element, find, setText } from "../shared/dom.js"
import { decodeBytes } from "../shared/numbers.js"
import { findAll } from "../shared/search.js"
import { pixelOf, visible } from "../reader/format.js"

// From the top: the output is above, the text below, as networks are drawn.
const MAPS = ["layer 2", "layer 1"], ROWS = ["answer", "layer 2", "layer 1"]

/**
 * @param {(at: number) => void} pick
 */
export function buildTape(pick) {
  const names = element("div", { class: "names", "aria-hidden": "true" },
    ...MAPS.map((name) => element("span", { class: "of-map" }, name)), element("span", {}, "text"),
    ...ROWS.map((name) => element("span", { class: "of-probe" }, name)))
  const maps = MAPS.map((name) => element("canvas", { role: "img", "aria-label": `Map of h of ${name}` }))
  const rows = ["text", ...ROWS].map((name, k) =>
    element("div", { class: `signs${k ? " of-probe" : ""}`, "data-row": name }))
  const strip = element("div", { class: "strip" }, ...maps, ...rows, element("i", { class: "column" }))
  const view = element("div",
    { class: "view", tabindex: 0, role: "group", "aria-label": "The text with both maps" }, strip)
  strip.onclick = ({ clientX }) => {
    const { left, width } = strip.getBoundingClientRect(), count = Number(strip.dataset.count)
    pick(Math.max(0, Math.min(count - 1, Math.floor(((clientX - left) / width) * count))))
  }
  return element("div", { class: "tape" }, names, view)
}

/**
 * @param {HTMLElement} tape
 * @param {Frame} frame
 * @param {string[]} palette
 * @param {number} at
 * @param {boolean} isCovered whether what the probes name is hidden
 */
export function showTape(tape, frame, palette, at, isCovered) {
  const { text, maps, units, right, layers, signs } = frame, strip = find(tape, ".strip")
  tape.classList.toggle("hides-probes", isCovered)
  strip.dataset.count = String(text.length)
  strip.style.setProperty("--count", text.length)
  const canvases = /** @type {NodeListOf<HTMLCanvasElement>} */ (findAll(strip, "canvas"))
  canvases.forEach((canvas, k) => paint(canvas, maps[1 - k], units, text.length, palette))
  const [textRow, rightRow, second, first] = findAll(strip, ".signs")
  fill(textRow, text.map(visible), null)
  if (!isCovered) {
    const signsOf = (/** @type {number[]} */ classes) => classes.map((k) => signs[k])
    fill(rightRow, signsOf(right), null)
    const isRight = (/** @type {number[]} */ classes) => classes.map((k, t) => k === right[t])
    fill(second, signsOf(layers[1]), isRight(layers[1]))
    fill(first, signsOf(layers[0]), isRight(layers[0]))
  }
  if (strip.dataset.at === String(at)) return // the visitor may have moved the tape
  strip.dataset.at = String(at)
  strip.style.setProperty("--at", String(at))
  const view = find(tape, ".view"), column = find(strip, ".column")
  view.scrollLeft = column.offsetLeft + (column.offsetWidth - view.clientWidth) / 2
}

/**
 * Draw a map, unless it is drawn already.
 * @param {HTMLCanvasElement} canvas
 * @param {string} code
 * @param {number} units
 * @param {number} length
 * @param {string[]} palette
 */
function paint(canvas, code, units, length, palette) {
  const source = `${code.slice(0, 400)} ${palette[0]} ${palette[palette.length - 1]} ${length}`
  if (canvas.dataset.source === source) return
  canvas.dataset.source = source
  canvas.width = length
  canvas.height = units
  const paper = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"))
  const image = paper.createImageData(length, units), pixels = new Uint32Array(image.data.buffer)
  const colours = palette.map(pixelOf)
  decodeBytes(code).forEach((place, k) => { pixels[k] = colours[place] })
  paper.putImageData(image, 0, 0)
}

/**
 * Write a row of signs; isRight: where a probe is right, null for a row that is no probe's.
 * @param {HTMLElement} row
 * @param {string[]} signs
 * @param {boolean[] | null} isRight
 */
function fill(row, signs, isRight) {
  while (row.children.length < signs.length) row.append(element("span"))
  signs.forEach((sign, k) => {
    const cell = row.children[k]
    setText(cell, sign)
    cell.classList.toggle("wrong", isRight !== null && !isRight[k])
  })
}
