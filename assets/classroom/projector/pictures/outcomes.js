// What the answers to dealt numbers come from, as few rows as a screen holds. Pure.

/** @import { AnswerText, Asking, Counts, Value } from "../../types.js" */

const MOST = 5 // outcomes, "right" and "other" among them: there is a histogram below, too
const RIGHT = "right", OTHER = "other"

/**
 * How often each outcome came up in the two rounds that are compared, or in the only one.
 * @param {Counts[]} rounds
 * @param {string} id
 */
function frequency(rounds, id) {
  return rounds.slice(-2).reduce((sum, counts) => sum + (counts[id] ?? 0), 0)
}

/**
 * An asking with the most frequent mistakes alone: the rarer ones count as another number, and what nobody
 * has answered is left out.
 * @param {Asking} asking
 * @param {number} [most]
 * @returns {Asking}
 */
export function mergedOutcomes(asking, most = MOST) {
  const { answers, rounds = [], moved = [] } = asking
  const mistakes = mistakesOf(answers, rounds)
  const stays = new Set(mistakes.slice(0, most - 2).map(({ id }) => id)).add(RIGHT)
  const rare = mistakes.slice(most - 2)
  const merged = (/** @type {Value} */ id) => (rare.some((mistake) => mistake.id === id) ? OTHER : id)
  const counted = rounds.map((counts) => {
    const others = rare.reduce((sum, { id }) => sum + (counts[id] ?? 0), counts[OTHER] ?? 0)
    const none = Object.fromEntries(rare.map(({ id }) => [id, 0])) // each is counted once
    return /** @type {Counts} */ (Object.assign({}, counts, none, { [OTHER]: others }))
  })
  const other = rare.length ? { text: "Another number or mistake" } : {}
  return {
    ...asking,
    answers: answers
      .filter(({ id }) => stays.has(id) || (id === OTHER && frequency(counted, OTHER) > 0))
      .map((answer) => (answer.id === OTHER && rare.length ? { ...answer, html: "", ...other } : answer)),
    rounds: counted,
    moved: summed(moved.map(([start, end, count]) => [merged(start), merged(end), count])),
  }
}

/**
 * The mistakes that somebody has made, the most frequent first.
 * @param {AnswerText[]} answers
 * @param {Counts[]} rounds
 */
function mistakesOf(answers, rounds) {
  const named = answers.filter(({ id }) => id !== RIGHT && id !== OTHER && frequency(rounds, id) > 0)
  return named.sort((a, b) => frequency(rounds, b.id) - frequency(rounds, a.id))
}

/**
 * Moves between the same two outcomes as one.
 * @param {[Value, Value, number][]} moves
 * @returns {[Value, Value, number][]}
 */
function summed(moves) {
  /** @type {Map<string, [Value, Value, number]>} */
  const rows = new Map()
  for (const [start, end, count] of moves) {
    const key = JSON.stringify([start, end])
    rows.set(key, [start, end, (rows.get(key)?.[2] ?? 0) + count])
  }
  return [...rows.values()]
}

/**
 * The most frequent mistake of the last vote with the reply to it; null where nobody has made one.
 * @param {Asking} asking
 */
export function frequentMistake({ answers, rounds = [], replies = {} }) {
  const [first] = mistakesOf(answers, rounds.slice(-1))
  return first && replies[first.id] ? { ...first, reply: replies[first.id] } : null
}
