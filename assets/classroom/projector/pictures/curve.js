// What the model does, drawn through the numbers of a class while it looks.

/** @import { Asking } from "../../types.js" */
/** @import { Scale } from "./numbers.js" */

import { shape } from "../../../shared/shape.js"
import { axisText, heightAxis } from "./axis.js"
import { placeOf } from "./numbers.js"

const WAIT = 0.8, RUN = 1.7 // seconds: the class looks at its own numbers first
export const DRAWING_TIME = WAIT + RUN

/**
 * Whether the axis of the curve is on the left: its name stands above it, beside the mark of the truth.
 * @param {Scale} scale
 * @param {number | null} truth
 */
export const isAxisLeft = (scale, truth) => truth !== null && placeOf(scale, truth) >= 0.5

/**
 * The curve, its axis beside it, and a function that draws it as far as it has come.
 * @param {NonNullable<Asking["curve"]>} curve
 * @param {Scale} scale
 * @param {number | null} truth
 * @param {{left: number, right: number, top: number, bottom: number, size: number}} space
 */
export function curveParts({ title, points, ticks }, scale, truth, { left, right, top, bottom, size }) {
  const x = (/** @type {number} */ value) => left + placeOf(scale, value) * (right - left)
  const y = (/** @type {number} */ height) => bottom - height * (bottom - top)
  const places = points.map(([value, height]) => ({ x: x(value), y: y(height) }))
  const corners = places.map((place) => [place.x, place.y].map((side) => side.toFixed(1)).join(" "))
  const d = `M${corners.join("L")}`
  const path = shape("path", { class: "model", d, pathLength: 1, "stroke-dasharray": "1 1" })
  const meeting = truth === null ? null : crossingOf(places, x(truth))
  const dot = meeting && shape("circle", { class: "meeting", cx: meeting.x, cy: meeting.y, r: 0.32 * size })
  const isLeft = isAxisLeft(scale, truth)
  const name = axisText(isLeft ? 0 : right + 3 * size, 0.6 * size, isLeft ? "start" : "end", title, "model")
  const axis = heightAxis(ticks, y, isLeft ? left : right, { size, side: isLeft ? "left" : "right" })
  const parts = [...axis, path, name, ...(dot ? [dot] : [])]
  /**
   * @param {number} share  of the time
   * @param {SVGElement[]} mark  of the truth, to which the curve runs
   */
  const draw = (share, mark) => {
    const run = Math.max(0, share * DRAWING_TIME - WAIT) / RUN
    path.setAttribute("stroke-dashoffset", String(1 - run))
    path.style.visibility = run > 0 ? "" : "hidden"
    for (const one of mark) one.style.visibility = run > 0 ? "" : "hidden"
    if (dot) dot.style.visibility = share < 1 ? "hidden" : ""
  }
  return { parts, draw }
}

/**
 * Where a line of places crosses a vertical one, the last time; null where it does not.
 * @param {{x: number, y: number}[]} places  in pixels
 * @param {number} at
 */
export function crossingOf(places, at) {
  for (let k = places.length - 1; k > 0; k--) {
    const from = places[k - 1], to = places[k]
    if (Math.min(from.x, to.x) - 0.5 > at || Math.max(from.x, to.x) + 0.5 < at) continue
    const share = from.x === to.x ? 1 : Math.min(1, Math.max(0, (at - from.x) / (to.x - from.x)))
    return { x: at, y: from.y + share * (to.y - from.y) }
  }
  return null
}
