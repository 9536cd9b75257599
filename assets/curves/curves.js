// Curves over steps on a logarithmic axis, part of a panel's drawing. Python sends the logarithms, in
// hundredths; here they become pixels, and text by looking up the hundred mantissas that there are.

import { element, find } from "../shared/dom.js"
import { superscript } from "../shared/numbers.js"

/**
 * logs: hundredths of logarithms, a step each from `start` on; before: what is there until then; label: at
 * the curve's end, "" for a name in the legend; end: where the curve leaves the picture, and what is there.
 * @typedef {object} Curve
 * @property {string} name
 * @property {string} label
 * @property {string} colour
 * @property {string} dash
 * @property {number} width
 * @property {number} opacity
 * @property {number[]} logs
 * @property {number} start
 * @property {string} before
 * @property {{up: boolean, says: string} | null} end
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

const LEFT = 52, RIGHT = 10, TOP = 8, BOTTOM = 40 // pixels: margins
const NARROWEST = 280, PHONE = 500, TALLEST = 290, SHORTEST = 210 // pixels
const ABOVE = 390 // pixels: above the picture, so that question and picture are on one screen

/** An empty place for curves. */
export function buildCurves() {
  const root = element("div", { class: "curves" })
  root.innerHTML =
    `<p class="legend"></p><svg class="picture" role="img"></svg><div class="tip" hidden></div>`
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
  const at = scale(data, root.clientWidth)
  picture.setAttribute("viewBox", `0 0 ${at.W} ${at.height}`)
  picture.setAttribute("aria-label", data.alt)
  const curves = data.curves.map((curve) => curvePath(curve, data, at)).join("")
  picture.innerHTML = bandsOf(data, at) + axes(data, at) + curves + referenceNames(data, at) +
    `<path class="cursor" d=""/>`
  find(root, ".legend").innerHTML = legend(data.curves)
  listen(root, picture, data, at)
}

/**
 * Where steps and logarithms are in the picture.
 * @param {Data} data
 * @param {number} room
 */
function scale({ low, high, steps }, room) {
  const W = Math.max(NARROWEST, room)
  const height = Math.max(SHORTEST, Math.min(TALLEST, window.innerHeight - ABOVE))
  const step = (W - LEFT - RIGHT) / Math.max(1, steps - 1) // pixels
  const inside = (/** @type {number} */ log) => Math.max(low * 100, Math.min(high * 100, log))
  return {
    W, step, height,
    x: (/** @type {number} */ back) => LEFT + (back * (W - LEFT - RIGHT)) / Math.max(1, steps - 1),
    y: (/** @type {number} */ log) =>
      TOP + ((high * 100 - inside(log)) * (height - TOP - BOTTOM)) / ((high - low) * 100),
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
function axes(data, { W, height, x, y }) {
  const { low, high, references, title = "steps back in time" } = data
  const across = `H${W - RIGHT}`
  const every = Math.max(1, Math.ceil((high - low) / 8)) // powers of ten
  let markup = ""
  for (let e = low; e <= high; e++) {
    if (e % every) continue
    markup += `<path class="grid" d="M${LEFT} ${y(e * 100)}${across}"/>` +
      `<text class="tick y" x="${LEFT - 8}" y="${y(e * 100) + 4}">${power(e)}</text>`
  }
  for (const [place, text] of data.ticks ?? stepTicks(data.steps, W)) {
    markup += `<text class="tick x" x="${x(place)}" y="${height - 22}">${text}</text>`
  }
  markup += `<text class="title" x="${(LEFT + W - RIGHT) / 2}" y="${height - 3}">${title}</text>`
  return markup +
    references.map(({ log }) => `<path class="reference" d="M${LEFT} ${y(log)}${across}"/>`).join("")
}

/**
 * @param {number} steps
 * @param {number} W
 * @returns {[number, string][]}
 */
function stepTicks(steps, W) {
  const apart = Math.max(1, Math.ceil(steps / (W < PHONE ? 5 : 20) / 5) * 5)
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
 * On top of the curves, with an edge that keeps them apart.
 * @param {Data} data
 * @param {Scale} at
 */
const referenceNames = ({ references }, { y }) => references.map(({ name, log }) =>
  `<text class="reference-name" x="${LEFT + 6}" y="${y(log) - 6}">${name}</text>`).join("")

/**
 * A curve, an arrow where it leaves the picture, and its label.
 * @param {Curve} curve
 * @param {Data} data
 * @param {Scale} at
 */
function curvePath({ logs, start, colour, width, dash, opacity, end, label }, { low, high }, { x, y }) {
  const points = logs.map((log, k) => `${x(start + k).toFixed(1)},${y(log).toFixed(1)}`).join(" ")
  let markup = `<polyline class="curve" points="${points}" stroke="${colour}" stroke-width="${width}" ` +
    `stroke-dasharray="${dash}" opacity="${opacity}"/>`
  if (end) {
    const tip = x(start + logs.length), edge = y((end.up ? high : low) * 100), base = end.up ? 10 : -10
    markup += `<path fill="${colour}" d="M${tip - 7} ${edge + base}h14L${tip} ${edge}z"/>`
  }
  if (label && logs.length) {
    const last = logs.length - 1
    markup += `<text x="${x(start + last) - 4}" y="${y(logs[last]) + 17}" text-anchor="end" ` +
      `style="fill:${colour}">${label}</text>`
  }
  return markup
}

/** @param {Curve[]} curves */
const legend = (curves) => curves.filter(({ label }) => !label).map(({ name, colour, width, dash }) =>
  `<span><svg viewBox="0 0 34 8" aria-hidden="true"><path d="M0 4H34" stroke="${colour}" ` +
  `stroke-width="${width}" stroke-dasharray="${dash}"/></svg>${name}</span>`).join("")

/**
 * Point at a step, and it says what is left of every curve there.
 * @param {HTMLElement} root
 * @param {SVGSVGElement} picture
 * @param {Data} data
 * @param {Scale} at
 */
function listen(root, picture, data, { W, step, height, x }) {
  const tip = find(root, ".tip")
  const leave = () => {
    tip.hidden = true
    picture.querySelector(".cursor")?.setAttribute("d", "")
  }
  picture.onpointermove = (event) => {
    const frame = picture.getBoundingClientRect()
    const back = Math.round((((event.clientX - frame.left) * W) / frame.width - LEFT) / step)
    if (back < 0 || back >= data.steps) return leave()
    find(picture, ".cursor").setAttribute("d", `M${x(back)} ${TOP}V${height - BOTTOM}`)
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
    const beyond = end ? `${end.says}, ${start + logs.length} steps back` : "", log = logs[back - start]
    const text = back < start ? before : log === undefined ? beyond : antilogarithm(log, mantissas)
    return `<div style="color:${colour}"><b>${name}</b> ${text}</div>`
  })
  return `<div>${names?.[back] ?? `${back} steps back`}</div>${rows.join("")}`
}
