// What comes next in a lesson, and what came before: one step of the plan, the vote, the talk, the reveal.

/** @import { Asking, RoomState } from "../types.js" */
/** @import { Lesson, Step, Stop } from "./types.js" */

import { canTalk, wordsOf } from "./flows.js"

/**
 * The name under which a question counts as asked: an item of a test is another thing than the same question
 * in the lesson.
 * @param {string} question
 * @param {string} [part]  of a test
 */
export const nameOf = (question, part = "") => (part ? `${part}/${question}` : question)

/**
 * Whether what is asked is over, and the class goes on: an item of the test before the lesson stays hidden.
 * @param {Asking} asking
 */
export const isOver = ({ stage, test }) =>
  stage === "revealed" || (stage === "talk" && test?.part === "before")

/**
 * Whether a question belongs to a stop.
 * @param {Stop | null | undefined} stop
 * @param {Asking | null} asking
 */
const asks = (stop, asking) =>
  !!stop && !!asking && stop.asks.includes(asking.question) && (stop.test ?? "") === (asking.test?.part ?? "")

/**
 * What the big button does.
 * @param {RoomState} state
 * @param {Lesson} lesson
 * @returns {Step}
 */
export function nextStep(state, lesson) {
  const { asking, plan } = state, { stops = null, again = "", before } = lesson
  if (asking && !isOver(asking)) return nextStage(asking, lesson)
  if (again) return { act: "ask", label: "Ask with other numbers for each", question: again }
  if (!plan || !stops) return { act: "choose", label: "Choose a question" }
  const stop = stops[plan.stop]
  if (stop) {
    const open = stop.asks.filter((id) => !before.has(nameOf(id, stop.test)))
    const lead = /** @type {Step} */ ({ act: "lead", label: "Take the class to this stop" })
    const isChallenge = Boolean(stop.challenge) && stop.asks.length > 0 // first they try, then they are asked
    if (isChallenge && open.length === stop.asks.length && !isLedFreely(state, stop)) return lead
    if (open.length && stop.test) return askItem(stop.asks, stop.asks.indexOf(open[0]), stop.test)
    if (open.length) return { act: "ask", label: "Ask the next question", question: open[0] }
    const isBack = !asking || wentOn(state) // from the question to the plan
    const isTraining = !!asking?.experiment && asks(stop, asking) // its networks are what all look at
    if (!stop.test && !isChallenge && !isTraining && !(isBack && isLedFreely(state, stop))) return lead
  }
  if (plan.stop + 1 < stops.length) return { act: "stop", label: "Next stop", stop: plan.stop + 1 }
  return { act: "finish", label: "See what they learned" }
}

/**
 * @param {string[]} items  ids of questions
 * @param {number} at  from 0
 * @param {"before" | "after"} part
 * @returns {Step}
 */
export function askItem(items, at, part) {
  const test = { part, item: at + 1, items: items.length }
  return { act: "ask", label: `Ask item ${at + 1} of ${items.length}`, question: items[at], test }
}

/**
 * @param {Asking} asking  one that is not over
 * @param {Lesson} lesson
 * @returns {Step}
 */
function nextStage(asking, { flow = "talk", items = [] }) {
  const { stage, round, test } = asking, words = wordsOf(flow)
  if (stage === "waiting") return { act: "stage", label: words.open, stage: "vote", round }
  if (test) {
    if (items[test.item]) return askItem(items, test.item, test.part)
    return { act: "stage", label: words.reveal, stage: test.part === "before" ? "talk" : "revealed", round }
  }
  if (stage === "talk" && (flow === "talk" || flow === "bars")) {
    return { act: "stage", label: "Vote again", stage: "vote", round: round + 1 }
  }
  // Nobody can convince a neighbour of what is right where nothing is.
  if (stage === "vote" && flow === "talk" && round === 1) {
    return { act: "stage", label: "Close the vote: talk", stage: "talk", round }
  }
  return { act: "stage", label: words.reveal, stage: "revealed", round }
}

/**
 * What comes after an answer that was revealed and hidden again.
 * @param {Asking} asking
 * @param {Lesson} lesson
 * @returns {Step}
 */
export const revealAgain = ({ round }, { flow = "talk" }) =>
  ({ act: "stage", label: wordsOf(flow).reveal, stage: "revealed", round })

/**
 * What the key for back does; null: nothing.
 * @param {RoomState} state
 * @param {Lesson} lesson
 * @returns {Step | null}
 */
export function stepBack(state, { stops = null, flow = "talk" }) {
  const { asking, plan } = state
  const inStop = plan !== null && asks(stops?.[plan.stop], asking)
  const isShut = asking && isOver(asking) && plan && !inStop && wentOn(state)
  if (asking && asking.stage !== "waiting" && !isShut) return stageBack(asking, flow)
  if (plan && stops && plan.stop > 0) return { act: "stop", label: "Previous stop", stop: plan.stop - 1 }
  return null
}

/**
 * @param {Asking} asking
 * @param {import("./types.js").Flow} flow
 * @returns {Step}
 */
function stageBack({ stage, round }, flow) {
  const { hide } = wordsOf(flow)
  if (stage === "revealed") {
    const isOpened = flow === "bars" || flow === "dots" // there is no answer that could be hidden
    return { act: "stage", label: hide, stage: isOpened ? "vote" : "talk", round }
  }
  if (stage === "talk") {
    const label = flow === "before" ? hide : "Open the vote again"
    return { act: "stage", label, stage: "vote", round }
  }
  if (round > 1 && canTalk(flow)) {
    return { act: "stage", label: "Back to the talk", stage: "talk", round: round - 1 }
  }
  return { act: "stage", label: "Back to reading", stage: "waiting", round }
}

/**
 * Whether the class is past what was asked last: at a stop with other questions or none, or at another page.
 * @param {RoomState} state
 * @param {Stop | null} stop
 */
export function isPast(state, stop) {
  const { asking, elsewhere } = state
  if (!asking) return stop !== null
  if (!isOver(asking)) return false
  return stop ? wentOn(state) && !asks(stop, asking) : !!elsewhere
}

/**
 * Whether the class or its plan went on since the last stage of what is asked.
 * @param {RoomState} state
 */
export const wentOn = ({ led_on, moved_on }) => led_on === true || moved_on === true

/**
 * Whether the class was taken to a stop.
 * @param {RoomState} state
 * @param {Stop} stop
 */
export function isLedTo({ follow }, { page, query, free_query }) {
  return follow?.page === page && (follow.query === query || follow.query === free_query)
}

/**
 * Whether the class was taken to a stop without its question, for which it is too late once it was asked.
 * @param {RoomState} state
 * @param {Stop} stop
 */
const isLedFreely = ({ follow }, { page, free_query }) => follow?.page === page && follow.query === free_query

/** @param {number} seconds  as minutes and seconds; below 0: over */
export function clock(seconds) {
  const whole = Math.round(Math.abs(seconds))
  return `${seconds < -0.5 ? "+" : ""}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`
}
