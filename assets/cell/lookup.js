// Looking up: every number of the model comes from Python's tables, along the range of the slider in hand.

/** @import { Answer, Cell, Positions, Preset, RunState, Slider, TablesAnswer, Texts } from "./types.js" */
import { decodeInt16 } from "../shared/numbers.js"
import { positionsOf, question } from "./question.js"

/**
 * A label of a slider's axis, in hundredths.
 * @param {Slider} slider
 * @param {number} position
 */
export const axisLabel = ({ low, step }, position) => Math.round((low + position * step) * 100)

/**
 * Unpack an answer.
 * @param {Cell} cell
 * @param {TablesAnswer} answer
 * @param {Texts} query
 * @returns {Answer}
 */
export function unpackAnswer({ data }, { numbers, x, rnn, complaint, target }, query) {
  return {
    question: query, positions: positionsOf(data.sliders, query.cell), along: query.along,
    numbers: decodeInt16(numbers), x: decodeInt16(x ?? ""), rnn: rnn ? decodeInt16(rnn) : null,
    complaint: complaint ?? "", target: target ?? null,
  }
}

/**
 * Whether the answer's tables hold for what is set: all but their own slider is as it was asked.
 * @param {Cell} cell
 */
export function isFresh(cell) {
  const { answer, positions } = cell
  if (!answer) return false
  const now = question(cell)
  const names = Object.keys({ ...now, ...answer.question })
  return names.every((name) => name === "cell" || name === "along" || now[name] === answer.question[name]) &&
    isSame(answer.positions, positions, answer.along)
}

/**
 * Whether two settings are the same, but for one slider.
 * @param {Positions} one
 * @param {Positions} other
 * @param {string} [except]
 */
export const isSame = (one, other, except) =>
  Object.keys(other).every((name) => name === except || one[name] === other[name])

/**
 * Whether a preset's lesson is true of what is set: only the sliders that it leaves free may have moved.
 * @param {Pick<Preset, "setting" | "free">} preset
 * @param {Positions} positions
 */
export const isTrueOf = ({ setting, free }, positions) =>
  Object.keys(setting).every((name) => free.includes(name) || positions[name] === setting[name])

/**
 * Look one step up.
 * @param {Cell} cell
 * @param {Answer} answer
 */
export function lookUpStep({ positions, values, fixed, sliders }, answer) {
  const size = sliders[answer.along].positions, position = positions[answer.along]
  fixed.quantities.forEach((name, k) => { values[name] = answer.numbers[k * size + position] })
}

/**
 * Look a run up where the slider in hand stands, and of the step in view every value.
 * @param {Cell} cell
 * @param {Answer} answer
 * @returns {RunState}
 */
export function lookUpRun(cell, answer) {
  const { positions, sliders, fixed, values, data } = cell, { x, numbers } = answer
  const T = x.length, size = sliders[answer.along].positions, position = positions[answer.along]
  const t = cell.t = Math.max(1, Math.min(T, cell.t))
  const start = {
    C: axisLabel(sliders.C_prev, positions.C_prev), h: axisLabel(sliders.h_prev, positions.h_prev),
  }
  const curve = (/** @type {Int16Array} */ table, /** @type {number} */ row) =>
    Int16Array.from({ length: T }, (_, k) => table[(row * T + k) * size + position])
  /** @type {Record<string, Int16Array>} */
  const curves = {}
  for (const name of fixed.curveNames) curves[name] = curve(numbers, fixed.quantities.indexOf(name))
  fixed.quantities.forEach((name, k) => { values[name] = numbers[(k * T + t - 1) * size + position] })
  values.x = x[t - 1]
  values.C_prev = t > 1 ? curves.C[t - 2] : start.C
  values.h_prev = t > 1 ? curves.h[t - 2] : start.h
  const rnn = answer.rnn ? curve(answer.rnn, 0) : null
  if (rnn) values.rnn = rnn[t - 1]
  return { x, curves, rnn, start, t, target: null, draw: data.controls.length > 0, isCovered: false }
}
