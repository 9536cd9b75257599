// Sentences of what a class does together: tests, sweeps, experiments. Pure.

/** @import { Asking, Compared, RoomState, Setting } from "../types.js" */

const LOST = "The server is out of reach. The screen is as it was at "

/**
 * What is wrong with the server, for all who look up; "" if nothing is.
 * @param {{lostAt: string, isAway: boolean, state: RoomState | null}} now  isAway: its database
 */
export function outageSentence({ lostAt, isAway, state }) {
  if (lostAt) return `${LOST}${lostAt}.`
  if (!isAway) return ""
  return state?.asking?.stage === "vote" ? "Your votes wait for the database."
    : "The class goes on when the database answers."
}

/**
 * Which item of a test an asking is; "" if none.
 * @param {Asking} asking
 */
export function itemSentence({ test }) {
  if (!test) return ""
  const when = test.part === "before" ? "Before the lesson" : "After the lesson"
  return `${when} · question ${test.item} of ${test.items}`
}

/**
 * A share from 0 to 1, in percent.
 * @param {number} share
 */
export function percentText(share) {
  return `${Math.round(100 * share)}%`
}

/** @param {number} gain  from -1 to 1, in points of percent */
function pointsText(gain) {
  const points = Math.round(100 * gain)
  return points < 0 ? `−${-points}` : String(points)
}

/**
 * What was gained, with its interval.
 * @param {Compared} compared
 */
export function comparedSentence(compared) {
  const { n, gain, interval } = compared
  if (gain === null || interval === null) return tooFew(n, "all ")
  const [low, high] = interval.map(pointsText)
  return `${gainPoints(compared)}, 95% interval ${low} to ${high}, n = ${n}`
}

/**
 * Why there is no gain, though there are numbers of each end.
 * @param {number} n  students, fewer than ten
 * @param {string} [what]
 */
function tooFew(n, what = "") {
  return `Too few for a gain: ${n || "no"} ${n === 1 ? "student" : "students"} answered ${what}at both ends.`
}

/**
 * The same in short, in two parts.
 * @param {Compared} compared
 */
export function gainText(compared) {
  const { n, interval } = compared
  const [low, high] = (interval ?? [0, 0]).map(pointsText)
  return [gainPoints(compared), `${low} to ${high}, n = ${n}`]
}

/**
 * The gain between the two shares as they are written: a class subtracts one from the other.
 * @param {Compared} compared
 */
function gainPoints({ share_before: before, share_after: after }) {
  const points = Math.round(100 * Number(after)) - Math.round(100 * Number(before))
  return `${points > 0 ? "+" : ""}${pointsText(points / 100)} ${Math.abs(points) === 1 ? "point" : "points"}`
}

/**
 * What was gained on the item that an asking is.
 * @param {Asking} asking
 */
export function gainSentence({ id, gain }) {
  const item = gain?.items.find(({ after }) => after[0] === id)
  if (!item) return "It was not asked before the lesson."
  return item.gain === null ? tooFew(item.n) : `On this question: ${comparedSentence(item)}`
}

/**
 * Whether the reveal of the last item shows all items first, each with what is right: where there is a gain,
 * or where another item has waited for its answer since the beginning of the lesson.
 * @param {Asking} asking
 */
export function isGainFirst({ gain, test }) {
  return Boolean(gain && (gain.gain !== null || gain.items.length > 1) && test?.item === test?.items)
}

/**
 * Between which values a control lies.
 * @param {Setting} setting
 */
export function rangeOf({ text, html, values }) {
  const [low, high] = [values[0], values[values.length - 1]].map((value) => value.replace(/^-/, "−"))
  const range = `: from ${low} to ${high}`
  return { text: text + range, html: html && html + range }
}

/**
 * How many networks of a setup have learned it.
 * @param {string} name
 * @param {number} learned
 * @param {number} all
 */
export function learnedSentence(name, learned, all) {
  return `${name}: ${learned} of ${all} ${learned === 1 ? "has" : "have"} learned it`
}

/**
 * How many networks are done.
 * @param {number} done
 * @param {number} all
 */
export function doneSentence(done, all) {
  return done === all ? `All ${all} networks are done.` : `${done} of ${all} networks are done.`
}
