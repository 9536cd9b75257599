// What somebody who rehearses alone is told: what is there to see, and what the next press does.

/** @import { Asking } from "../types.js" */
/** @import { Flow, Step } from "./types.js" */

import { isOver } from "./steps.js"

export const BEGINNING =
  "Forty simulated students join and vote, and nothing of it stays. Press the big button, PageDown or " +
  "Space: it leads through the lesson, here in a third of its time. Each stop below can be rehearsed alone."

/** What to look for while they vote, and after it, where that is another thing than with letters. */
/** @type {Partial<Record<Flow, [vote: string, end: string]>>} */
const HINTS = {
  alone: [
    "Everybody has different numbers and answers alone. Who is right now has understood it.",
    "Each wrong way to calculate has a name here, and a reply. Which one is the most frequent?",
  ],
  dots: [
    "Everybody sets the model's own controls. Hold the button or H: what do they choose?",
    "Look at the best dot and at the worst on the projector: why do they differ?",
  ],
  runs: [
    "They estimate how many networks will learn it. The next press trains all of them.",
    "The curves come as they are trained. Once all are done, you read here what failed, and why.",
  ],
  before: [
    "A test: each answers alone, one press leads to the next item, and nothing is revealed.",
    "The test is closed. The same items come at the end: then all see what they learned.",
  ],
  after: [
    "The same items as before the lesson, by the same students: one press leads to the next.",
    "Compare the shares before and after. The interval says how sure the gain is.",
  ],
}

/**
 * What to look at now; "" while nothing is there yet.
 * @param {{asking: Asking | null, next: Step | null, isPast: boolean, isWaiting: boolean, joined: number,
 *   voted: number, flow?: Flow}} now  isWaiting: for a reveal
 */
export function hintOf({ asking, next, isPast, isWaiting, joined, voted, flow = "talk" }) {
  if (!next) return ""
  if (isWaiting) return "For two seconds a reveal can be stopped: by the same button, PageUp or ←."
  if (next.act === "choose") return "Choose a plan below, and press the big button."
  if (!asking || isPast) return hintOfPlace(next)
  const { stage, round } = asking, own = HINTS[flow]
  if (stage === "waiting") return "The question is on every phone, and nobody can answer yet. Read it aloud."
  if (own && isOver(asking)) return own[1]
  if (own && stage === "vote") return own[0]
  const isNumber = asking.kind === "number"
  if (isNumber && stage === "talk") return "They compare their numbers, and how they came to them."
  if (isNumber && stage === "revealed") return "How far is the middle of the class from the model?"
  if (stage === "talk") return "The advice says whether talking helps. Hold again: what do they argue about?"
  if (stage === "revealed") return "Look at who moved, and at the reply to each wrong answer."
  const most = voted < 0.9 * joined
    ? "Watch the number grow; the timer closes nothing by itself."
    : "Almost all have answered."
  if (round > 1) return `They vote again, after the talk. ${most}`
  return `${most} Hold the button or H: you alone see the answers, and what is behind each.`
}

/** @param {Step} next */
function hintOfPlace({ act }) {
  if (act === "lead") return "The next press takes laptops that follow to this page, and phones get a link."
  if (act === "ask") return "The next press puts this question on all phones, and nobody can answer yet."
  if (act === "finish") return "That was the last stop. The next press ends the rehearsal and sums it up."
  return "Laptops that follow are at this page, phones have a link. In class you explain; here just go on."
}
