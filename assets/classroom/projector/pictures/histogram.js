// The numbers of a class on their scale, of one vote or of two one above the other, where the truth is, and
// what the model does, drawn through them.

/** @import { Asking } from "../../types.js" */
/** @import { Scale } from "./numbers.js" */

import { element } from "../../../shared/dom.js"
import { shape } from "../../../shared/shape.js"
import { roundNameOf, UNSURE } from "../view.js"
import { axisLine, axisText, reachOfUnit, scaleAxis, textWithin, widthOf } from "./axis.js"
import { curveParts, DRAWING_TIME, isAxisLeft } from "./curve.js"
import { motion } from "./motion.js"
import { countsOf, halfOf, numberText, placeOf, withUnit } from "./numbers.js"

/** @typedef {ReturnType<typeof halfOf>} Half */

const PARTS = 24
const FEW_VOTES = 4 // as many as make a bar of the whole height, if there are no more: one is little
const SIDE = 2, CURVE_SIDE = 3.2 // beside the scale, in sizes of the text

/**
 * A drawing of the numbers, and a function that draws it once it has its final size.
 * @param {Asking} asking
 */
export function numberDrawing(asking) {
  const scale = /** @type {Scale} */ (asking.scale)
  const rounds = asking.rounds ?? [], last = rounds.length
  const compared = last > 1 ? [last - 1, last] : last === 1 ? [1] : []
  const rows = compared.map((round) => countsOf(scale, rounds[round - 1].numbers ?? [], PARTS))
  const names = compared.map((round) => roundNameOf(asking, round))
  const truth = typeof asking.right === "number" ? asking.right : null
  const half = asking.curve && last ? halfOf(rounds[last - 1].numbers ?? [], scale.unit) : null
  const drawing = shape("svg", { role: "img", "aria-label": altText(asking, scale, compared, truth, half) })
  const many = ["empty", "", "double"][compared.length] // before the reveal: the room is the question's
  const kinds = ["numbers", many, asking.curve ? "modelled" : ""]
  const box = element("div", { class: kinds.filter(Boolean).join(" ") }, drawing)
  /** @type {(share: number) => void} */
  let run = () => {}
  const go = motion(box, DRAWING_TIME, (share) => run(share))
  const draw = () => {
    const size = parseFloat(getComputedStyle(box).fontSize)
    const { clientWidth: width, clientHeight: height } = box
    drawing.setAttribute("viewBox", `0 0 ${width} ${height}`)
    const space = spaceOf(asking, truth, { width, height, size })
    const mark = truth === null ? [] : truthMark(truth, half, scale, space)
    drawing.replaceChildren(...bars(rows, names, truth !== null && placeOf(scale, truth) < 0.5, space))
    drawing.append(...scaleAxis(scale, space))
    if (asking.curve) {
      const model = curveParts(asking.curve, scale, truth, space)
      run = (share) => model.draw(share, mark)
      drawing.append(...model.parts)
    }
    drawing.append(...mark)
    if (asking.curve) go()
  }
  const unsure = last ? rounds[last - 1][UNSURE] ?? 0 : 0
  return { box, draw, unsure: unsure ? `${unsure} ${unsure === 1 ? "does" : "do"} not know.` : "" }
}

/**
 * @param {Asking} asking
 * @param {Scale} scale
 * @param {number[]} compared  numbers of the votes
 * @param {number | null} truth
 * @param {Half} half
 */
function altText(asking, scale, compared, truth, half) {
  const { rounds = [], curve } = asking
  const range = `A scale from ${numberText(scale.low)} to ${withUnit(scale.high, scale.unit)}.`
  const count = (/** @type {number} */ round) => rounds[round - 1].numbers?.length ?? 0
  const counts = compared.map((round) => `${roundNameOf(asking, round)}: ${count(round)} numbers.`)
  const right = truth === null ? "" : `The right number is ${withUnit(truth, scale.unit)}.`
  const middle = half ? `The middle: ${half.words}.` : ""
  return [range, ...counts, middle, right, curve?.words ?? ""].filter(Boolean).join(" ")
}

/**
 * @typedef {{left: number, right: number, top: number, bottom: number, width: number, size: number}} Space
 *   of the bars, in pixels; width: of the whole drawing, size: of the text
 */

/**
 * @param {Asking} asking
 * @param {number | null} truth
 * @param {{width: number, height: number, size: number}} whole
 * @returns {Space}
 */
function spaceOf(asking, truth, { width, height, size }) {
  const scale = /** @type {Scale} */ (asking.scale), { curve } = asking
  const isLeft = curve !== undefined && isAxisLeft(scale, truth)
  const left = (isLeft ? CURVE_SIDE : SIDE) * size
  const side = size * Math.max(curve && !isLeft ? CURVE_SIDE : SIDE, reachOfUnit(scale))
  const top = (curve ? 3.1 : truth === null ? 0.2 : 1.5) * size
  return { left, right: width - side, top, bottom: height - 1.7 * size, width, size }
}

/**
 * @param {number[][]} rows  counts of each vote
 * @param {string[]} names  of the votes
 * @param {boolean} isTruthLeft  the names stand beside the line of the truth
 * @param {Space} space
 */
function bars(rows, names, isTruthLeft, { left, right, top, bottom, size }) {
  const most = Math.max(FEW_VOTES, ...rows.flat()), each = (bottom - top) / Math.max(1, rows.length)
  const wide = (right - left) / PARTS - 2
  return rows.flatMap((counts, k) => {
    const base = top + each * (k + 1), room = each - (rows.length > 1 ? 1.5 : 0.2) * size
    const y = base - each + 0.8 * size
    const [at, anchor] = isTruthLeft ? [right - 0.5 * size, "end"] : [left + 0.4 * size, "start"]
    const name = axisText(Number(at), y, String(anchor), names[k])
    const columns = counts.flatMap((count, part) => {
      if (!count) return []
      const high = (room * count) / most, x = left + (part / PARTS) * (right - left)
      const kind = k < rows.length - 1 ? "bar before" : "bar after"
      return [shape("rect", { class: kind, x: x + 1, y: base - high, width: wide, height: high })]
    })
    return [...(rows.length > 1 ? [name] : []), axisLine(left, base, right, base), ...columns]
  })
}

/**
 * Where the truth is, and how far from it the middle of the class.
 * @param {number} truth
 * @param {Half} half
 * @param {Scale} scale
 * @param {Space} space
 */
function truthMark(truth, half, scale, { left, right, width, top, bottom, size }) {
  const x = (/** @type {number} */ value) => left + placeOf(scale, value) * (right - left)
  const at = x(truth), high = half === null ? top - 0.3 * size : 1.3 * size
  const anchor = at < 0.25 * width ? "start" : at > 0.75 * width ? "end" : "middle"
  const text = axisText(at, high - 0.55 * size, anchor, `✓ ${withUnit(truth, scale.unit)}`, "right")
  const parts = [axisLine(at, high, at, bottom, "truth"), text]
  if (half === null) return parts
  const y = 2.05 * size, other = x(half.at), name = half.words
  const isAfter = other >= at, reach = size * (widthOf(name) + 0.5)
  const hasRoom = isAfter ? other + reach < width : other - reach > 0
  const beside = axisText(other + (isAfter ? 0.5 : -0.5) * size, y, isAfter ? "start" : "end", name)
  const within = textWithin(isAfter ? width : 0, y, name, { width, size })
  return [
    axisLine(at, y, other, y, "distance"), axisLine(other, y - 0.3 * size, other, bottom, "distance"),
    ...parts, hasRoom ? beside : within,
  ]
}
