// Where the gradient flows: heat maps, a row a unit, a column a step back. They are asked for when the
// controls of the panel rest; until then the maps of before are dimmed.

/** @import { Panel, Setting } from "../panel/types.js" */
import { setMarkup } from "../panel/look.js"
import { colourOf, pixelOf } from "../reader/format.js"
import { Asker } from "../shared/ask.js"
import { element, find, setText } from "../shared/dom.js"
import { decodeInt16, formatNumber } from "../shared/numbers.js"

/** @typedef {{symbol: string, name: string, codes: string, bounds: number[]}} UnitMap */
/** @typedef {{digits: string, alt: string, words: string, units: number[], maps: UnitMap[]}} Units */
/**
 * drawn: the question that the maps answer, and in which theme's colours.
 * @typedef {HTMLElement & {asker: Asker<Units>, check: HTMLElement, timer: number, units?: Units,
 *   drawn: string}} UnitsBox
 */

const REST = 350 // milliseconds without a move

/**
 * @param {Panel} panel
 * @param {HTMLElement} check where it is said how exact the gradient is
 */
export function buildUnits(panel, check) {
  const box = /** @type {UnitsBox} */ (element("section", { class: "units" },
    element("h3", {}, "Where ∂L/∂h arrives"), find(panel.root, "[data-control=flow_cell]"),
    element("div", { class: "maps" }), element("p", { class: "note", role: "status" })))
  const asker = new Asker({
    name: "gradients/units", root: box,
    take: (/** @type {Units} */ units, question) => {
      box.units = units
      showUnits(box, panel, question)
    },
  })
  return Object.assign(box, { asker, check, timer: 0, drawn: "" })
}

/**
 * What the maps and the check depend on.
 * @param {Setting} setting
 */
const questionOfUnits = ({ bf, T, scale, H, seed, flow_cell }) => ({ bf, T, scale, H, seed, flow_cell })

/**
 * Ask for the maps of what is set, once it rests.
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
export function followUnits(place, panel) {
  const box = /** @type {UnitsBox} */ (place), question = questionOfUnits(panel.setting)
  const isOld = box.drawn !== JSON.stringify(question)
  box.classList.toggle("old", isOld)
  box.check.classList.toggle("old", isOld)
  clearTimeout(box.timer)
  if (isOld) box.timer = setTimeout(() => box.asker.ask(question), box.units ? REST : 0)
  else if (box.units) drawMaps(box, panel, box.units) // in another theme's colours
}

/**
 * @param {UnitsBox} box
 * @param {Panel} panel
 * @param {Setting} question
 */
function showUnits(box, panel, question) {
  const { units } = box
  if (!units) return
  box.drawn = JSON.stringify(question)
  setText(box.check, `✓ ${units.digits}`)
  setMarkup(find(box, ".note"), units.words)
  drawMaps(box, panel, units)
  followUnits(box, panel)
}

/**
 * @param {UnitsBox} box
 * @param {Panel} panel
 * @param {Units} units
 */
function drawMaps(box, panel, { maps, units, alt }) {
  const palettes = panel.data.look.palettes
  find(box, ".maps").replaceChildren(...maps.map((map) => {
    const codes = decodeInt16(map.codes), palette = palettes[map.symbol]
    const canvas = element("canvas", { role: "img", "aria-label": `${map.name}, unit by steps back. ${alt}` })
    paintUnits(canvas, codes, units.length, { palette, bounds: map.bounds, spans: null })
    const read = element("span", { class: "read" })
    const colours = `${palette[0]}, ${palette[palette.length - 1]}`
    const scale = element("i", { class: "scale", style: `background: linear-gradient(90deg, ${colours})` })
    const ends = map.symbol === "size" ? ["−12 or less", "0 or more"] : ["0", "1"]
    const name = element("p", { class: "name" },
      element("b", {}, map.name), element("span", {}, ends[0]), scale, element("span", {}, ends[1]), read)
    pointAt(canvas, read, codes, units)
    const last = String(codes.length / units.length - 1)
    return element("div", { class: "map" }, name, canvas, element("p", { class: "axis" },
      "0", element("span", {}, "steps back; one row for each unit, the largest on top"), last))
  }))
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Int16Array} codes
 * @param {number} H
 * @param {{palette: string[], bounds: number[], spans: null}} colouring
 */
function paintUnits(canvas, codes, H, colouring) {
  const T = codes.length / H
  Object.assign(canvas, { width: T, height: H })
  const paper = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"))
  const image = paper.createImageData(T, H), pixels = new Uint32Array(image.data.buffer)
  /** @type {Map<number, number>} */
  const colours = new Map() // of the values that occur
  codes.forEach((code, k) => {
    const pixel = colours.get(code) ?? pixelOf(colourOf(code, colouring, 0))
    colours.set(code, pixel)
    pixels[k] = pixel
  })
  paper.putImageData(image, 0, 0)
}

/**
 * Point at a place, and its unit and value are written.
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLElement} read
 * @param {Int16Array} codes
 * @param {number[]} units
 */
function pointAt(canvas, read, codes, units) {
  const H = units.length, T = codes.length / H
  canvas.onpointermove = (event) => {
    const { left, top, width, height } = canvas.getBoundingClientRect()
    const back = Math.max(0, Math.min(T - 1, Math.floor(((event.clientX - left) / width) * T)))
    const row = Math.max(0, Math.min(H - 1, Math.floor(((event.clientY - top) / height) * H)))
    setText(read, `unit ${units[row]}, ${back} steps back: ${formatNumber(codes[row * T + back])}`)
  }
  canvas.onpointerleave = () => setText(read, "")
}
