// Which screen a room's state means, and its sentences. Pure: nothing is drawn here.

/** @import { Asking, Counts, RoomState } from "../types.js" */

import { marksOf } from "../markup.js"

export const UNSURE = "unsure" // the answer "I don't know"

/**
 * join: how to come in; question: before the reveal; reveal: after it.
 * @typedef {"join" | "question" | "reveal"} Screen
 */

/**
 * @param {RoomState} state
 * @param {boolean} isJoining  somebody wants to see how to come in
 * @returns {Screen}
 */
export function screenOf(state, isJoining) {
  if (isJoining || !state.asking) return "join"
  return state.asking.stage === "revealed" ? "reveal" : "question"
}

/**
 * Whether the class goes on from a question: it is revealed, or an item of a test that is revealed later.
 * @param {Asking} asking
 */
export function isOver({ stage, test }) {
  return stage === "revealed" || (stage === "talk" && test !== undefined)
}

/**
 * Where the model stands in the state of a question, once that is revealed.
 * @param {Asking | null} asking
 */
export function revealedLink(asking) {
  return asking?.stage === "revealed" ? asking.link : ""
}

/**
 * Whether the picture of a question needs the screen's whole width.
 * @param {Asking} asking
 */
export function isWide({ kind, settings, curve, experiment }) {
  return kind === "dealt" || Boolean(settings ?? curve ?? experiment)
}

/** @param {RoomState | null} state  what is asked, and how far it is */
export function momentOf(state) {
  return state?.asking ? `${state.asking.id} ${state.asking.stage} ${state.asking.round}` : ""
}

/**
 * What of an asking is drawn anew where it has changed: what an experiment comes to grows into its screen.
 * @param {Asking | null} asking
 */
export function contentKey(asking) {
  const later = asking?.experiment && asking.stage === "revealed" ? { right: null, replies: null } : {}
  return JSON.stringify({ ...asking, ...later })
}

/**
 * How many are there, before anything is asked.
 * @param {number} joined
 */
export function joinedSentence(joined) {
  return joined === 0 ? "Nobody has joined yet" : `${joined} ${joined === 1 ? "has" : "have"} joined`
}

/**
 * How many have answered, and once it may be seen, how many have changed their answer.
 * @param {RoomState} state
 */
export function countSentence({ asking, joined, voted }) {
  if (!asking) return ""
  if (asking.stage === "waiting") return "The vote opens soon."
  if (joined === 0 && voted === 0) return "Nobody has joined yet"
  if (asking.moved?.length && !asking.gain) return movesSentence(asking)
  const done = asking.kind === "sweep" ? "chosen" : "answered"
  const have = voted === 1 ? "has" : "have"
  const verb = asking.stage === "vote" ? `${have} ${done}` : done.replace("chosen", "chose")
  return `${voted} of ${Math.max(joined, voted)} ${verb}`
}

/**
 * What all are to do now.
 * @param {Asking} asking
 */
export function taskSentence({ stage, round, kind, test }) {
  if (stage === "talk" && test) return "The vote is closed. What is right comes at the end of the lesson."
  if (stage === "talk") return "Talk to your neighbour about your answers."
  if (stage === "vote" && round > 1) return "Vote again."
  if (stage === "vote" && kind === "number") return "Choose your number."
  if (stage === "vote" && kind === "sweep") return "Choose your setting."
  return ""
}

/**
 * Where laptops are led to, below the course's address; "" if nowhere.
 * @param {RoomState["follow"]} follow
 */
export function followLink(follow) {
  return typeof follow?.page === "string" ? `${follow.page}?${(follow.query ?? "").replace(/^\?/, "")}` : ""
}

/**
 * A sentence for all who look up, "" if there is none.
 * @param {RoomState} state
 * @param {string} link  of the model in view, "" if there is none
 */
export function followSentence({ follow, asking }, link) {
  if (asking?.stage === "vote") return "" // each looks at their own screen
  if (follow?.eyes_up) return "Eyes up: please look here."
  return link !== "" && link === followLink(follow) ? "Your phone has a link to this page." : ""
}

/**
 * The name of a round in a question's drawing.
 * @param {number} round
 */
export function roundName(round) {
  return ["First vote", "Second vote", "Third vote"][round - 1] ?? `Vote ${round}`
}

/**
 * The same of an asking, whose votes may be those before the lesson and after it.
 * @param {Asking} asking
 * @param {number} round
 */
export function roundNameOf({ gain, rounds = [] }, round) {
  return gain && rounds.length === 2 ? ["Before", "After"][round - 1] : roundName(round)
}

/**
 * A row of the drawing of how all have answered. counts: of the two rounds that are compared, or of the only
 * one; shares: in percent of all who answered in that round.
 * @typedef {object} Row
 * @property {string} id
 * @property {string} letter
 * @property {{text: string, html?: string}} words
 * @property {boolean} right
 * @property {number[]} counts
 * @property {number[]} shares
 */

/**
 * The answers with their counts, in the order in which all see them; "I don't know" only where somebody
 * said so.
 * @param {Asking} asking
 * @returns {{rows: Row[], rounds: number[]}}
 */
export function tableOf({ answers, rounds = [], right }) {
  const last = rounds.length
  const compared = last > 1 ? [last - 1, last] : last === 1 ? [1] : []
  const columns = compared.map((round) => rounds[round - 1])
  const totals = columns.map((counts) => sumOf(counts))
  const all = [...answers, { id: UNSURE, text: "I don't know" }]
  const marks = marksOf(answers)
  const rows = all.map(({ id, text, html = "" }, place) => ({
    id,
    letter: id === UNSURE ? "?" : marks[place],
    words: { text, html },
    right: id === right,
    counts: columns.map((counts) => counts[id] ?? 0),
    shares: columns.map((counts, k) => Math.round((100 * (counts[id] ?? 0)) / (totals[k] || 1))),
  }))
  const isNeeded = (/** @type {Row} */ { id, counts }) => id !== UNSURE || counts.some((n) => n > 0)
  return { rows: rows.filter(isNeeded), rounds: compared }
}

/** @param {Counts} counts */
function sumOf(counts) {
  let sum = 0
  for (const count of Object.values(counts)) if (typeof count === "number") sum += count
  return sum
}

/**
 * How many have changed their answer, and, where it is said what is right, how many came to it.
 * @param {Asking} asking
 */
function movesSentence({ moved = [], right }) {
  const all = moved.reduce((sum, [, , n]) => sum + n, 0)
  if (all === 0) return ""
  const changes = moved.filter(([from, to]) => from !== to)
  const count = (/** @type {typeof moved} */ some) => some.reduce((sum, [, , n]) => sum + n, 0)
  const changed = count(changes)
  if (changed === 0) return `None of ${all} changed their answer.`
  const sentence = `${changed} of ${all} changed their answer`
  if (right === undefined || right === null) return `${sentence}.`
  const came = count(changes.filter(([, to]) => to === right))
  const left = count(changes.filter(([from]) => from === right))
  return `${sentence}: ${came} to the right one, ${left} away from it.`
}

/**
 * The reply to the right answer, as the course has made it; "" where there is none.
 * @param {Asking} asking
 */
export function rightReply({ right, replies = {} }) {
  return (typeof right === "string" && replies[right]) || replies[UNSURE] || ""
}

const LONGEST_GIST = 150 // characters; one sentence may be longer
const METHOD = /^We (measured which|computed it)/ // what is answered stands in the sentence after it

/**
 * A reply in three parts: what stands before the sentences that answer, these, and what comes after them.
 * @param {string} html
 * @returns {[string, string, string]}
 */
export function gistOf(html) {
  /** @type {string[]} */
  const sentences = html.match(/.+?[.!?][)”]?(?:\s+|$)|.+$/gs) ?? []
  const part = (/** @type {number} */ from, /** @type {number} */ to) => sentences.slice(from, to).join("")
  const first = sentences.length > 1 && METHOD.test(sentences[0]) ? 1 : 0
  let last = first + 1
  const isShort = () => part(first, last + 1).replace(/<[^>]*>|&nbsp;/g, "").length <= LONGEST_GIST
  while (last < sentences.length && isShort()) last += 1
  return [part(0, first), part(first, last), part(last, sentences.length)]
}

/**
 * The address of the course in the state of a question, for a frame, which has no questions; "" if there is
 * none.
 * @param {string} link  below the course's address
 * @param {string} base  the course's address
 * @param {"light" | "dark"} theme
 */
export function frameAddress(link, base, theme) {
  if (typeof link !== "string" || !link) return ""
  const address = new URL(link, base)
  if (!address.href.startsWith(base)) return "" // only the course stands in our frame
  address.searchParams.set("embed", "true")
  address.searchParams.set("embed_options", `${theme}_theme`)
  address.hash = ""
  return address.href
}
