// A heat map: a row a unit, a column a character. Python sends a number for each, which has its colour.

/** @import { MapData, MapView, ReaderData, State } from "./types.js" */
import { element, setText } from "../shared/dom.js"
import { decodeBytes, decodeInt16, formatNumber } from "../shared/numbers.js"
import { colourOf, pixelOf, visible } from "./format.js"

const TALLEST = 384, SHORTEST = 96, ROW = 6 // pixels: of a map, and of a unit's row
const CROWD = 1.6 // how many times lower maps are when there are several
const PAGE_ROWS = 10 // units that PageUp and PageDown go

/**
 * @param {HTMLElement} place
 * @param {State} state
 * @param {number} index
 * @param {(unit: number, at: number) => void} pick
 * @returns {MapView}
 */
export function buildMap(place, state, index, pick) {
  const name = element("p", { class: "name" }), status = element("p", { class: "status" })
  const canvas = element("canvas")
  const row = element("i", { class: "unit" }), column = element("i", { class: "character" })
  const frame = element("div",
    { class: "frame", tabindex: 0, role: "application", "aria-roledescription": "heat map" },
    canvas, row, column)
  const box = element("div", { class: "box" }, name, frame, status)
  place.append(box)
  /** @type {MapView} */
  const map = {
    box, name, frame, canvas, row, column, status, index, codes: new Int16Array(), T: 0, H: 0, source: "",
    exact: true,
  }
  listenToMap(map, state, pick)
  return map
}

/**
 * Choose a unit and a character by pointer and by key.
 * @param {MapView} map
 * @param {State} state
 * @param {(unit: number, at: number) => void} pick
 */
function listenToMap(map, state, pick) {
  map.frame.onpointermove = (event) => readOut(map, state, ...placeOf(map, event))
  map.frame.onpointerleave = () => showChoice(map, state)
  map.frame.onclick = (event) => {
    const [at, row] = placeOf(map, event)
    pick(state.data.units[row], at)
  }
  map.frame.onkeydown = (event) => {
    const move = keyMove(event.key, map.T)
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const row = clamp(state.data.units.indexOf(state.unit) + move[1], map.H)
    pick(state.data.units[row], clamp(state.at + move[0], map.T))
  }
}

/**
 * @param {number} k
 * @param {number} count
 */
const clamp = (k, count) => Math.max(0, Math.min(count - 1, k))

/**
 * How far a key goes: characters, rows.
 * @param {string} key
 * @param {number} T
 * @returns {[number, number] | undefined}
 */
function keyMove(key, T) {
  switch (key) {
    case "ArrowRight": return [1, 0]
    case "ArrowLeft": return [-1, 0]
    case "ArrowDown": return [0, 1]
    case "ArrowUp": return [0, -1]
    case "PageDown": return [0, PAGE_ROWS]
    case "PageUp": return [0, -PAGE_ROWS]
    case "Home": return [-T, 0]
    case "End": return [T, 0]
  }
}

/**
 * The character and the row under the pointer.
 * @param {MapView} map
 * @param {MouseEvent} event
 * @returns {[at: number, row: number]}
 */
function placeOf({ canvas, T, H }, event) {
  const { left, top, width, height } = canvas.getBoundingClientRect()
  const inside = (/** @type {number} */ x, /** @type {number} */ size, /** @type {number} */ count) =>
    clamp(Math.floor((x / size) * count), count)
  return [inside(event.clientX - left, width, T), inside(event.clientY - top, height, H)]
}

/**
 * Draw a map, unless it is drawn already.
 * @param {MapView} map
 * @param {ReaderData} data
 * @param {MapData} source
 */
export function fillMap(map, data, { name, alt, codes, exact }) {
  map.name.hidden = !name
  setText(map.name, name)
  map.frame.setAttribute("aria-label", alt)
  const source = JSON.stringify([codes, exact, data.palette, data.spans, data.units.length, data.maps.length])
  if (map.source === source) return
  const H = data.units.length, values = exact ? decodeInt16(codes) : decodeBytes(codes)
  Object.assign(map, { source, exact, codes: values, H, T: values.length / H })
  const tallest = TALLEST / Math.min(data.maps.length, CROWD)
  map.frame.style.height = `${Math.max(SHORTEST, Math.min(tallest, H * ROW))}px`
  paint(map, data)
}

/**
 * @param {MapView} map
 * @param {ReaderData} data
 */
function paint({ canvas, codes, exact, T, H }, data) {
  canvas.width = T
  canvas.height = H
  const paper = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"))
  const image = paper.createImageData(T, H)
  const pixels = new Uint32Array(image.data.buffer)
  /** @type {Map<number, number>} */
  const colours = new Map() // of the values that occur
  for (let row = 0, k = 0; row < H; row++) {
    if (data.spans && exact) colours.clear() // each row has a scale of its own
    for (const end = k + T; k < end; k++) {
      const pixel = colours.get(codes[k]) ??
        pixelOf(exact ? colourOf(codes[k], data, row) : data.palette[codes[k]])
      colours.set(codes[k], pixel)
      pixels[k] = pixel
    }
  }
  paper.putImageData(image, 0, 0)
}

/**
 * The values of a unit along the text.
 * @param {MapView} map
 * @param {ReaderData} data
 * @param {number} unit
 */
export function unitValues(map, data, unit) {
  const row = data.units.indexOf(unit)
  return row < 0 ? null : map.codes.subarray(row * map.T, (row + 1) * map.T)
}

/**
 * @param {MapView} map
 * @param {State} state
 * @param {number} at
 * @param {number} row
 */
function readOut(map, { data, texts }, at, row) {
  const char = (texts[map.index] ?? texts[0]).chars[at] ?? ""
  const place = `unit ${data.units[row]}, character ${at + 1} ‘${visible(char)}’`
  const value = map.exact ? `: ${data.symbol} = ${formatNumber(map.codes[row * map.T + at])}` : ""
  setText(map.status, place + value)
}

/**
 * Show which unit and character are chosen.
 * @param {MapView} map
 * @param {State} state
 */
export function showChoice(map, state) {
  const row = state.data.units.indexOf(state.unit), at = Math.min(map.T - 1, state.at)
  map.column.hidden = at < 0
  map.row.hidden = row < 0
  map.row.style.cssText = `top: ${(100 * row) / map.H}%; height: ${100 / map.H}%`
  map.column.style.cssText = `left: ${(100 * at) / map.T}%; width: ${100 / map.T}%`
  if (row >= 0 && at >= 0) readOut(map, state, at, row)
}
