// A count that saturates: h after each pulse, and how many pulses can be told apart for every update bias.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
/** @import { PulsesFrame } from "../gru/types.js" */
import { register } from "../drawing/register.js"
import { paint } from "../gru/parts.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { element, find } from "../shared/dom.js"
import { ONE, formatNumber } from "../shared/numbers.js"
import { isLow, labelSize, watchSize } from "../shared/size.js"

const PICTURE_LEAST = 280, PICTURE_HEIGHT = 210, PICTURE_LOW = 170 // pixels
const PICTURE_RIGHT = 14, BAR_ROOM = 54 // pixels
/** @type {WeakMap<HTMLElement, {frame: PulsesFrame, panel: Panel}>} */
const drawnOf = new WeakMap()

/** @param {HTMLElement} place */
function build(place) {
  place.innerHTML = `<div class="two"><figure><figcaption>h after each pulse; filled: 0.05 or more above ` +
    `the one before</figcaption><svg class="staircase" role="img"></svg></figure><figure><figcaption>` +
    `pulses that can be told apart, for each bias</figcaption>` +
    `<svg class="bars" aria-hidden="true"></svg></figure></div>`
  place.append(element("p", { class: "words", role: "status" }))
  watchSize(place, () => {
    const last = drawnOf.get(place)
    if (last) draw(place, last.frame, last.panel)
  })
}

/**
 * @param {HTMLElement} place
 * @param {Frame} anyFrame
 * @param {Panel} panel
 */
function draw(place, anyFrame, panel) {
  const frame = /** @type {PulsesFrame} */ (anyFrame)
  drawnOf.set(place, { frame, panel })
  drawStaircase(find(place, ".staircase"), frame)
  drawBias(find(place, ".bars"), frame)
  setMarkup(find(place, ".words"), frame.words)
  paint(place, panel.data.look.palette)
}

/**
 * @param {SVGSVGElement} picture
 * @param {PulsesFrame} frame
 */
function drawStaircase(picture, { h, counted, alt }) {
  const label = labelSize(picture), W = Math.max(PICTURE_LEAST, picture.parentElement?.clientWidth ?? 0)
  const height = isLow(label) ? PICTURE_LOW : PICTURE_HEIGHT, left = Math.round(2.6 * label), top = label
  const floor = height - 2.6 * label, apart = (W - left - PICTURE_RIGHT) / h.length
  const x = (/** @type {number} */ n) => left + n * apart
  const y = (/** @type {number} */ value) => floor - (value * (floor - top)) / ONE
  const values = [0, ...h]
  const steps = h.map((value, k) => `H${x(k + 1).toFixed(1)}V${y(value).toFixed(1)}`)
  const path = `M${x(0)} ${y(0)}${steps.join("")}`
  const dots = values.map((value, n) => `<circle class="${n <= counted ? "apart" : "near"}" data-own="z" ` +
    `cx="${x(n).toFixed(1)}" cy="${y(value).toFixed(1)}" r="5.5"/>`).join("")
  const written = (/** @type {number} */ value) => formatNumber(value).replace(/\.00$|0$/, "")
  const levels = [0, ONE / 2, ONE].map((value) =>
    `<path class="grid" d="M${left} ${y(value)}H${W - PICTURE_RIGHT}"/>` +
    `<text class="y" x="${left - 8}" y="${y(value) + label * 0.32}">${written(value)}</text>`).join("")
  const numbers = values.map((_, n) => n % (apart < 1.5 * label ? 2 : 1) ? "" :
    `<text class="x" x="${x(n)}" y="${floor + 1.2 * label}">${n}</text>`).join("")
  picture.setAttribute("viewBox", `0 0 ${W} ${height}`)
  picture.setAttribute("aria-label", alt)
  picture.innerHTML = levels + `<path class="stairs" data-own="z" d="${path}"/>` + dots + numbers +
    `<text class="x" x="${(left + W - PICTURE_RIGHT) / 2}" y="${height - 0.2 * label}">pulses so far</text>`
}

/**
 * @param {SVGSVGElement} picture
 * @param {PulsesFrame} frame
 */
function drawBias(picture, { apart, biases, at }) {
  const label = labelSize(picture), W = Math.max(PICTURE_LEAST, picture.parentElement?.clientWidth ?? 0)
  const height = isLow(label) ? PICTURE_LOW : PICTURE_HEIGHT, left = Math.round(1.6 * label)
  const floor = height - 2.6 * label, width = (W - left - PICTURE_RIGHT) / apart.length
  const most = Math.max(...apart), unit = (floor - BAR_ROOM / 2) / most
  const size = (/** @type {number} */ n) => Math.max(2, n * unit), wide = Math.max(2, width - 2).toFixed(1)
  const bars = apart.map((n, k) => `<rect class="${k === at ? "here" : ""}" data-own="z" ` +
    `x="${(left + k * width).toFixed(1)}" y="${floor - size(n)}" width="${wide}" ` +
    `height="${size(n)}"/>`).join("")
  const middle = (/** @type {number} */ k) => left + (k + 0.5) * width
  const ticks = biases.map((text, k) => k % 8 ? "" :
    `<text class="x" x="${middle(k)}" y="${floor + 1.2 * label}">${text.replace("-", "−")}</text>`).join("")
  picture.setAttribute("viewBox", `0 0 ${W} ${height}`)
  picture.innerHTML = bars + ticks +
    `<text class="x value" data-own="z" x="${middle(at)}" y="${floor - size(apart[at]) - 6}">` +
    `${apart[at]}</text>` +
    `<text class="x" x="${(left + W - PICTURE_RIGHT) / 2}" y="${height - 0.2 * label}">update bias</text>`
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) => showPanel(root, data, { build, draw }))
