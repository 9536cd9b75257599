// The picture of both cells over time: the input as bars, the states as lines. It maps numbers to pixels.

/** @import { Run } from "./types.js" */
import { setMarkup } from "../panel/look.js"
import { find, setAttributes } from "../shared/dom.js"
import { ONE, formatNumber } from "../shared/numbers.js"
import { isLow, labelSize } from "../shared/size.js"

export const C = 3, H = 5 // places in the lines f, i, C̃, C, o, h
const RIGHT = 10, NARROWEST = 280 // pixels
const REACH = 2 * ONE, FAR_REACH = 4 * ONE // of the input's axis
const HEIGHTS = { input: 34, states: 136 }, LOW_HEIGHTS = { input: 22, states: 96 } // pixels

/** @typedef {ReturnType<typeof placesOf>} Places */

/**
 * Where steps and states are.
 * @param {Run} run
 * @param {number} room
 * @param {number} label
 */
function placesOf({ T, axis: [low, high] }, room, label) {
  const W = Math.max(NARROWEST, Math.round(room)), left = Math.round(3 * label)
  const { input, states } = isLow(label) ? LOW_HEIGHTS : HEIGHTS
  const top = input + Math.round(0.7 * label), width = (W - left - RIGHT) / T
  return {
    W, left, label, input, top, states, width, height: Math.round(top + states + 1.3 * label),
    middle: (/** @type {number} */ t) => left + (t - 0.5) * width, // of step t, from 1
    y: (/** @type {number} */ value) =>
      top + ((high - Math.max(low, Math.min(high, value))) * states) / (high - low),
  }
}

/**
 * @param {HTMLElement} root
 * @param {Run} run
 */
export function drawPicture(root, run) {
  /** @type {SVGSVGElement} */
  const picture = find(root, "svg")
  const at = placesOf(run, root.clientWidth, labelSize(root))
  setAttributes(picture, { viewBox: `0 0 ${at.W} ${at.height}`, "aria-label": run.covered || run.alt })
  setMarkup(picture, run.covered
    ? `<text class="note" x="${at.W / 2}" y="${at.height / 2}">${run.covered}</text>`
    : cursor(run, at) + inputBars(run, at) + axis(run, at) + band(run, at) + lines(run, at))
  picture.dataset.left = String(at.left)
  picture.dataset.width = String(at.width)
}

/**
 * The step, from 1, that a pointer is at; null beside the steps.
 * @param {SVGSVGElement} picture
 * @param {PointerEvent} event
 * @param {number} T
 */
export function stepAt(picture, { clientX }, T) {
  const { left, width } = picture.getBoundingClientRect()
  const place = ((clientX - left) * picture.viewBox.baseVal.width) / width
  const t = Math.ceil((place - Number(picture.dataset.left)) / Number(picture.dataset.width))
  return t >= 1 && t <= T ? t : null
}

/**
 * @param {Run} run
 * @param {Places} at
 */
const cursor = ({ t }, { middle, width, height, label }) =>
  `<rect class="cursor" x="${middle(t) - width / 2}" y="0" width="${width}" ` +
  `height="${height - 1.2 * label}"/>`

/**
 * @param {Run} run
 * @param {Places} at
 */
function inputBars({ x }, { input, middle, width, left, label }) {
  const reach = x.some((value) => Math.abs(value) > REACH) ? FAR_REACH : REACH
  const zero = input / 2, thick = Math.max(2, width - 3)
  const bars = Array.from(x, (value, k) => {
    const size = (Math.abs(value) * input) / (2 * reach), top = value > 0 ? zero - size : zero
    return `<rect class="input" x="${middle(k + 1) - thick / 2}" y="${value ? top : zero - 0.5}" ` +
      `width="${thick}" height="${size || 1}"/>`
  })
  return `<text class="name" x="${left - 8}" y="${zero + 0.32 * label}">x</text>${bars.join("")}`
}

/**
 * @param {Run} run
 * @param {Places} at
 */
function axis({ T, axis: [low, high] }, { left, W, y, label, middle, height, width }) {
  const marks = low < 0 ? [low, 0, high] : [0, high]
  const whole = (/** @type {number} */ value) => formatNumber(value).replace(/\.00$/, "")
  const rows = marks.map((value) =>
    `<path class="${value ? "grid" : "zero"}" d="M${left} ${y(value)}H${W - RIGHT}"/>` +
    `<text class="tick" x="${left - 6}" y="${y(value) + 0.32 * label}">${whole(value)}</text>`)
  const apart = width * 5 > 2 * label ? 5 : 10
  const steps = Array.from({ length: T }, (_, k) => k + 1).filter((t) => t === 1 || t % apart === 0)
  return rows.join("") +
    steps.map((t) => `<text class="step" x="${middle(t)}" y="${height - 0.2 * label}">${t}</text>`).join("")
}

/**
 * @param {Run} run
 * @param {Places} at
 */
function band({ band, T }, { middle, width, y, top, states }) {
  if (!band) return ""
  return Array.from({ length: T }, (_, k) => {
    const low = band.low[k], high = band.high[k]
    if (low === null && high === null) return ""
    const from = high === null ? top : y(high), to = low === null ? top + states : y(low)
    return `<rect class="band" x="${middle(k + 1) - width / 2}" y="${from}" width="${width}" ` +
      `height="${Math.max(2, to - from)}"/>`
  }).join("")
}

/**
 * The LSTM's states below, dashed; the variant's on top.
 * @param {Run} run
 * @param {Places} at
 */
function lines({ cell, lstm, t }, { middle, y }) {
  const path = (/** @type {Int16Array} */ values) =>
    Array.from(values, (value, k) =>
      `${k ? "L" : "M"}${middle(k + 1).toFixed(1)} ${y(value).toFixed(1)}`).join("")
  const line = (/** @type {string} */ look, /** @type {Int16Array} */ values) =>
    `<path class="line ${look}" d="${path(values)}"/>`
  const dot = (/** @type {string} */ look, /** @type {Int16Array} */ values) =>
    `<circle class="dot ${look}" cx="${middle(t)}" cy="${y(values[t - 1])}" r="4.5"/>`
  return line("h lstm", lstm[H]) + line("C lstm", lstm[C]) + line("h", cell[H]) + line("C", cell[C]) +
    dot("h", cell[H]) + dot("C", cell[C])
}
