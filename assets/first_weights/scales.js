// The half-lives of the forget gates of all units, shortest first: a dot for each unit of the chosen start, a
// thin line through those of another one. Python sends hundredths of logarithms.

import { setMarkup } from "../panel/look.js"
import { element, find, setText } from "../shared/dom.js"
import { isLow, labelSize, watchSize } from "../shared/size.js"

/**
 * @typedef {object} Start
 * @property {string} colour
 * @property {string} dash
 * @property {number} width
 * @property {boolean} isChosen
 * @property {number[]} logs
 */
/**
 * low, high: the ends of the axis, in hundredths; ticks: of half-lives, below, and of gates, above.
 * @typedef {object} Data
 * @property {number} low
 * @property {number} high
 * @property {[number, string][]} ticks
 * @property {[number, string][]} gates
 * @property {string} title
 * @property {string} above
 * @property {string} side
 * @property {string} alt
 * @property {string} covered
 * @property {Start[]} starts
 */

const NARROW = 260, HIGH = 290, SHORT = 210, LOW = 190, OVER = 390 // pixels, as of the curves
/** @type {WeakMap<HTMLElement, Data>} */
const unitsIn = new WeakMap()

/** An empty place for the half-lives. */
export function buildScales() {
  const root = element("div", { class: "scales" })
  setMarkup(root, `<svg class="units" role="img"></svg><p class="cover"></p>`)
  watchSize(root, () => {
    const data = unitsIn.get(root)
    if (data) drawScales(root, data)
  })
  return root
}

/**
 * @param {HTMLElement} root
 * @param {Data} data
 */
export function drawScales(root, data) {
  unitsIn.set(root, data)
  const label = labelSize(root), W = Math.max(NARROW, root.clientWidth)
  const usual = Math.max(SHORT, Math.min(HIGH, window.innerHeight - OVER))
  const height = isLow(label) ? LOW : usual
  const left = Math.round(label * 1.9), top = Math.round(label * 2.7)
  const floor = height - Math.round(label * 2.5)
  const x = (/** @type {number} */ log) =>
    left + ((log - data.low) * (W - left - 12)) / (data.high - data.low)
  const picture = find(root, ".units")
  picture.setAttribute("viewBox", `0 0 ${W} ${height}`)
  picture.setAttribute("aria-label", data.covered || data.alt)
  const starts = data.covered ? [] : [...data.starts].sort((a, b) => Number(a.isChosen) - Number(b.isChosen))
  setMarkup(picture, axis(data, { label, W, height, left, top, floor, x }) +
    starts.map((start) => unitsOf(start, { top, floor, x })).join(""))
  setText(find(root, ".cover"), data.covered)
}

/**
 * @param {Data} data
 * @param {{label: number, W: number, height: number, left: number, top: number, floor: number,
 *   x: (log: number) => number}} at
 */
function axis({ ticks, gates, title, above, side }, { label, W, height, left, top, floor, x }) {
  const middle = (left + W - 12) / 2
  const row = (/** @type {[number, string][]} */ marks, /** @type {number} */ y) => marks.map(([log, text]) =>
    `<text class="tick x" x="${x(log)}" y="${y}">${text}</text>`).join("")
  return ticks.map(([log]) => `<path class="grid" d="M${x(log)} ${top}V${floor}"/>`).join("") +
    gates.map(([log]) => `<path class="grid" d="M${x(log)} ${top}v-5"/>`).join("") +
    row(ticks, floor + label * 1.1) + row(gates, top - label * 0.6) +
    `<text class="title" x="${middle}" y="${height - label * 0.25}">${title}</text>` +
    `<text class="title" x="${middle}" y="${label * 0.9}">${above}</text>` +
    `<text class="title" transform="translate(${label} ${(top + floor) / 2}) rotate(-90)">${side}</text>`
}

/**
 * @param {Start} start
 * @param {{top: number, floor: number, x: (log: number) => number}} at
 */
function unitsOf({ logs, colour, dash, width, isChosen }, { top, floor, x }) {
  const y = (/** @type {number} */ k) => floor - 6 - (k * (floor - top - 12)) / (logs.length - 1)
  if (isChosen) {
    return logs.map((log, k) =>
      `<circle cx="${x(log).toFixed(1)}" cy="${y(k).toFixed(1)}" r="3.4" fill="${colour}"/>`).join("")
  }
  const points = logs.map((log, k) => `${x(log).toFixed(1)},${y(k).toFixed(1)}`).join(" ")
  return `<polyline class="curve" points="${points}" stroke="${colour}" stroke-width="${width}" ` +
    `stroke-dasharray="${dash}"/>`
}
