// What the bar says: short, and the same for everybody at the same stage.

/** @import { RoomState } from "../types.js" */
/** @import { View } from "./types.js" */

import { AWAY, UNSURE } from "../phone/situation.js"

const WAITS = "Your vote is kept here and sent by itself."
const AT_THE_END = "You will see what is right at the end of the lesson."

/**
 * Where the class is, in a few words.
 * @param {View} view
 */
export function stageWords({ state, answer, isReached, isAway, refusal, isStudent }) {
  if (refusal) return refusal
  if (!isReached) return "No connection. Trying again …"
  if (isAway) return answer && !answer.sent ? WAITS : AWAY
  if (!isStudent) return "You lead this class."
  const asking = state?.asking
  // Once the class is taken elsewhere, nothing is asked any more.
  if (!asking || state?.elsewhere) {
    return state?.elsewhere ? `The class is at ${state.elsewhere}` : "Waiting for a question"
  }
  if (asking.stage === "waiting") return "The vote opens soon"
  if (asking.stage === "talk") return asking.test ? "The vote is closed" : "Talk to your neighbour"
  if (asking.stage === "revealed") {
    if (asking.surface) return "The answer is here"
    const isComing = asking.experiment ? "The networks train" : "Closed"
    return (asking.right ?? null) === null ? isComing : "The answer is here"
  }
  if (answer) return answer.sent ? "Your vote is in" : "Sending your vote …"
  return asking.round > 1 ? "Vote again" : "Vote now"
}

/**
 * What the button opens, "" if there is nothing to open.
 * @param {RoomState | null} state
 * @param {boolean} isOpen
 * @param {boolean} isAnswered
 */
export function buttonWords(state, isOpen, isAnswered) {
  const stage = state?.asking?.stage ?? "waiting"
  if (stage === "waiting" || state?.elsewhere) return ""
  if (isOpen) return "Close"
  if (stage === "revealed") return "See it"
  if (stage === "talk") return "Question"
  return isAnswered ? "Change" : "Vote"
}

/**
 * What stands below the answers.
 * @param {View} view
 */
export function noteWords({ state, answer, isAway, refusal, seconds }) {
  const asking = state?.asking
  if (refusal) return refusal
  if (asking?.stage === "vote") {
    if (answer && !answer.sent) return isAway ? WAITS : "Sending your vote …"
    if (isAway) return AWAY
    if (seconds === 0 && !answer) return "Time is up. Your lecturer closes the vote soon."
    return answer ? "Your vote is in. You can change it." : "You have not voted yet. Nobody sees who you are."
  }
  if (asking?.stage !== "talk") return ""
  if (asking.test) {
    return `${answer ? "Your answer is stored." : "The vote is closed."} ${AT_THE_END}`
  }
  return answer && answer.answer !== UNSURE ? "The vote is closed. Convince your neighbour."
    : "The vote is closed. Ask your neighbours what they think and why."
}
