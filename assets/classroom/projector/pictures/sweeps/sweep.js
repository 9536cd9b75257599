// The settings that a class has chosen, a dot for each student, on what comes of them.

/** @import { Asking, Setting } from "../../../types.js" */
/** @import { Space } from "../canvas.js" */

import { element } from "../../../../shared/dom.js"
import { shape } from "../../../../shared/shape.js"
import { lowered } from "../../../markup.js"
import { bestName } from "../../../sweep.js"
import { worded } from "../../elements.js"
import { roundNameOf } from "../../view.js"
import { axisLine, axisText, fewPlaces, heightAxis, widthOf } from "../axis.js"
import { fitLayers, layers } from "../canvas.js"
import { motion } from "../motion.js"
import { sweepPainter, strengthOf } from "./paint.js"
import { choicesOf, markedSetting, triedSentence } from "./settings.js"

const FALL_TIME = 2.6 // seconds
const STRENGTHS = 24
const UNKNOWN = 0.4 // where dots lie while nobody is to know what comes of them

/** @typedef {{left: number, right: number, top: number, bottom: number}} Frame  of the plot, in pixels */

/**
 * The drawing, and a function that draws it once it has its size.
 * @param {Asking} asking  of a sweep, with its surface once it is revealed
 */
export function sweepDrawing(asking) {
  const { settings = [], surface, rounds = [] } = asking
  const isMap = settings.length > 1
  const marked = markedSetting(asking)
  const both = layers(sweepWords(asking, marked))
  const x = settings[isMap ? 1 : 0], y = isMap ? settings[0] : null
  const legend = rounds.length > 1
    ? element(
        "span", { class: "votes" }, element("i", { class: "ring" }), roundNameOf(asking, rounds.length - 1),
        element("i", { class: "dot" }), roundNameOf(asking, rounds.length),
      )
    : ""
  const box = element(
    "div", { class: isMap ? "sweep map" : "sweep" },
    marked ? bestLine(asking, marked) : "",
    element("div", { class: "above" }, y ? worded("span", {}, y) : element("span", {}, surface?.title ?? ""),
      legend, isMap ? element("span", { class: "height-name" }, surface?.title ?? "") : ""),
    both.plot, worded("p", { class: "below" }, x),
  )
  /** @type {(share: number) => void} */
  let paint = () => {}
  const go = motion(box, FALL_TIME, (share) => paint(share))
  const draw = () => {
    const space = fitLayers(both)
    const plan = isMap ? mapPlan(asking, space) : curvePlan(asking, space)
    both.drawing.replaceChildren(...plan.axes)
    paint = sweepPainter(both.canvas, plan, asking, space.size)
    go()
  }
  return { box, draw }
}

/**
 * @param {Asking} asking
 * @param {NonNullable<ReturnType<typeof markedSetting>>} marked
 */
function bestLine(asking, { words, isBest }) {
  const mark = element("i", { class: "diamond", "aria-hidden": "true" })
  const name = isBest ? bestName(asking) : "Highest"
  return element("p", { class: "best" }, mark, `${name}: `, ...lowered(words))
}

/**
 * @param {Asking} asking
 * @param {ReturnType<typeof markedSetting>} marked
 */
function sweepWords(asking, marked) {
  const { settings = [], surface, rounds = [] } = asking
  const chosen = choicesOf(rounds.at(-1)).map(({ at, count }) => {
    const names = settings.map(({ text, values }, k) => `${text} ${values[at[k]]}`)
    return `${count} at ${names.join(" and ")}`
  })
  const best = marked ? `${marked.isBest ? bestName(asking) : "Highest"}: ${marked.words}.` : ""
  const title = surface ? `${surface.title}, for each setting.` : "The settings."
  return [title, `Chosen: ${chosen.join(", ") || "none"}.`, triedSentence(asking), best].join(" ")
}

/**
 * Where everything of a sweep lies. place: of a setting in pixels; line: the curve, cell: the size of a field
 * of the map; axes: elements.
 * @typedef {object} Plan
 * @property {Frame} frame
 * @property {(at: number[]) => {x: number, y: number}} place
 * @property {{x: number, y: number}[]} line
 * @property {{width: number, height: number} | null} cell
 * @property {SVGElement[]} axes
 */

/**
 * @param {Asking} asking
 * @param {Space} space
 * @returns {Plan}
 */
function curvePlan({ settings = [], surface }, { width, height, size }) {
  const ticks = surface?.ticks ?? [], [{ values }] = settings
  const left = (1 + Math.max(1, ...ticks.map(([, text]) => widthOf(text)))) * size
  const frame = { left, right: width - 1.5 * size, top: 1.4 * size, bottom: height - 1.6 * size }
  const last = Math.max(1, values.length - 1)
  const x = (/** @type {number} */ k) => between(frame.left + size, frame.right, k / last)
  const y = (/** @type {number} */ share) => between(frame.bottom, frame.top, share)
  const heights = surface?.heights ?? values.map(() => UNKNOWN)
  const place = (/** @type {number[]} */ [k]) => ({ x: x(k), y: y(heights[k]) })
  const axes = [
    axisLine(frame.left, frame.bottom, width, frame.bottom), ...valueAxis(settings[0], x, frame, size),
    ...heightAxis(ticks, y, frame.left, { size, side: "left" }),
    ...(surface ? [axisLine(frame.left, frame.top, frame.left, frame.bottom)] : []),
  ]
  return { frame, place, line: surface ? values.map((_, k) => place([k])) : [], cell: null, axes }
}

/**
 * @param {Asking} asking
 * @param {Space} space
 * @returns {Plan}
 */
function mapPlan({ settings = [], surface }, { width, height, size }) {
  const [first, second] = settings, rows = first.values.length, columns = second.values.length
  const ticks = surface?.ticks ?? []
  const names = (/** @type {string[]} */ texts) => Math.max(1, ...texts.map(widthOf)) * size
  const key = names(ticks.map(([, text]) => text)) + 1.9 * size
  const left = names(first.values) + 0.5 * size
  const frame = { left, right: width - key - size, top: 0.7 * size, bottom: height - 1.6 * size }
  const cell = { width: (frame.right - frame.left) / columns, height: (frame.bottom - frame.top) / rows }
  const place = (/** @type {number[]} */ [row, column]) => ({
    x: frame.left + (column + 0.5) * cell.width, y: frame.bottom - (row + 0.5) * cell.height,
  })
  const most = Math.floor((frame.bottom - frame.top) / (1.3 * size)) + 1
  const name = (/** @type {number} */ k) =>
    axisText(left - 0.4 * size, place([k, 0]).y, "end", textOf(first, k))
  const legend = width - key + 0.9 * size
  const axes = [
    ...valueAxis(second, (k) => place([0, k]).x, frame, size),
    ...fewPlaces(rows, most).map(name),
    ...heightAxis(ticks, (share) => between(frame.bottom, frame.top, share), legend, { size, side: "right" }),
    ...(surface ? strengths(legend - 0.9 * size, 0.9 * size, frame) : []),
  ]
  return { frame, place, line: [], cell, axes }
}

/**
 * What the colours mean, from the lowest to the highest.
 * @param {number} x
 * @param {number} width
 * @param {Frame} frame
 */
function strengths(x, width, { top, bottom }) {
  const height = (bottom - top) / STRENGTHS
  return Array.from({ length: STRENGTHS }, (_, k) => shape("rect", {
    class: "strength", x, y: bottom - (k + 1) * height, width, height: height + 0.4,
    "fill-opacity": strengthOf((k + 0.5) / STRENGTHS),
  }))
}

/**
 * @param {Setting} setting
 * @param {(k: number) => number} x
 * @param {Frame} frame
 * @param {number} size  of the text
 */
function valueAxis(setting, x, { left, right, bottom }, size) {
  const widest = Math.max(...setting.values.map(widthOf)) + 1.2
  const most = Math.max(2, Math.floor((right - left) / (widest * size)))
  return fewPlaces(setting.values.length, most).flatMap((k) => [
    axisLine(x(k), bottom, x(k), bottom + 0.25 * size),
    axisText(x(k), bottom + size, "middle", textOf(setting, k)),
  ])
}

/**
 * @param {Setting} setting
 * @param {number} k
 */
function textOf({ values }, k) {
  return values[k].replace(/^-/, "−")
}

/**
 * @param {number} from
 * @param {number} to
 * @param {number} share
 */
function between(from, to, share) {
  return from + share * (to - from)
}
