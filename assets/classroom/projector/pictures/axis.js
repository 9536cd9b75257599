// Axes of pictures, and texts in them.

/** @import { Scale } from "./numbers.js" */

import { shape } from "../../../shared/shape.js"
import { numberText, placeOf, ticksOf, withUnit } from "./numbers.js"

const TICKS = 6
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
 * The axis of a scale below a picture: its line, round numbers and their names.
 * @param {Scale} scale
 * @param {{left: number, right: number, bottom: number, width: number, size: number}} space
 * @param {(tick: number, k: number, ticks: number[]) => string} [name]
 */
export function scaleAxis(scale, { left, right, bottom, width, size }, name = nameOf(scale)) {
  const most = Math.max(2, Math.min(TICKS, Math.floor((right - left) / (5 * size))))
  const round = ticksOf(scale, most), ticks = round.length > 1 ? round : [scale.low, scale.high]
  const parts = ticks.flatMap((tick, k) => {
    const at = left + placeOf(scale, tick) * (right - left)
    const text = name(tick, k, ticks), y = bottom + 1.05 * size
    const isLong = at + (size * widthOf(text)) / 2 > width
    return [
      axisLine(at, bottom, at, bottom + 0.3 * size),
      isLong ? axisText(width, y, "end", text) : axisText(at, y, "middle", text),
    ]
  })
  return [axisLine(left, bottom, right, bottom), ...parts]
}

/**
 * @param {Scale} scale
 * @returns {(tick: number, k: number, ticks: number[]) => string}
 */
function nameOf(scale) {
  return (tick, k, ticks) => (k === ticks.length - 1 ? withUnit(tick, scale.unit) : numberText(tick))
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
