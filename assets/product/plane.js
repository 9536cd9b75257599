// The arrow of the gradient in the plane of the two units, as large as it was before the step in view. Python
// sends thousandths of that length; here they become pixels.

import { setMarkup } from "../panel/look.js"
import { element, find } from "../shared/dom.js"
import { labelSize, watchSize } from "../shared/size.js"

/** @typedef {[number, number]} Point */
/**
 * As `lesson/gradients/product/plane.py` says it.
 * @typedef {object} Plane
 * @property {number} reach
 * @property {Point | null} before
 * @property {Point | null} between
 * @property {[number, number, number] | null} ellipse
 * @property {Point} after
 * @property {Point[]} earlier
 * @property {Point[]} later
 */

const RING = 1000 // the radius of the ring, in thousandths
const LEAST = 180 // pixels of a side
const HEAD = 10, NARROW = 4.5 // pixels: length and half the width of an arrow's head
const TIP = 2.5, FADE = 22 // pixels: the radius of a dot at a tip; how far from an edge a trail fades out

/** @type {WeakMap<HTMLElement, {plane: Plane, words: string}>} */
const planeOf = new WeakMap() // what each place shows

/** A place for the plane, with what the arrows and lines are. */
export function buildPlane() {
  const root = element("figure", { class: "plane" })
  setMarkup(root, `<svg role="img"></svg><figcaption>${arrowNames()}</figcaption>`)
  watchSize(root, () => {
    const data = planeOf.get(root)
    if (data) drawPlane(root, data.plane, data.words)
  })
  return root
}

/** What the arrows and lines are. */
const arrowNames = () => [
  ["before", "before this step"], ["between", "after the slopes"],
  ["after", "after W<sub>h</sub><sup>T</sup>"],
].map(([name, text]) => `<span class="${name}"><i></i>${text}</span>`).join("") +
  `<span class="about">Circle: as long as the arrow before this step, ` +
  `<b class="ring"></b>. Dashed: where this step takes the circle. ` +
  `Thin grey lines with dots: the arrow’s tips at other steps.</span>`

/**
 * @param {HTMLElement} root
 * @param {Plane} plane
 * @param {string} words
 */
export function drawPlane(root, plane, words) {
  /** @type {SVGSVGElement} */
  const picture = find(root, "svg")
  planeOf.set(root, { plane, words })
  const side = Math.max(LEAST, picture.clientWidth), label = labelSize(root)
  const edge = Math.round(label * 1.3) // below the name of unit 2: no trail runs through it
  const middle = side / 2, unit = middle / plane.reach
  /** @param {Point} point */
  const at = ([x, y]) => [middle + x * unit, middle - y * unit]
  const trail = (/** @type {string} */ name, /** @type {Point[]} */ points) => {
    const line = points.map((point) => pair(at(point))).join(" ")
    const dots = tipsInside(points.slice(1).map(at), edge, side).map(([x, y]) =>
      `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${TIP}"/>`)
    return `<g class="${name}"><polyline points="${line}"/>${dots.join("")}</g>`
  }
  picture.setAttribute("viewBox", `0 0 ${side} ${side}`)
  picture.setAttribute("aria-label", words)
  const markup =
    `<path class="axis" d="M0 ${middle}H${side}M${middle} 0V${side}"/>` +
    `<circle class="ring" cx="${middle}" cy="${middle}" r="${RING * unit}"/>` +
    image(plane, middle, unit) +
    fadingOut(edge, side) + `<g mask="url(#fade-x)"><g mask="url(#fade-y)">` +
    `${trail("later", plane.later)}${trail("earlier", plane.earlier)}</g></g>` +
    [["before", plane.before], ["between", plane.between], ["after", plane.after]].map(([name, tip]) =>
      tip ? arrow(String(name), at(/** @type {Point} */ (tip)), middle) : "").join("") +
    `<text x="${side - 4}" y="${middle - 6}" text-anchor="end">unit 1</text>` +
    `<text x="${middle + 6}" y="${label}">unit 2</text>`
  setMarkup(picture, markup)
}

/**
 * The tips whose dots have room in the picture: none is cut off.
 * @param {number[][]} tips pixels
 * @param {number} top of the room for them
 * @param {number} side
 */
export const tipsInside = (tips, top, side) => tips.filter(([x, y]) =>
  x >= 2 * TIP && x <= side - 2 * TIP && y >= top + 2 * TIP && y <= side - 2 * TIP)

/**
 * Masks through which lines fade out at all four edges.
 * @param {number} top
 * @param {number} side
 */
function fadingOut(top, side) {
  const mask = (/** @type {string} */ axis, /** @type {number} */ from, /** @type {string} */ end) => {
    const share = FADE / (side - from), stops = [[0, 0], [share, 1], [1 - share, 1], [1, 0]]
    const colours = stops.map(([at, opacity]) =>
      `<stop offset="${at.toFixed(3)}" stop-color="#fff" stop-opacity="${opacity}"/>`).join("")
    return `<linearGradient id="ramp-${axis}" ${end}>${colours}</linearGradient>` +
      `<mask id="fade-${axis}" maskUnits="userSpaceOnUse" x="0" y="0" width="${side}" height="${side}">` +
      `<rect y="${from}" width="${side}" height="${side - from}" fill="url(#ramp-${axis})"/></mask>`
  }
  return `<defs>${mask("x", 0, `x2="1" y2="0"`)}${mask("y", top, `x2="0" y2="1"`)}</defs>`
}

/** @param {number[]} numbers */
const pair = (numbers) => numbers.map((value) => value.toFixed(1)).join(",")

/**
 * Where the step takes the ring.
 * @param {Plane} plane
 * @param {number} middle
 * @param {number} unit
 */
function image({ ellipse }, middle, unit) {
  if (!ellipse) return ""
  const [long, short, degrees] = ellipse
  return `<ellipse class="image" rx="${long * unit}" ry="${short * unit}" ` +
    `transform="translate(${middle} ${middle}) rotate(${-degrees})"/>`
}

/**
 * @param {string} name
 * @param {number[]} tip pixels
 * @param {number} middle
 */
function arrow(name, [x, y], middle) {
  const length = Math.hypot(x - middle, y - middle), head = Math.min(HEAD, length)
  if (length < 0.5) return `<circle class="dot ${name}" cx="${middle}" cy="${middle}" r="3"/>`
  const [ux, uy] = [(x - middle) / length, (y - middle) / length], half = (NARROW * head) / HEAD
  const [bx, by] = [x - ux * head, y - uy * head]
  const corners = [[x, y], [bx - uy * half, by + ux * half], [bx + uy * half, by - ux * half]]
  return `<g class="arrow ${name}"><path d="M${middle} ${middle}L${bx.toFixed(1)} ${by.toFixed(1)}"/>` +
    `<polygon points="${corners.map(pair).join(" ")}"/></g>`
}
