// What is left after class: what they believed before and after, where it changed, what comes next time.

/** @import { Counts } from "../types.js" */
/** @import { Result } from "./types.js" */

const FEWEST = 5 // answers: of fewer a share says little
const EXPLAIN = 35, GO_ON = 70 // percent of right answers: below explain, between discuss, above go on

/**
 * How many gave an answer in a round, hands included.
 * @param {Counts | undefined} counts
 */
export function totalOf(counts) {
  if (!counts) return 0
  const { numbers = [], dots = {}, ...rest } = counts
  const sum = [...Object.values(rest), ...Object.values(dots)].reduce((all, count) => all + count, 0)
  return "other" in rest ? sum : sum + numbers.length // dealt numbers are counted by outcome
}

/**
 * The percentage of right answers in a round; null where nobody says what is right, or nobody answered.
 * @param {Result} asking
 * @param {number} round  from 1; 0: the last
 */
export function shareRight({ rounds, right, kind }, round = 0) {
  const counts = round ? rounds[round - 1] : rounds.at(-1)
  const total = totalOf(counts)
  const isLetters = kind !== "number" && kind !== "sweep"
  if (!isLetters || right === null || right === undefined || total === 0) return null
  return Math.round(100 * (counts?.[String(right)] ?? 0) / total)
}

/**
 * What a share needs beside it where few have answered.
 * @param {Counts | undefined} counts
 */
export const fewWords = (counts) => (totalOf(counts) < FEWEST ? " (few votes)" : "")

/**
 * The answers that most gave in a round and that are wrong, the most frequent first; of own numbers the
 * mistakes that have a name.
 * @param {Result} asking
 */
export function wrongAnswers({ rounds, right, answers, kind }) {
  const counts = rounds.at(-1)
  if (right === null || right === undefined || !counts) return []
  return answers
    .filter(({ id }) => id !== right && counts[id] && !(kind === "dealt" && id === "other"))
    .sort((a, b) => counts[b.id] - counts[a.id])
}

/**
 * What to open with next time: the questions with the lowest share of right answers at the end.
 * @param {Result[]} askings
 */
export function openWith(askings) {
  const all = askings.filter(({ test }) => test?.part !== "before") // before the lesson nobody has to know
  const last = new Map(all.map((asking) => [asking.question || asking.id, asking]))
  return [...last.values()]
    .map((asking) => ({ asking, share: shareRight(asking) }))
    .filter(({ share }) => share !== null && share <= GO_ON)
    .sort((a, b) => Number(a.share) - Number(b.share))
    .slice(0, 3)
}

/**
 * What to do with a share of right answers in a first vote, in one sentence; "" where there is none.
 * @param {number | null} share
 * @param {boolean} [isAlone]  each with other numbers: such a question has one vote, and no talk
 */
export function inClass(share, isAlone = false) {
  if (share === null) return ""
  if (isAlone && share > GO_ON) return `with ${share}% right you would go on.`
  if (isAlone) return `with ${share}% right you would explain the most frequent mistake, and ask once more.`
  if (share < EXPLAIN) return `with ${share}% in the first vote you would explain, and ask once more.`
  if (share <= GO_ON) return `with ${share}% in the first vote you would let them talk and vote again.`
  return `with ${share}% in the first vote you would reveal at once, without the talk.`
}

/**
 * Where a question's answers changed, in one sentence; "" where there was one round.
 * @param {Result} asking
 */
export function whereChanged(asking) {
  const { moved, right, rounds } = asking
  if (rounds.length < 2 || asking.kind === "number" || asking.kind === "sweep") return ""
  const all = moved.reduce((sum, [, , count]) => sum + count, 0)
  const changed = moved.filter(([from, to]) => from !== to)
  const count = changed.reduce((sum, [, , n]) => sum + n, 0)
  if (all === 0) return "Nobody voted in both rounds."
  if (count === 0) return `Of ${all} who voted twice nobody changed their answer.`
  if (right === null || right === undefined) return `Of ${all} who voted twice ${count} changed their answer.`
  const to = changed.filter(([, end]) => end === right).reduce((sum, [, , n]) => sum + n, 0)
  const away = changed.filter(([start]) => start === right).reduce((sum, [, , n]) => sum + n, 0)
  return `Of ${all} who voted twice ${to} moved to the right answer and ${away} away from it.`
}
