// How a simulated student answers: in a rehearsal there is nobody else.

/** @import { Value } from "../types.js" */
/** @import { Result } from "./types.js" */

export const UNSURE_ID = "unsure"
// Of a hundred students: right at first, unsure at first, right again after the talk, turned right by it.
const RIGHT_FIRST = 0.45, UNSURE_FIRST = 0.06, STAYS_RIGHT = 0.93, TURNS_RIGHT = 0.6

/**
 * The answer of a simulated student.
 * @param {Pick<Result, "answers" | "right" | "kind" | "scale">} question
 * @param {Value | null} before  what they said in the round before
 * @param {() => number} [random]
 * @returns {Value}
 */
export function simulatedAnswer({ answers, right = null, kind, scale }, before, random = Math.random) {
  if (kind === "number") return guess(Number(right), scale, random)
  const chance = before === null ? RIGHT_FIRST : before === right ? STAYS_RIGHT : TURNS_RIGHT
  if (right !== null && random() < chance) return right
  if (before !== null && before !== UNSURE_ID && before !== right) return before // it was not convinced
  if (random() < UNSURE_FIRST / (1 - RIGHT_FIRST)) return UNSURE_ID
  // The wrong answers are not equally tempting: each is half as frequent as the one before it.
  const wrong = answers.filter(({ id }) => id !== right)
  const place = wrong.findIndex((_, at) => at === wrong.length - 1 || random() < 0.6)
  return wrong[place]?.id ?? UNSURE_ID
}

/**
 * A guess at a number: near the true one, or well off.
 * @param {number} truth
 * @param {{low: number, high: number} | undefined} scale
 * @param {() => number} random
 */
function guess(truth, scale, random) {
  const { low = truth, high = truth } = scale ?? {}
  const off = random() < RIGHT_FIRST ? 0.1 : 0.6
  return Math.min(high, Math.max(low, truth + (random() - 0.5) * off * (high - low)))
}

/**
 * Milliseconds until a student acts: few at once, most soon, some late.
 * @param {number} most
 * @param {() => number} [random]
 */
export const humanPause = (most, random = Math.random) =>
  most * (0.08 + 0.3 * random() + 0.3 * random() + 0.3 * random() * random())
