// A run over time, without a cursor: the input on top, lines in the middle, rows of bars below.

/** @import { Band, ChartData } from "./types.js" */
import { barsPath } from "../cell/chart/draw.js"
import { setMarkup } from "../panel/look.js"
import { element, find } from "../shared/dom.js"
import { ONE, formatNumber } from "../shared/numbers.js"
import { isLow, labelSize, watchSize } from "../shared/size.js"

/** @typedef {ReturnType<typeof placesAt>} Layout */

const LEAST_WIDTH = 280, MARGIN_RIGHT = 12, BETWEEN = 10, MARGIN_TOP = 6, BETWEEN_ROWS = 4 // pixels
const SIZES = { input: 40, lines: 150, row: 24 }
const LOW_SIZES = { input: 28, lines: 92, row: 19 }
const BAR_REACH = 2 * ONE // of the input's bars; larger inputs have twice the reach
/** @type {WeakMap<HTMLElement, ChartData>} */
const chartData = new WeakMap()

/** An empty place for a picture over time. */
export function buildChart() {
  const root = element("div", { class: "run" })
  root.innerHTML = `<p class="legend"></p><svg class="picture" role="img"></svg>`
  watchSize(root, () => {
    const data = chartData.get(root)
    if (data) drawChart(root, data)
  })
  return root
}

/**
 * Where things are, in pixels.
 * @param {number} W
 * @param {number} label the size of labels
 * @param {ChartData} data
 */
function placesAt(W, label, { x, rows, range: [low, high] }) {
  const heights = isLow(label) ? LOW_SIZES : SIZES, left = Math.round(3.3 * label), T = x.length
  const top = MARGIN_TOP + heights.input + BETWEEN, floor = top + heights.lines
  const rowTop = (/** @type {number} */ k) => floor + BETWEEN + k * (heights.row + BETWEEN_ROWS)
  const inside = (/** @type {number} */ value) => Math.max(low, Math.min(high, value))
  return {
    W, T, label, left, heights, top, floor, rowTop, low, high,
    width: (W - left - MARGIN_RIGHT) / T,
    height: Math.round(rowTop(rows.length) + 1.3 * label),
    // Of step t, from 1.
    middle: (/** @type {number} */ t) => left + ((t - 0.5) * (W - left - MARGIN_RIGHT)) / T,
    y: (/** @type {number} */ value) => floor - ((inside(value) - low) * heights.lines) / (high - low),
  }
}

/**
 * @param {HTMLElement} root
 * @param {ChartData} data
 */
export function drawChart(root, data) {
  chartData.set(root, data)
  const at = placesAt(Math.max(LEAST_WIDTH, root.clientWidth), labelSize(root), data)
  /** @type {SVGSVGElement} */
  const picture = find(root, ".picture")
  setMarkup(find(root, ".legend"), data.legend)
  picture.setAttribute("viewBox", `0 0 ${at.W} ${at.height}`)
  picture.setAttribute("aria-label", data.alt)
  picture.innerHTML = inputMarkup(data, at) + data.bands.map((band) => bandMarkup(band, at)).join("") +
    axisMarkup(at) + linesMarkup(data, at) + rowsMarkup(data, at) + stepTexts(at)
}

/**
 * @param {ChartData} data
 * @param {Layout} at
 */
function inputMarkup({ x }, at) {
  const { left, W, heights, label } = at, zero = MARGIN_TOP + heights.input / 2
  const reach = x.some((value) => Math.abs(value) > BAR_REACH) ? 2 * BAR_REACH : BAR_REACH
  return `<text class="row" x="${left - 8}" y="${zero + label * 0.35}" data-own="x">x</text>` +
    `<path class="zero" d="M${left} ${zero}H${W - MARGIN_RIGHT}"/>` +
    barMarkup(at, "x", x, zero, heights.input / 2, reach)
}

/**
 * A row's bars, in the colour of a symbol; the rest as of `barsPath`.
 * @param {Layout} at
 * @param {string} own
 * @param {number[]} values
 * @param {number} base
 * @param {number} room
 * @param {number} largest
 */
function barMarkup(at, own, values, base, room, largest) {
  const path = barsPath(/** @type {any} */ (at), /** @type {any} */ (values), base, room, largest)
  return `<path class="bar" data-own="${own}" d="${path}"/>`
}

/**
 * @param {Band} band
 * @param {Layout} at
 */
function bandMarkup({ name, low, high }, { T, middle, width, y }) {
  let markup = ""
  for (let t = 1; t <= T; t++) {
    const least = low[t - 1], most = high[t - 1]
    if (least === null || most === null) continue
    const size = Math.max(0, y(least) - y(most)), x = (middle(t) - width / 2).toFixed(1)
    if (size) {
      markup += `<rect class="band ${name}" x="${x}" y="${y(most)}" width="${width.toFixed(1)}" ` +
        `height="${size}"/>`
    }
  }
  return markup
}

/** @param {Layout} at */
function axisMarkup({ left, W, label, low, high, y }) {
  const every = high - low > 4 * ONE ? 2 * ONE : ONE
  let markup = ""
  for (let value = Math.ceil(low / every) * every; value <= high; value += every) {
    const text = formatNumber(value).replace(".00", "")
    markup += `<path class="zero" d="M${left} ${y(value)}H${W - MARGIN_RIGHT}"/>` +
      `<text class="tick" x="${left - 8}" y="${y(value) + label * 0.32}">${text}</text>`
  }
  return markup
}

/**
 * The lines start at 0 before the first step.
 * @param {ChartData} data
 * @param {Layout} at
 */
function linesMarkup({ lines, ring }, { left, middle, y }) {
  const markup = lines.map(({ own, values, dash, width }) => `<path class="curve-line" data-own="${own}" ` +
    `style="stroke-dasharray:${dash};stroke-width:${width}" d="M${left} ${y(0)}` +
    values.map((value, k) => `L${middle(k + 1).toFixed(1)} ${y(value).toFixed(1)}`).join("") + `"/>`).join("")
  const [step, value] = ring
  return markup + (step ? `<circle class="ring" cx="${middle(step)}" cy="${y(value)}" r="10"/>` : "")
}

/**
 * @param {ChartData} data
 * @param {Layout} at
 */
function rowsMarkup({ rows }, at) {
  const { left, W, heights, label, rowTop } = at
  return rows.map(({ letter, own, values, isSigned }, k) => {
    const room = isSigned ? heights.row / 2 : heights.row
    const middle = rowTop(k) + heights.row / 2 + label * 0.35
    return `<text class="row" x="${left - 8}" y="${middle}" data-own="${own}">${letter}</text>` +
      `<rect class="lane" x="${left}" y="${rowTop(k)}" width="${W - left - MARGIN_RIGHT}" ` +
      `height="${heights.row}"/>` + barMarkup(at, own, values, rowTop(k) + room, room, ONE)
  }).join("")
}

/** @param {Layout} at */
function stepTexts({ T, middle, width, height, label }) {
  const every = [1, 2, 5, 10].find((apart) => apart * width > 1.7 * label) ?? 20
  return Array.from({ length: T }, (_, k) => k + 1).filter((t) => t === 1 || t % every === 0)
    .map((t) => `<text class="step" x="${middle(t)}" y="${height - 0.15 * label}">${t}</text>`).join("")
}
