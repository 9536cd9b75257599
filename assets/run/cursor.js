// Where a visitor is in their runs: it plays, stands, goes a step, goes back. It moves nobody else's.

/** @import { RunRecord, Visit } from "./types.js" */
import { isComplete } from "./record.js"

const HURRY = 0.8 // a second: how fast a cursor grows that lies behind, so 5,000 steps take eight seconds
const CLOSE = 1 // seconds of new steps: nearer than that, it follows

/**
 * Where a cursor is after some seconds: it follows the newest step, or comes nearer to it; slowly at first,
 * where most is learned.
 * @param {RunRecord} record
 * @param {number} cursor
 * @param {number} seconds
 */
function movedOn({ head, state }, cursor, seconds) {
  if (!state || head < 0) return cursor
  const here = Math.max(cursor, state.first)
  if (head - here <= state.pace * CLOSE + 1) return head
  return Math.min(head, here + Math.ceil((here - state.first + 10) * seconds * HURRY))
}

/**
 * Move on with the clock. Returns whether anything has changed.
 * @param {Visit} visit
 * @param {number} seconds
 */
export function play(visit, seconds) {
  if (!visit.playing) return false
  const before = String(visit.cursors)
  visit.cursors = visit.records.map((record, k) => movedOn(record, visit.cursors[k], seconds))
  if (hasEnded(visit)) visit.playing = false
  return before !== String(visit.cursors) || !visit.playing
}

/**
 * Whether all has been seen that there will ever be.
 * @param {Visit} visit
 */
export const hasEnded = ({ records, cursors }) => records.every((record, k) =>
  isComplete(record) && (record.state?.error !== "" || cursors[k] >= record.head))

/** @param {Visit} visit */
export function pauseOrGoOn(visit) {
  if (!visit.playing && hasEnded(visit)) goTo(visit, 0)
  visit.playing = !visit.playing
  visit.goal = null
}

/**
 * One step of training further; a step that is not known yet is waited for.
 * @param {Visit} visit
 */
export function goOneStep(visit) {
  visit.playing = false
  visit.goal = visit.cursors.map((cursor, k) => Math.max(cursor, visit.records[k].state?.first ?? 0) + 1)
  reachGoal(visit)
}

/**
 * Go as far towards the goal as is known; it is reached, too, where nothing more will come.
 * @param {Visit} visit
 */
export function reachGoal(visit) {
  const { goal, records } = visit
  if (!goal) return
  visit.cursors = records.map(({ head }, k) => Math.max(visit.cursors[k], Math.min(goal[k], head)))
  if (records.every((record, k) => record.head >= goal[k] || isComplete(record))) visit.goal = null
}

/**
 * Go to a step that is known, and stay there.
 * @param {Visit} visit
 * @param {number} step
 */
export function goTo(visit, step) {
  visit.playing = false
  visit.goal = null
  visit.cursors = visit.records.map(({ head, state }) => Math.max(state?.first ?? 0, Math.min(step, head)))
}
