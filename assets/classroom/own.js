// What is a student's own where each has other numbers, or a network of their own.

/** @import { Asking } from "./types.js" */

/**
 * The place of a student's numbers among those that are dealt, as the server counts it (question.py).
 * @param {Asking} asking
 * @param {number} seat
 */
export const placeOfDeal = ({ id, deals = [] }, seat) => (seat + 7 * Number(id)) % deals.length

/**
 * A text with its gaps filled.
 * @param {string} text
 * @param {string[]} numbers
 */
export const filled = (text, numbers) => text.replace(/\{(\d)\}/g, (_, place) => numbers[place])

/**
 * A question as one student reads it: with their numbers in its text.
 * @template {Asking | null | undefined} T
 * @param {T} asking
 * @param {number} seat
 * @returns {T}
 */
export function ownAsking(asking, seat) {
  if (!asking?.deals) return asking
  const numbers = asking.deals[placeOfDeal(asking, seat)]
  return { ...asking, text: filled(asking.text, numbers), html: filled(asking.html, numbers) }
}

/**
 * What an answer to dealt numbers comes from, once it is revealed: the id of an outcome.
 * @param {Asking} asking
 * @param {number} seat
 * @param {number} answer
 */
export function outcomeOf(asking, seat, answer) {
  const keys = asking.keys?.[placeOfDeal(asking, seat)] ?? []
  return keys.find(([, low, high]) => low <= answer && answer <= high)?.[0] ?? "other"
}

/**
 * The seed of a student's network in an experiment.
 * @param {Asking} asking
 * @param {number} seat
 */
export const seedOf = ({ experiment }, seat) =>
  experiment ? experiment.first + (seat % experiment.seeds) : 0
