// Two readings above each other, and their difference: bars of surprise at each character.

/** @import { Case, Room } from "./types.js" */
import { setMarkup } from "../panel/look.js"
import { element, find, setAttributes, setText } from "../shared/dom.js"
import { formatNumber } from "../shared/numbers.js"
import { shape } from "../shared/shape.js"
import { isLow, labelSize, watchSize } from "../shared/size.js"
import { visible } from "../reader/format.js"

const NARROW = 560 // pixels: below it fewer characters are drawn before the wrong one
const STEP = 15 // pixels that a character has at least
const BARS = 50, LOW_BARS = 34, EXTRA = 110, LOW_EXTRA = 72 // pixels
/** @type {WeakMap<HTMLElement, {data: Case, choose: (place: number) => void}>} */
const drawn = new WeakMap()

/** An empty place for the bars. */
export function buildBars() {
  const tip = element("div", { class: "tip", hidden: "" })
  const root = element("div", { class: "reading" }, shape("svg", { role: "img", tabindex: 0 }), tip,
    element("p", { class: "cover" }), element("p", { class: "key" }))
  watchSize(root, () => {
    const last = drawn.get(root)
    if (last) drawReadings(root, last.data, last.choose)
  })
  return root
}

/**
 * @param {HTMLElement} root
 * @param {Case} data
 * @param {(place: number) => void} choose called when a character is clicked
 */
export function drawReadings(root, data, choose) {
  drawn.set(root, { data, choose })
  /** @type {SVGSVGElement} */
  const picture = find(root, "svg")
  const room = roomOf(root, data)
  const height = 2 * (room.bars + lineOf(room) + gapOf(room)) + room.extra + 10
  root.style.setProperty("--char", `${Math.min(room.label, room.step * 1.25)}px`)
  setAttributes(picture, { viewBox: `0 0 ${room.W} ${height}`, "aria-label": data.cover || data.alt })
  setMarkup(picture, markup(data, room))
  const following = room.columns - room.before - 1
  setText(find(root, ".key"), "Surprise at each character, in bits. Dots: means of " + data.places +
    " places, and their middle half. Click a character to put the mistake there; type another one." +
    (following < data.extra.length ? ` In view: the first ${following} of ${data.extra.length}.` : ""))
  setText(find(root, ".cover"), data.cover)
  point(root, picture, data, room)
}

/**
 * @param {HTMLElement} root
 * @param {Case} data
 * @returns {Room}
 */
function roomOf(root, data) {
  const label = labelSize(root), W = Math.max(280, root.clientWidth), left = Math.round(label * 2)
  const before = W < NARROW ? 4 : 8, low = isLow(label)
  const columns = Math.min(before + 1 + data.extra.length, Math.floor((W - left) / Math.max(STEP, label)))
  return {
    W, left, label, columns, before, step: (W - left) / columns,
    bars: low ? LOW_BARS : BARS, extra: low ? LOW_EXTRA : EXTRA,
  }
}

/** @param {Room} room */
const lineOf = ({ label }) => Math.round(label * 1.35)

/** @param {Room} room */
const gapOf = ({ label }) => Math.round(label * 0.4)

/**
 * @param {Case} data
 * @param {Room} room
 */
function markup(data, room) {
  const { left, label, step, bars, extra, before } = room, line = lineOf(room)
  const first = 6, second = first + bars + line + gapOf(room), third = second + bars + line + gapOf(room)
  const height = third + extra
  const place = `<rect class="place" x="${left + before * step}" width="${step}" y="0" height="${height}"/>`
  const name = (/** @type {string} */ text, /** @type {number} */ y) =>
    `<text class="name" x="${left + 4}" y="${y + label * 0.6}">${text}</text>`
  const inside = data.cover ? "" : allBars(data, room, first, second, third)
  return place + inside + characters(data, room, first + bars + line, false) +
    characters(data, room, second + bars + line, true) +
    name("without it", first) + name("with the mistake", second) + name("extra", third) +
    axis(data, room, first) + axis(data, room, second) + extraAxis(data, room, third)
}

/**
 * @param {Case} data
 * @param {Room} room
 * @param {number} y
 */
function axis({ top, cover }, { W, left, label, bars }, y) {
  return `<path class="axis" d="M${left} ${y + bars}H${W}"/>` + (cover ? "" :
    `<text class="tick y" x="${left - 5}" y="${y + label * 0.6}">${top}</text>` +
    `<text class="tick y" x="${left - 5}" y="${y + bars}">0</text>`)
}

/**
 * @param {Case} data
 * @param {Room} room
 * @param {number} y
 */
function extraAxis({ top, low, cover }, room, y) {
  const { W, left, label } = room, at = extraScale({ top, low }, room, y)
  return `<path class="axis" d="M${left} ${at(0)}H${W}"/>` + (cover ? "" : [top, 0, low].map((bits) =>
    `<text class="tick y" x="${left - 5}" y="${at(100 * bits) + label * 0.35}">` +
    `${bits < 0 ? "−" : ""}${Math.abs(bits)}</text>`).join(""))
}

/**
 * Where hundredths of bits of extra surprise are.
 * @param {{top: number, low: number}} ends
 * @param {Room} room
 * @param {number} y
 */
const extraScale = ({ top, low }, { extra }, y) => (/** @type {number} */ code) =>
  y + (extra * (100 * top - Math.max(100 * low, Math.min(100 * top, code)))) / (100 * (top - low))

/**
 * @param {Case} data
 * @param {Room} room
 * @param {number} y
 * @param {boolean} wrong
 */
function characters({ text, place, wrong: char }, { left, step, columns, before }, y, wrong) {
  let parts = ""
  for (let column = 0; column < columns; column++) {
    const k = place - 1 - before + column, isPlace = column === before
    const says = visible(isPlace && wrong ? char : text[k] ?? "").replace("&", "&amp;").replace("<", "&lt;")
    parts += `<text class="char${isPlace && wrong ? " wrong" : ""}" x="${left + (column + 0.5) * step}" ` +
      `y="${y - 3}">${says}</text>`
  }
  return parts
}

/**
 * @param {Case} data
 * @param {Room} room
 * @param {number} first
 * @param {number} second
 * @param {number} third
 */
function allBars(data, room, first, second, third) {
  const { left, step, columns, before, bars } = room, at = extraScale(data, room, third)
  const wide = Math.max(2, step * 0.6)
  let parts = ""
  const bar = (/** @type {[string, number, number, number]} */ ...[name, column, y, code]) => {
    const height = (bars * Math.min(code, 100 * data.top)) / (100 * data.top)
    parts += `<rect class="${name}" x="${left + (column + 0.5) * step - wide / 2}" width="${wide}" ` +
      `y="${y + bars - height}" height="${height}"/>`
  }
  for (let column = 0; column < columns; column++) {
    const k = data.place - 1 - before + column, j = column - before - 1 // of the text; after the mistake
    bar("without", column, first, data.intact[k] ?? 0)
    if (j >= 0) bar("with", column, second, data.withMistake[j])
    else if (column < before) bar("without", column, second, data.intact[k] ?? 0)
    if (j >= 0) parts += extraBar(data, j, left + (column + 0.5) * step, wide, at)
  }
  return parts
}

/**
 * @param {Case} data
 * @param {number} j
 * @param {number} x
 * @param {number} wide
 * @param {(code: number) => number} at
 */
function extraBar({ extra, means: { mean, low, high } }, j, x, wide, at) {
  const from = at(0), to = at(extra[j]), name = extra[j] < 0 ? "less" : "with"
  return `<rect class="${name}" x="${x - wide / 2}" width="${wide}" y="${Math.min(from, to)}" ` +
    `height="${Math.abs(to - from)}"/>` +
    `<path class="half" d="M${x} ${at(low[j])}V${at(high[j])}"/>` +
    `<circle class="mean" cx="${x}" cy="${at(mean[j])}" r="3.5"/>`
}

/**
 * Point at a character, and it says the numbers there; click it, and the mistake is there.
 * @param {HTMLElement} root
 * @param {SVGSVGElement} picture
 * @param {Case} data
 * @param {Room} room
 */
function point(root, picture, data, room) {
  const tip = find(root, ".tip"), { W, left, step, before, columns } = room
  const columnAt = (/** @type {PointerEvent | MouseEvent} */ event) => {
    const frame = picture.getBoundingClientRect()
    return Math.floor((((event.clientX - frame.left) * W) / frame.width - left) / step)
  }
  picture.onclick = (event) => {
    const column = columnAt(event)
    if (column >= 0 && column < columns) drawn.get(root)?.choose(data.place + column - before)
  }
  picture.onpointerleave = () => { tip.hidden = true }
  picture.onpointermove = (event) => {
    const column = columnAt(event), j = column - before - 1
    tip.hidden = data.cover !== "" || j < 0 || column >= columns
    if (tip.hidden) return
    const bits = (/** @type {number} */ code) => `${formatNumber(Math.round(code / 10), 1)} bits`
    const rows = [
      `‘${visible(data.text[data.place + j])}’, character ${j + 1} after the wrong one`,
      `without ${bits(data.intact[data.place + j])}, with ${bits(data.withMistake[j])}`,
      `extra ${bits(data.extra[j])}, mean of all places ${bits(data.means.mean[j])}`,
    ]
    tip.replaceChildren(...rows.map((row) => element("div", {}, row)))
    tip.style.top = "1.2rem"
    const x = ((left + (column + 1) * step) * root.clientWidth) / W
    tip.style.left = `${Math.max(0, Math.min(x, root.clientWidth - tip.offsetWidth))}px`
  }
}
