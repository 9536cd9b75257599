// A small chart of curves: Python sends places in thousandths of an axis, here they become pixels.

/** @import { Band, Chart, Line, Shown } from "./types.js" */
import { setMarkup } from "../panel/look.js"
import { element, find, setText } from "../shared/dom.js"
import { shape } from "../shared/shape.js"
import { isLow, labelSize, watchSize } from "../shared/size.js"

const NARROWEST = 250, TALL = 190, LOW = 150 // pixels
/** @type {WeakMap<HTMLElement, Shown>} */
const shownIn = new WeakMap()

/** An empty place for a chart. */
export function buildChart() {
  const root = element("div", { class: "chart" },
    element("p", { class: "title" }), shape("svg", { role: "img" }), element("p", { class: "cover" }))
  watchSize(root, () => {
    const shown = shownIn.get(root)
    if (shown) drawChart(root, shown)
  })
  return root
}

/**
 * @param {HTMLElement} root
 * @param {Shown} shown
 */
export function drawChart(root, shown) {
  shownIn.set(root, shown)
  const { chart, cover, alt, axis } = shown, at = scale(root)
  setText(find(root, ".title"), chart.title)
  setText(find(root, ".cover"), cover)
  /** @type {SVGSVGElement} */
  const picture = find(root, "svg")
  picture.setAttribute("viewBox", `0 0 ${at.W} ${at.H}`)
  picture.setAttribute("aria-label", cover || alt)
  setMarkup(picture, axes(chart, at, axis, Boolean(cover)) + (cover ? "" : curves(shown, at)))
}

/** @param {HTMLElement} root */
function scale(root) {
  const label = labelSize(root), W = Math.max(NARROWEST, root.clientWidth), H = isLow(label) ? LOW : TALL
  const left = label * 2.4, right = W - label * 1.6, top = label * 0.7, floor = H - label * 2.6
  return {
    W, H, label, left, right, top, floor,
    x: (/** @type {number} */ n) => (left + (n * (right - left)) / 1000).toFixed(1),
    y: (/** @type {number} */ n) => (floor - (n * (floor - top)) / 1000).toFixed(1),
  }
}
/** @typedef {ReturnType<typeof scale>} Scale */

/**
 * @param {Chart} chart
 * @param {Scale} at
 * @param {string} axis
 * @param {boolean} isCovered
 */
function axes({ x, y }, at, axis, isCovered) {
  const rows = (isCovered ? [] : y).map(([place, name]) =>
    `<path class="grid" d="M${at.left} ${at.y(place)}H${at.right}"/>` +
    `<text class="y" x="${at.left - 6}" y="${Number(at.y(place)) + at.label * 0.33}">${name}</text>`)
  const columns = x.map(([place, name]) =>
    `<path class="grid" d="M${at.x(place)} ${at.floor}v4"/>` +
    `<text class="x" x="${at.x(place)}" y="${at.floor + at.label * 1.1}">${name}</text>`)
  const foot = `<path class="grid" d="M${at.left} ${at.floor}H${at.right}"/>` +
    `<text class="x" x="${(at.left + at.right) / 2}" y="${at.H - 3}">${axis}</text>`
  return rows.join("") + columns.join("") + foot
}

/**
 * @param {Shown} shown
 * @param {Scale} at
 */
function curves({ chart, at: place, dot }, at) {
  const { bands, lines, levels, mark, gap } = chart
  let markup = bands.map((band) => bandPath(band, at)).join("")
  for (const { at: height, name, side } of levels) {
    const y = Number(at.y(height)), isLeft = side === "left"
    markup += `<path class="level" d="M${at.left} ${y}H${at.right}"/>` +
      `<text class="name" x="${isLeft ? at.left + 5 : at.right}" ` +
      `y="${isLeft ? y - 4 : y + at.label * 1.1}" text-anchor="${isLeft ? "start" : "end"}">${name}</text>`
  }
  if (mark) {
    const isLeft = mark[0] > 600
    markup += `<path class="mark" d="M${at.x(mark[0])} ${at.top}V${at.floor}"/>` +
      `<text class="name" x="${Number(at.x(mark[0])) + (isLeft ? -5 : 5)}" y="${at.top + at.label}" ` +
      `text-anchor="${isLeft ? "end" : "start"}">${mark[1]}</text>`
  }
  markup += lines.map((line) => linePath(line, at)).join("")
  if (gap) markup += `<path class="gap" d="M${at.x(gap[0])} ${at.y(gap[1])}V${at.y(gap[2])}"/>`
  if (place === null || dot === null) return markup
  return markup + `<path class="cursor" d="M${at.x(place)} ${at.top}V${at.floor}"/>` +
    `<circle class="dot" cx="${at.x(place)}" cy="${at.y(dot)}" r="6"/>`
}

/**
 * Lines with a name, as a legend names them.
 * @param {Chart} chart
 */
export const legendOf = ({ lines }) => lines.filter(({ name }) => name).map(({ look, dash, name }) =>
  `<span><svg viewBox="0 0 34 8" aria-hidden="true">` +
  `<path class="line ${look}" data-dash="${dash ?? ""}" d="M0 4H34"/></svg>${name}</span>`).join("")

/**
 * @param {Band} band
 * @param {Scale} at
 */
function bandPath({ look, points }, { x, y }) {
  const there = points.map(([place, low]) => `${x(place)},${y(low)}`)
  const back = points.toReversed().map(([place, , high]) => `${x(place)},${y(high)}`)
  return `<polygon class="band ${look}" points="${there.join(" ")} ${back.join(" ")}"/>`
}

/**
 * @param {Line} line
 * @param {Scale} at
 */
function linePath({ look, points, dash }, { x, y }) {
  const places = points.map(([place, height]) => `${x(place)},${y(height)}`).join(" ")
  return `<polyline class="line ${look}" data-dash="${dash ?? ""}" points="${places}"/>`
}
