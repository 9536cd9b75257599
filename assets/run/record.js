// A run as far as this tab knows it: what is new is added, and what is drawn at a step is looked up.

/** @import { Points, RunRecord, RunState, Sentences } from "./types.js" */

/** @returns {RunRecord} */
export const newRecord = () => ({
  head: -1, state: null, step: [], loss: [], norm: [], validationStep: [], validation: [], samples: [],
})

/**
 * @param {RunRecord} record
 * @param {RunState} state
 * @param {Points | null} points
 */
export function addNews(record, state, points) {
  record.state = state
  if (!points) return
  const later = record.step.findIndex((step) => step > points.after)
  const count = later < 0 ? record.step.length : later
  record.step = [...record.step.slice(0, count), ...points.step]
  record.loss = [...record.loss.slice(0, count), ...points.loss]
  record.norm = [...record.norm.slice(0, count), ...points.norm]
  const measured = record.validationStep.at(-1) ?? -1
  points.validation[0].forEach((step, k) => {
    if (step <= measured) return
    record.validationStep.push(step)
    record.validation.push(points.validation[1][k])
  })
  const written = record.samples.at(-1)?.[0] ?? -1
  record.samples.push(...state.samples.filter(([step]) => step > written))
  record.head = Math.max(record.head, state.head)
}

/**
 * The curves up to a step: all means that are of steps up to there, and the loss of the step itself, if it is
 * known.
 * @param {RunRecord} record
 * @param {number} cursor
 * @param {number} width steps over which means are taken
 * @param {[number, number] | null} point codes of loss and norm at the step
 */
export function curvesUpTo(record, cursor, width, point) {
  const isLater = (/** @type {number} */ step, /** @type {number} */ k) =>
    (k ? Math.ceil(step / width) * width : step) > cursor
  const later = cursor < record.head ? record.step.findIndex(isLater) : -1
  const count = later < 0 ? record.step.length : later
  const step = record.step.slice(0, count)
  const loss = record.loss.slice(0, count), norm = record.norm.slice(0, count)
  if (point && (step.at(-1) ?? 0) < cursor) {
    step.push(cursor)
    loss.push(point[0])
    norm.push(point[1])
  }
  const measured = record.validationStep.filter((at) => at <= cursor).length
  return {
    step, loss, norm,
    validationStep: record.validationStep.slice(0, measured),
    validation: record.validation.slice(0, measured),
  }
}

/**
 * What it wrote last, up to a step.
 * @param {RunRecord} record
 * @param {number} cursor
 */
export const sampleAt = ({ samples }, cursor) => samples.findLast(([step]) => step <= cursor) ?? null

/**
 * Whether nothing of it is still to come.
 * @param {RunRecord} record
 */
export const isComplete = ({ head, state }) =>
  state !== null && (state.error !== "" || (state.finished && head >= state.head))

/**
 * What was said of this step of a run, if that is what was said last.
 * @param {Sentences | null} sentences
 * @param {number} k
 * @param {number} cursor
 */
export const pointAt = (sentences, k, cursor) => (sentences?.at[k] === cursor ? sentences.points[k] : null)
