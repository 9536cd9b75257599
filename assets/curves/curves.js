// Curves over steps on a logarithmic axis, part of a panel's drawing. Python sends the logarithms, in
// hundredths; here they become pixels, and text by looking up the hundred mantissas that there are.

import { element, find } from "../shared/dom.js"
import { superscript } from "../shared/numbers.js"
import { labelPlace, referenceNames } from "./references.js"
import { spreadPath } from "./spread.js"
import { isLow, labelSize, roomInFrame, watchSize } from "../shared/size.js"

/**
 * logs: hundredths of logarithms, a step each from `start` on; before: what is there until then; label: at
 * the curve's end, "" for a name in the legend; end: where the curve leaves the picture, and what is there.
 * @typedef {object} Curve
 * @property {string} name
 * @property {string} label
 * @property {string} colour
 * @property {string} dash
 * @property {number} width
 * @property {number[]} logs
 * @property {number} start
 * @property {string} before
 * @property {{up: boolean, says: string} | null} end
 * @property {number[][]} [spread] logarithms at the edges of a band around it, lower and upper
 */
/**
 * low, high: the powers of ten at the axis' ends; mantissas: of each hundredth of a logarithm. Where the
 * other axis is not time: its title, the places with a number, the name of each place. bands: what is marked
 * behind the curves, of places and of logarithms.
 * @typedef {object} Data
 * @property {number} low
 * @property {number} high
 * @property {number} steps
 * @property {string} alt
 * @property {string[]} mantissas
 * @property {{name: string, log: number}[]} references
 * @property {Curve[]} curves
 * @property {string} [title]
 * @property {[number, string][]} [ticks]
 * @property {string[]} [names]
 * @property {{name: string, places: [number, number], logs: [number, number]}[]} [bands]
 */
/** @typedef {ReturnType<typeof scale>} Scale */

const RIGHT = 10 // pixels: a margin; the others follow the size of labels
const NARROWEST = 280, TALLEST = 290, SHORTEST = 210, LOWEST = 190 // pixels
const ABOVE = 390 // pixels: above the picture, so that question and picture are on one screen
/** @type {WeakMap<HTMLElement, Data>} */
const dataOf = new WeakMap() // what each place shows

/** An empty place for curves. */
export function buildCurves() {
  const root = element("div", { class: "curves" })
  root.innerHTML =
    `<p class="legend"></p><svg class="picture" role="img"></svg><p class="cover"></p>` +
    `<div class="tip" hidden></div>`
  watchSize(root, () => {
    const data = dataOf.get(root)
    if (data) drawCurves(root, data)
  })
  return root
}

/**
 * Draw curves where `buildCurves` has made a place for them.
 * @param {HTMLElement} root
 * @param {Data} data
 */
export function drawCurves(root, data) {
  /** @type {SVGSVGElement} */
  const picture = find(root, ".picture")
  dataOf.set(root, data)
  find(root, ".legend").innerHTML = legend(data.curves) // it says where the picture begins
  const at = scale(data, root.clientWidth, labelSize(root), roomInFrame(picture))
  picture.setAttribute("viewBox", `0 0 ${at.W} ${at.height}`)
  picture.setAttribute("aria-label", data.alt)
  const curves = data.curves.map((curve) => curvePath(curve, data, at)).join("")
  const spreads = data.curves.map((curve) => spreadPath(curve, at)).join("")
  picture.innerHTML = bandsOf(data, at) + spreads + axes(data, at) + curves +
    referenceNames(data, at, RIGHT) +
    `<path class="cursor" d=""/>`
  listen(root, picture, data, at)
}

/**
 * Where steps and logarithms are in the picture.
 * @param {Data} data
 * @param {number} room
 * @param {number} label the size of labels; margins follow it
 * @param {number} free the height that is free in a low frame, 0 elsewhere
 */
function scale({ low, high, steps }, room, label, free) {
  const W = Math.max(NARROWEST, room), left = Math.round(label * 3.6), bottom = Math.round(label * 2.5)
  const top = Math.round(label * 0.8)
  const usual = Math.max(SHORTEST, Math.min(TALLEST, window.innerHeight - ABOVE))
  const height = isLow(label) ? Math.max(LOWEST, free) : usual
  const step = (W - left - RIGHT) / Math.max(1, steps - 1) // pixels
  const inside = (/** @type {number} */ log) => Math.max(low * 100, Math.min(high * 100, log))
  return {
    W, step, height, label, left, top, floor: height - bottom,
    x: (/** @type {number} */ back) => left + back * step,
    y: (/** @type {number} */ log) =>
      top + ((high * 100 - inside(log)) * (height - top - bottom)) / ((high - low) * 100),
  }
}

/** @param {number} n */
const power = (n) => (n === 0 ? "1" : `10${superscript(n)}`)

/**
 * Write ten to the power of a logarithm.
 * @param {number} log
 * @param {string[]} mantissas
 */
export function antilogarithm(log, mantissas) {
  const exponent = Math.floor(log / 100)
  const mantissa = mantissas[log - exponent * 100]
  return exponent === 0 ? mantissa : `${mantissa} · 10${superscript(exponent)}`
}

/**
 * @param {Data} data
 * @param {Scale} at
 */
function axes(data, { W, height, label, left, top, floor, x, y }) {
  const { low, high, references, title = "steps back in time" } = data
  const across = `H${W - RIGHT}`
  const rows = Math.max(2, Math.floor((floor - top) / (1.5 * label))) // numbers that have room
  const every = Math.max(1, Math.ceil((high - low) / Math.min(8, rows))) // powers of ten
  let markup = ""
  for (let e = low; e <= high; e++) {
    if (e % every) continue
    markup += `<path class="grid" d="M${left} ${y(e * 100)}${across}"/>` +
      `<text class="tick y" x="${left - 8}" y="${y(e * 100) + label * 0.32}">${power(e)}</text>`
  }
  for (const [place, text] of data.ticks ?? stepTicks(data.steps, Math.floor(W / (4.2 * label)))) {
    markup += `<text class="tick x" x="${x(place)}" y="${floor + label * 1.1}">${text}</text>`
  }
  markup += `<text class="title" x="${(left + W - RIGHT) / 2}" y="${height - label * 0.25}">${title}</text>`
  return markup +
    references.map(({ log }) => `<path class="reference" d="M${left} ${y(log)}${across}"/>`).join("")
}

/**
 * @param {number} steps
 * @param {number} most numbers that have room
 * @returns {[number, string][]}
 */
function stepTicks(steps, most) {
  const apart = Math.max(1, Math.ceil(steps / Math.min(20, most) / 5) * 5)
  return Array.from({ length: Math.ceil(steps / apart) }, (_, k) => [k * apart, String(k * apart)])
}

/**
 * @param {Data} data
 * @param {Scale} at
 */
const bandsOf = ({ bands = [] }, { x, y }) => bands.map(({ name, places: [a, b], logs: [low, high] }) =>
  `<rect class="band ${name}" x="${x(a)}" width="${x(b) - x(a)}" y="${y(high)}" ` +
  `height="${y(low) - y(high)}"/>`).join("")

/**
 * A curve, an arrow where it leaves the picture, and its label.
 * @param {Curve} curve
 * @param {Data} data
 * @param {Scale} at
 */
function curvePath(curve, { low, high }, at) {
  const { logs, start, colour, width, dash, end, label } = curve
  const { x, y } = at
  const points = logs.map((log, k) => `${x(start + k).toFixed(1)},${y(log).toFixed(1)}`).join(" ")
  let markup = `<polyline class="curve" points="${points}" stroke="${colour}" stroke-width="${width}" ` +
    `stroke-dasharray="${dash}"/>`
  if (end) {
    const tip = x(start + logs.length), edge = y((end.up ? high : low) * 100), base = end.up ? 10 : -10
    markup += `<path fill="${colour}" d="M${tip - 7} ${edge + base}h14L${tip} ${edge}z"/>`
  }
  if (label && logs.length) {
    const place = labelPlace(curve, at)
    markup += `<text class="reference-name" x="${place.end}" y="${place.line}" text-anchor="end" ` +
      `style="fill:${colour}">${withIndexes(label, at.label)}</text>`
  }
  return markup
}

/**
 * Write b_f with its index below the line, in a picture.
 * @param {string} text
 * @param {number} label
 */
const withIndexes = (text, label) => text.replace(/_(\w)/g, (_, index) => `<tspan class="index" ` +
  `dy="${label * 0.25}">${index}</tspan><tspan dy="${-label * 0.25}">\u200b</tspan>`)

/** @param {string} name */
const asMarkup = (name) => name.replace(/_(\w)/g, "<sub>$1</sub>")

/** @param {Curve[]} curves */
const legend = (curves) => curves.filter(({ label }) => !label).map(({ name, colour, width, dash }) =>
  `<span><svg viewBox="0 0 34 8" aria-hidden="true"><path d="M0 4H34" stroke="${colour}" ` +
  `stroke-width="${width}" stroke-dasharray="${dash}"/></svg>${asMarkup(name)}</span>`).join("")

/**
 * Point at a step, and it says what is left of every curve there.
 * @param {HTMLElement} root
 * @param {SVGSVGElement} picture
 * @param {Data} data
 * @param {Scale} at
 */
function listen(root, picture, data, { W, step, left, top, floor, x }) {
  const tip = find(root, ".tip")
  const leave = () => {
    tip.hidden = true
    picture.querySelector(".cursor")?.setAttribute("d", "")
  }
  picture.onpointermove = (event) => {
    const frame = picture.getBoundingClientRect()
    const back = Math.round((((event.clientX - frame.left) * W) / frame.width - left) / step)
    if (back < 0 || back >= data.steps) return leave()
    find(picture, ".cursor").setAttribute("d", `M${x(back)} ${top}V${floor}`)
    tip.innerHTML = readOut(data, back)
    tip.hidden = false
    tip.style.top = "2.2rem"
    tip.style.left = `${Math.min((x(back) * frame.width) / W + 12, frame.width - tip.offsetWidth)}px`
  }
  picture.onpointerleave = leave
}

/**
 * What is left of every curve, so many steps back.
 * @param {Data} data
 * @param {number} back
 */
function readOut({ curves, mantissas, names }, back) {
  const rows = curves.map(({ name, colour, logs, start, before, end }) => {
    const far = start + logs.length, where = names?.[far] ?? `${far} steps back`
    const beyond = end ? `${end.says}, ${where}` : "", log = logs[back - start]
    const text = back < start ? before : log === undefined ? beyond : antilogarithm(log, mantissas)
    return `<div style="color:${colour}"><b>${asMarkup(name)}</b> ${text}</div>`
  })
  return `<div>${names?.[back] ?? `${back} steps back`}</div>${rows.join("")}`
}
