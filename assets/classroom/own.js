// What is a student's own where each has other numbers, or a network of their own.

/** @import { Asking, Value } from "./types.js" */

/**
 * The place of a student's numbers among those that are dealt, as the server counts it (question.py).
 * @param {string} asking  its id
 * @param {number} count
 * @param {number} seat
 */
export const placeOfDeal = (asking, count, seat) => (seat + 7 * Number(asking)) % count

/**
 * A text with its gaps filled.
 * @param {string} text
 * @param {string[]} numbers
 */
export const filled = (text, numbers) => text.replace(/\{(\d)\}/g, (_, place) => numbers[place] ?? "…")

/**
 * A question as one student reads it: with their seat, and their numbers in its text.
 * @param {Asking} asking
 * @param {number} [seat]
 * @returns {Asking}
 */
export function ownAsking(asking, seat = 0) {
  const { deals, id, text, html } = asking
  if (!deals) return { ...asking, seat }
  const numbers = deals[placeOfDeal(id, deals.length, seat)]
  return { ...asking, seat, text: filled(text, numbers), html: filled(html, numbers) }
}

/**
 * What an own answer counts as: to dealt numbers the id of an outcome, null before it is revealed.
 * @param {Asking} asking
 * @param {Value | null} answer
 */
export function outcomeOf({ id, deals, keys = [], seat = 0 }, answer) {
  if (!deals || typeof answer !== "number") return answer
  const own = keys[placeOfDeal(id, keys.length, seat)]
  const key = own?.find(([, low, high]) => low <= answer && answer <= high)
  return own ? key?.[0] ?? "other" : null
}

/**
 * What is right for this student, null where nobody says, or not yet.
 * @param {Asking} asking
 */
export const truthOf = ({ id, truths, right = null, seat = 0 }) =>
  truths ? truths[placeOfDeal(id, truths.length, seat)] : right

/**
 * The seed of this student's network in an experiment.
 * @param {Asking} asking
 */
export const seedOf = ({ experiment, seat = 0 }) =>
  experiment ? experiment.first + (seat % experiment.seeds) : 0
