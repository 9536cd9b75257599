// Axes of pictures, and texts in them.

/** @import { Scale } from "./numbers.js" */

import { shape } from "../../../shared/shape.js"
import { numberText, placeOf, ticksOf } from "./numbers.js"

const TICKS = 6
const SPACE = 0.3 // between a number and its unit, in sizes of the text
const WIDTH = 0.65, SIGN = 0.25 // of a character, and what a sign is wider, in sizes of the text

/**
 * @param {number} x
 * @param {number} y
 * @param {string} anchor
 * @param {string} text
 * @param {string} [kind]
 */
export function axisText(x, y, anchor, text, kind = "") {
  return shape("text", { x, y, "text-anchor": anchor, "dominant-baseline": "central", class: kind }, text)
}

/**
 * @param {number} x1
 * @param {number} y1
 * @param {number} x2
 * @param {number} y2
 * @param {string} [kind]
 */
export function axisLine(x1, y1, x2, y2, kind = "axis") {
  return shape("line", { class: kind, x1, y1, x2, y2 })
}

/**
 * The places of a few of so many names, the last among them where that is possible.
 * @param {number} count
 * @param {number} most
 */
export function fewPlaces(count, most) {
  if (count < 2) return count ? [0] : []
  const last = count - 1, least = Math.max(1, Math.ceil(count / Math.max(1, most)))
  const even = Array.from({ length: least + 1 }, (_, k) => least + k).find((step) => last % step === 0)
  const step = even ?? least
  return Array.from({ length: Math.floor(last / step) + 1 }, (_, k) => k * step)
}

/** @param {string} text  how wide it is at most, in sizes of the text */
export function widthOf(text) {
  return WIDTH * text.length + (/[−-]/.test(text) ? SIGN : 0)
}

/**
 * A text near a place on an axis: in the middle where there is room, else as far as there is.
 * @param {number} at
 * @param {number} y
 * @param {string} text
 * @param {{width: number, size: number}} space
 * @param {string} [kind]
 */
export function textWithin(at, y, text, { width, size }, kind = "") {
  const half = (size * widthOf(text)) / 2
  if (at - half < 0) return axisText(0, y, "start", text, kind)
  return at + half > width ? axisText(width, y, "end", text, kind) : axisText(at, y, "middle", text, kind)
}

/**
 * The axis of a scale below a picture: its line, and round numbers, each below its tick; the unit follows.
 * @param {Scale} scale
 * @param {{left: number, right: number, bottom: number, width: number, size: number}} space
 */
export function scaleAxis(scale, { left, right, bottom, width, size }) {
  const gaps = Math.floor((right - left) / (5 * size)), y = bottom + 1.05 * size
  const most = Math.max(2, Math.min(TICKS, scale.logarithmic ? gaps + 1 : gaps))
  const round = ticksOf(scale, most), ticks = round.length > 1 ? round : [scale.low, scale.high]
  const x = (/** @type {number} */ tick) => left + placeOf(scale, tick) * (right - left)
  const parts = ticks.flatMap((tick) => [
    axisLine(x(tick), bottom, x(tick), bottom + 0.3 * size),
    textWithin(x(tick), y, numberText(tick), { width, size }),
  ])
  const last = ticks[ticks.length - 1], after = x(last) + size * (widthOf(numberText(last)) / 2 + SPACE)
  const unit = scale.unit ? [axisText(after, y, "start", scale.unit)] : []
  return [axisLine(left, bottom, right, bottom), ...parts, ...unit]
}

/**
 * How much room the unit needs beyond the end of its axis, in sizes of the text.
 * @param {Scale} scale
 */
export function reachOfUnit({ high, unit }) {
  return unit ? widthOf(numberText(high)) / 2 + SPACE + widthOf(unit) : 0
}

/**
 * The ticks of heights beside a picture: (height from 0 to 1, text).
 * @param {[number, string][]} ticks
 * @param {(height: number) => number} y
 * @param {number} at
 * @param {{size: number, side: "left" | "right"}} options
 */
export function heightAxis(ticks, y, at, { size, side }) {
  const sign = side === "left" ? -1 : 1, anchor = side === "left" ? "end" : "start"
  const reach = ticks.length > 1 ? Math.abs(y(ticks[0][0]) - y(ticks[ticks.length - 1][0])) : 0
  const places = fewPlaces(ticks.length, Math.floor(reach / (1.15 * size)) + 1)
  return places.map((k) => ticks[k]).flatMap(([height, text]) => [
    axisLine(at, y(height), at + sign * 0.3 * size, y(height)),
    axisText(at + sign * 0.45 * size, y(height), anchor, text, "tick"),
  ])
}
