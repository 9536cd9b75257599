// The numbers of a class on their scale, of one vote or of two one above the other, and where the truth is.

/** @import { Asking } from "../types.js" */
/** @import { Scale } from "./numbers.js" */

import { html, svg } from "./elements.js"
import { countsOf, numberText, placeOf, ticksOf, withUnit } from "./numbers.js"
import { roundName, UNSURE } from "./view.js"

const PARTS = 24, TICKS = 6
const WIDTH = 0.65 // of a character, in sizes of the text

/**
 * A drawing of the numbers, and a function that draws it once it has its final size.
 * @param {Asking} asking
 */
export function numberDrawing(asking) {
  const scale = /** @type {Scale} */ (asking.scale)
  const rounds = asking.rounds ?? [], last = rounds.length
  const names = last > 1 ? [last - 1, last] : last === 1 ? [1] : []
  const rows = names.map((round) => countsOf(scale, rounds[round - 1].numbers ?? [], PARTS))
  const truth = typeof asking.right === "number" ? asking.right : null
  const drawing = svg("svg", { role: "img", "aria-label": altText(asking, scale, names, truth) })
  const box = html("div", { class: names.length > 1 ? "numbers double" : "numbers" }, drawing)
  const draw = () => {
    const size = parseFloat(getComputedStyle(box).fontSize)
    const { clientWidth: width, clientHeight: height } = box
    drawing.setAttribute("viewBox", `0 0 ${width} ${height}`)
    drawing.replaceChildren(...parts(scale, rows, names, truth, { width, height, size }))
  }
  const unsure = last ? rounds[last - 1][UNSURE] ?? 0 : 0
  return { box, draw, unsure: unsure ? `${unsure} ${unsure === 1 ? "does" : "do"} not know.` : "" }
}

/**
 * @param {Asking} asking
 * @param {Scale} scale
 * @param {number[]} names
 * @param {number | null} truth
 */
function altText({ rounds = [] }, scale, names, truth) {
  const range = `A scale from ${numberText(scale.low)} to ${withUnit(scale.high, scale.unit)}.`
  const count = (/** @type {number} */ round) => rounds[round - 1].numbers?.length ?? 0
  const counts = names.map((round) => `${roundName(round)}: ${count(round)} numbers.`)
  const right = truth === null ? "" : `The right number is ${withUnit(truth, scale.unit)}.`
  return [range, ...counts, right].join(" ")
}

/**
 * @param {Scale} scale
 * @param {number[][]} rows  counts of each vote
 * @param {number[]} names  numbers of the votes
 * @param {number | null} truth
 * @param {{width: number, height: number, size: number}} space
 */
function parts(scale, rows, names, truth, { width, height, size }) {
  const left = 2 * size, right = width - 2 * size
  const bottom = height - 1.7 * size, top = truth === null ? 0.2 * size : 1.5 * size
  const x = (/** @type {number} */ place) => left + place * (right - left)
  const most = Math.max(1, ...rows.flat()), each = (bottom - top) / Math.max(1, rows.length)
  // The names of the votes stand beside the line of the truth.
  const isTruthLeft = truth !== null && placeOf(scale, truth) < 0.5
  const elements = []
  rows.forEach((counts, k) => {
    const base = top + each * (k + 1), room = each - (rows.length > 1 ? 1.5 : 0.2) * size
    if (rows.length > 1) {
      const y = base - each + 0.8 * size, name = roundName(names[k])
      elements.push(isTruthLeft ? words(right, y, "end", name) : words(left, y, "start", name))
    }
    elements.push(svg("line", { class: "axis", x1: left, x2: right, y1: base, y2: base }))
    counts.forEach((count, part) => {
      if (!count) return
      const high = (room * count) / most, from = x(part / PARTS)
      const kind = k < rows.length - 1 ? "bar before" : "bar after"
      const wide = (right - left) / PARTS - 2
      elements.push(svg("rect", { class: kind, x: from + 1, y: base - high, width: wide, height: high }))
    })
  })
  elements.push(svg("line", { class: "axis", x1: left, x2: right, y1: bottom, y2: bottom }))
  const most_ticks = Math.max(2, Math.min(TICKS, Math.floor((right - left) / (5 * size))))
  const ticks = ticksOf(scale, most_ticks)
  ticks.forEach((tick, k) => {
    const at = x(placeOf(scale, tick))
    const name = k === ticks.length - 1 ? withUnit(tick, scale.unit) : numberText(tick)
    const y = bottom + 1.05 * size, isLong = at + (WIDTH * size * name.length) / 2 > width
    elements.push(svg("line", { class: "axis", x1: at, x2: at, y1: bottom, y2: bottom + 0.3 * size }))
    elements.push(isLong ? words(width, y, "end", name) : words(at, y, "middle", name))
  })
  if (truth === null) return elements
  return [...elements, ...truthMark(x(placeOf(scale, truth)), truth, scale, { width, top, bottom, size })]
}

/**
 * @param {number} at
 * @param {number} truth
 * @param {Scale} scale
 * @param {{width: number, top: number, bottom: number, size: number}} space
 */
function truthMark(at, truth, scale, { width, top, bottom, size }) {
  const anchor = at < 0.25 * width ? "start" : at > 0.75 * width ? "end" : "middle"
  return [
    svg("line", { class: "truth", x1: at, x2: at, y1: top - 0.3 * size, y2: bottom }),
    words(at, top - 0.85 * size, anchor, `✓ ${withUnit(truth, scale.unit)}`),
  ]
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} anchor
 * @param {string} text
 */
function words(x, y, anchor, text) {
  return svg("text", { x, y, "text-anchor": anchor, "dominant-baseline": "central" }, text)
}
