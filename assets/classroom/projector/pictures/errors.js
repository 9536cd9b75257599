// How far a class's answers to dealt numbers are off, each from what is right for its own numbers.

/** @import { Asking } from "../../types.js" */
/** @import { Scale } from "./numbers.js" */

import { element } from "../../../shared/dom.js"
import { shape } from "../../../shared/shape.js"
import { roundNameOf, tableOf } from "../view.js"
import { axisLine, axisText, textWithin } from "./axis.js"
import { countsOf, errorText, errorTicks, placeOf } from "./numbers.js"

const WORDS = "How far each number is off"
const BINS = 31, MOST_TICKS = 9
const KINDS = ["bar before", "bar after"]

/**
 * A drawing of the errors of one vote, or of two side by side, and a function that draws it once it has its
 * size.
 * @param {Asking} asking
 */
export function errorDrawing(asking) {
  const scale = /** @type {Scale} */ (asking.errors)
  const { rounds } = tableOf(asking)
  const numbers = rounds.map((round) => asking.rounds?.[round - 1].numbers ?? [])
  const drawing = shape("svg", { role: "img", "aria-label": altOf(asking, scale, rounds, numbers) })
  const box = element("div", { class: "numbers errors" }, drawing)
  const rows = numbers.map((values) => countsOf(scale, values, BINS))
  const draw = () => {
    const size = parseFloat(getComputedStyle(box).fontSize)
    const { clientWidth: width, clientHeight: height } = box
    drawing.setAttribute("viewBox", `0 0 ${width} ${height}`)
    drawing.replaceChildren(...errorParts(scale, rows, { width, height, size }))
  }
  return { box, draw }
}

/**
 * @param {Asking} asking
 * @param {Scale} scale
 * @param {number[]} rounds
 * @param {number[][]} numbers
 */
function altOf(asking, scale, rounds, numbers) {
  const { low, high } = scale
  const ends = `from ${errorText(scale, low)} to ${errorText(scale, high)}`
  const right = `${errorText(scale, rightError(scale))} is right`
  const each = rounds.map((round, k) => `${roundNameOf(asking, round)}: ${numbers[k].length} numbers.`)
  return `${WORDS}, ${ends}; ${right}. ${each.join(" ")}`
}

/** @param {Scale} scale */
function rightError({ logarithmic }) {
  return logarithmic ? 1 : 0
}

/**
 * @param {Scale} scale
 * @param {number[][]} rows  counts of each vote
 * @param {{width: number, height: number, size: number}} space
 */
function errorParts(scale, rows, { width, height, size }) {
  const left = 2.2 * size, right = width - 2.2 * size, bottom = height - 1.6 * size, top = 1.5 * size
  const x = (/** @type {number} */ place) => left + place * (right - left)
  const most = Math.max(1, ...rows.flat()), wide = (right - left) / BINS - 2
  const kinds = KINDS.slice(-rows.length), each = wide / Math.max(1, rows.length)
  const bars = rows.flatMap((counts, row) => counts.flatMap((count, part) => {
    if (!count) return []
    const high = Math.max(2, ((bottom - top) * count) / most)
    const place = { x: x(part / BINS) + 1 + row * each, y: bottom - high, width: each, height: high }
    return [shape("rect", { class: kinds[row], ...place })]
  }))
  const at = x(placeOf(scale, rightError(scale)))
  const most_ticks = Math.max(3, Math.min(MOST_TICKS, Math.floor((right - left) / (4.5 * size))))
  const ticks = errorTicks(scale, most_ticks).flatMap((tick) => {
    const place = x(placeOf(scale, tick)), y = bottom + 1 * size
    const text = errorText(scale, tick)
    return [axisLine(place, bottom, place, bottom + 0.25 * size), textWithin(place, y, text, { width, size })]
  })
  const isRight = at > width / 2 // the truth: what is measured stands beside its mark
  const edge = isRight ? 0.1 * size : width - 0.2 * size
  const title = axisText(edge, 0.6 * size, isRight ? "start" : "end", WORDS)
  return [
    axisLine(left, bottom, right, bottom), ...ticks, ...bars,
    axisLine(at, 1.1 * size, at, bottom, "truth"), axisText(at, 0.6 * size, "middle", "✓ right"), title,
  ]
}
