// What comes next in a lesson, and what came before: one step of the plan, the vote, the talk, the reveal.

/** @import { Asking, RoomState } from "../types.js" */
/** @import { Step, Stop } from "./types.js" */

/**
 * What the big button does.
 * @param {RoomState} state
 * @param {Set<string>} before  ids of questions that the room was asked
 * @param {Stop[] | null} stops  of the plan that the room follows
 * @param {boolean} [hasRight]  whether an answer to what is asked is right
 * @returns {Step}
 */
export function nextStep(state, before, stops, hasRight = true) {
  const { asking, plan } = state
  if (asking && asking.stage !== "revealed") return nextStage(asking, hasRight)
  if (!plan || !stops) return { act: "choose", label: "Choose a question" }
  const stop = stops[plan.stop]
  const question = stop?.asks.find((id) => !before.has(id))
  if (question) return { act: "ask", label: "Ask the next question", question }
  const isBack = !asking || wentOn(state) // from the question to the plan
  if (stop && !(isBack && isLedFreely(state, stop))) {
    return { act: "lead", label: "Take the class to this stop" }
  }
  if (plan.stop + 1 < stops.length) return { act: "stop", label: "Next stop", stop: plan.stop + 1 }
  return { act: "finish", label: "See what they learned" }
}

/**
 * @param {Asking} asking  one that is not revealed
 * @param {boolean} hasRight
 * @returns {Step}
 */
function nextStage({ stage, round }, hasRight) {
  if (stage === "waiting") return { act: "stage", label: "Open the vote", stage: "vote", round }
  if (stage === "talk") return { act: "stage", label: "Vote again", stage: "vote", round: round + 1 }
  // Nobody can convince a neighbour of what is right where nothing is.
  if (!hasRight) return { act: "stage", label: "Show the bars and close", stage: "revealed", round }
  if (round === 1) return { act: "stage", label: "Close the vote: talk", stage: "talk", round }
  return { act: "stage", label: "Reveal the answer", stage: "revealed", round }
}

/**
 * What comes after an answer that was revealed and hidden again.
 * @param {Asking} asking
 * @returns {Step}
 */
export const revealAgain = ({ round }) =>
  ({ act: "stage", label: "Reveal the answer", stage: "revealed", round })

/**
 * What the key for back does; null: nothing.
 * @param {RoomState} state
 * @param {Stop[] | null} stops
 * @param {boolean} [hasRight]
 * @returns {Step | null}
 */
export function stepBack(state, stops, hasRight = true) {
  const { asking, plan } = state
  const inStop = plan && stops?.[plan.stop]?.asks.includes(asking?.question ?? "")
  const isShut = asking?.stage === "revealed" && plan && !inStop && wentOn(state)
  if (asking && asking.stage !== "waiting" && !isShut) {
    const { stage, round } = asking
    if (stage === "revealed" && hasRight) {
      return { act: "stage", label: "Hide the answer again", stage: "talk", round }
    }
    if (stage === "talk" || stage === "revealed") {
      return { act: "stage", label: "Open the vote again", stage: "vote", round }
    }
    if (round > 1) return { act: "stage", label: "Back to the talk", stage: "talk", round: round - 1 }
    return { act: "stage", label: "Back to reading", stage: "waiting", round }
  }
  if (plan && stops && plan.stop > 0) return { act: "stop", label: "Previous stop", stop: plan.stop - 1 }
  return null
}

/**
 * Whether the class is past what was asked last: at a stop with other questions or none, or at another page.
 * @param {RoomState} state
 * @param {Stop | null} stop
 */
export function isPast(state, stop) {
  const { asking, elsewhere } = state
  if (!asking) return stop !== null
  if (asking.stage !== "revealed") return false
  return stop ? wentOn(state) && !stop.asks.includes(asking.question) : !!elsewhere
}

/**
 * Whether the class or its plan went on since the last stage of what is asked.
 * @param {RoomState} state
 */
const wentOn = ({ led_on, moved_on }) => led_on === true || moved_on === true

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

// Seconds that research gives the silent vote and the talk; nothing closes by itself.
const SECONDS = { waiting: 0, vote: 60, talk: 150, revealed: 0 }

/**
 * The soft timer of a stage.
 * @param {"waiting" | "vote" | "talk" | "revealed"} stage
 */
export const secondsOf = (stage) => SECONDS[stage] || null

/** @param {number} seconds  as minutes and seconds; below 0: over */
export function clock(seconds) {
  const whole = Math.round(Math.abs(seconds))
  return `${seconds < -0.5 ? "+" : ""}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`
}
