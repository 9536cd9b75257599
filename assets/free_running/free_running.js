// The panel of free running: how good a text is, by the distance from its true beginning, in three networks
// and in true text. All values stand in a table.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
import { register } from "../drawing/register.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { element, find, setAttributes } from "../shared/dom.js"
import { formatNumber } from "../shared/numbers.js"
import { shape } from "../shared/shape.js"
import { isLow, labelSize, watchSize } from "../shared/size.js"

const HEIGHT = 270, LOW_HEIGHT = 200, SLIMMEST = 280 // pixels
const TICKS = 5 // numbers on the axis, at most
/** @type {WeakMap<HTMLElement, () => void>} */
const redraws = new WeakMap() // what draws each place once more

/** @param {HTMLElement} place */
function build(place) {
  const picture = shape("svg", { class: "picture", role: "img" })
  const root = element("div", { class: "ranges" }, element("p", { class: "legend" }), picture,
    element("p", { class: "cover" }))
  watchSize(root, () => redraws.get(root)?.())
  place.append(root, element("p", { class: "words", role: "status" }))
}

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function draw(place, frame, panel) {
  const root = find(place, ".ranges")
  setMarkup(find(place, ".words"), frame.words)
  redraws.set(root, () => drawDistances(root, frame, panel))
  drawDistances(root, frame, panel)
}

/**
 * @param {HTMLElement} root
 * @param {Frame} frame
 * @param {Panel} panel
 */
function drawDistances(root, { ranges, curves, top, measure, alt }, { data: { look, covered, cover } }) {
  const hidden = covered.includes("free"), label = labelSize(root)
  const W = Math.max(SLIMMEST, root.clientWidth), height = isLow(label) ? LOW_HEIGHT : HEIGHT
  const left = label * 3.2, above = label * 1.8, below = label * 2.6, apart = (W - left) / ranges.length
  const x = (/** @type {number} */ k) => left + (k + 0.5) * apart
  const high = height - above - below
  const y = (/** @type {number} */ code) => above + (high * (100 * top - code)) / (100 * top)
  setMarkup(find(root, ".legend"), legendOf(look.curves))
  setMarkup(find(root, ".cover"), hidden ? cover : "")
  const picture = find(root, ".picture")
  setAttributes(picture, { viewBox: `0 0 ${W} ${height}`, "aria-label": hidden ? cover : alt })
  const unit = measure === "known words" ? "known words, %" : "bits per character"
  let markup = `<text class="tick" x="0" y="${label}">${unit}</text>`
  const every = Math.ceil(top / TICKS)
  for (let tick = 0; tick <= top; tick += every) {
    markup += `<path class="grid" d="M${left} ${y(100 * tick)}H${W}"/>` +
      `<text class="tick y" x="${left - 8}" y="${y(100 * tick) + label * 0.32}">${tick}</text>`
  }
  ranges.forEach((/** @type {string} */ text, /** @type {number} */ k) => {
    const written = apart > 4.2 * label ? text : `≤ ${text.split("–")[1]}` // on a phone only where it ends
    markup += `<text class="tick x" x="${x(k)}" y="${height - below + label * 1.2}">${written}</text>`
  })
  markup += `<text class="title" x="${(left + W) / 2}" y="${height - label * 0.25}">` +
    "characters after the true beginning</text>"
  if (!hidden) {
    for (const [name, { values, errors }] of Object.entries(curves)) {
      markup += curveOf(look.curves[name], values, errors, x, y)
    }
  }
  setMarkup(picture, markup)
}

/**
 * A curve with a dot a range; where there are standard errors, a line of two to both sides.
 * @param {{colour: string, dash: string}} look
 * @param {number[]} values
 * @param {[number, number][]} errors
 * @param {(k: number) => number} x
 * @param {(code: number) => number} y
 */
function curveOf({ colour, dash }, values, errors, x, y) {
  const points = values.map((value, k) => `${x(k)},${y(value)}`).join(" ")
  return `<polyline class="curve" points="${points}" stroke="${colour}" stroke-dasharray="${dash}"/>` +
    errors.map(([low, high], k) =>
      `<path class="error" stroke="${colour}" d="M${x(k)} ${y(low)}V${y(high)}"/>`).join("") +
    values.map((value, k) => `<circle fill="${colour}" cx="${x(k)}" cy="${y(value)}" r="4">` +
      `<title>${formatNumber(value)}</title></circle>`).join("")
}

/** @param {Record<string, {colour: string, dash: string}>} curves */
const legendOf = (curves) => Object.entries(curves).map(([name, { colour, dash }]) =>
  `<span><svg viewBox="0 0 34 8" aria-hidden="true"><path d="M0 4H34" stroke="${colour}" ` +
  `stroke-width="3.5" stroke-dasharray="${dash}"/></svg>${name}</span>`).join("")

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) => showPanel(root, data, { build, draw }))
