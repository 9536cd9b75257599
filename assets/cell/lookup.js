// Looking up: every number of the model comes from Python's tables, for the setting that was last answered
// and along sliders' ranges.

/** @import { Cell, RunState, Setting, Slider } from "./types.js" */

/**
 * A label of a slider's axis, in hundredths.
 * @param {Slider} slider
 * @param {number} position
 */
export const axisLabel = ({ low, step }, position) => Math.round((low + position * step) * 100)

/**
 * Whether two settings are the same, but for one slider.
 * @param {Setting | null} one
 * @param {Setting} other
 * @param {string} [except]
 */
export const isSame = (one, other, except) =>
  one !== null && Object.keys(other).every((name) => name === except || one[name] === other[name])

/**
 * Look one step up; tells whether there are tables for the setting. A slider's table is right for exactly the
 * settings in which all other sliders stand as they stood when it was computed.
 * @param {Cell} cell
 */
export function lookUpStep({ answer, setting, values, data, sliders }) {
  if (!answer) return false
  const slider = Object.keys(answer.tables).find((name) => isSame(answer.setting, setting, name))
  if (slider === undefined) return false
  const table = answer.tables[slider], size = sliders[slider].positions
  data.quantities.forEach((name, k) => { values[name] = table[k * size + setting[slider]] })
  return true
}

/**
 * Look a run up as it was sent, or its curves along the slider in hand; null if there are no tables for the
 * setting.
 * @param {Cell} cell
 * @returns {RunState | null}
 */
export function lookUpRun(cell) {
  const { answer, setting, sliders } = cell
  if (!answer?.tables.run || !isSame(answer.setting, setting, answer.held)) return null
  const { x } = answer.tables
  cell.t = Math.max(1, Math.min(x.length, cell.t))
  const start = {
    C: axisLabel(sliders.C_prev, setting.C_prev), h: axisLabel(sliders.h_prev, setting.h_prev),
  }
  /** @type {Record<string, Int16Array>} */
  const curves = {}
  cell.data.curveNames.forEach((name, k) => { curves[name] = alongSlider(cell, answer.tables.along, k) })
  const rnn = answer.tables.rnn ? alongSlider(cell, answer.tables.rnn, 0) : null
  const run = { x, curves, rnn, start, t: cell.t, target: answer.asked, draw: answer.draw }
  lookUpMoment(cell, run)
  return run
}

/**
 * Curve k of a table (curves, T, positions), where the slider in hand stands: (T,).
 * @param {Cell} cell
 * @param {Int16Array} table
 * @param {number} k
 */
function alongSlider({ answer, setting, sliders }, table, k) {
  if (!answer) return new Int16Array()
  const T = answer.tables.x.length, size = sliders[answer.held].positions, position = setting[answer.held]
  return Int16Array.from({ length: T }, (_, s) => table[(k * T + s) * size + position])
}

/**
 * Look the values of the step in view up. What is only known of another step stays as it is.
 * @param {Cell} cell
 * @param {RunState} run
 */
function lookUpMoment({ answer, setting, values, data, sliders }, { x, curves, start, t }) {
  if (!answer) return
  const size = sliders[answer.held].positions, position = setting[answer.held]
  const isExact = answer.setting[answer.held] === position
  data.quantities.forEach((name, k) => {
    if (isExact) values[name] = answer.tables.run[k * x.length + t - 1]
    else if (t === answer.t) values[name] = answer.tables.at[k * size + position]
    else if (curves[name]) values[name] = curves[name][t - 1]
  })
  values.x = x[t - 1]
  values.C_prev = t > 1 ? curves.C[t - 2] : start.C
  values.h_prev = t > 1 ? curves.h[t - 2] : start.h
}
