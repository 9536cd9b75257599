// What somebody who rehearses alone is told: what is there to see, and what the next press does.

/** @import { Asking } from "../types.js" */
/** @import { Step } from "./types.js" */

export const BEGINNING =
  "Forty simulated students join and vote, and nothing of it stays. Press the big button, PageDown or " +
  "Space: it leads through a lesson of 10 minutes, here in three."

/**
 * What to look at now; "" while nothing is there yet.
 * @param {{asking: Asking | null, next: Step | null, isPast: boolean, isWaiting: boolean, joined: number,
 *   voted: number}} now  isWaiting: for a reveal
 */
export function hintOf({ asking, next, isPast, isWaiting, joined, voted }) {
  if (!next) return ""
  if (isWaiting) return "For two seconds a reveal can be stopped: by the same button, PageUp or ←."
  if (next.act === "choose") return "Choose a plan below, and press the big button."
  if (!asking || isPast) return hintOfPlace(next)
  const { stage, round } = asking
  if (stage === "waiting") return "The question is on every phone, and nobody can answer yet. Read it aloud."
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
  if (act === "lead") return "The next press opens this page on all phones. What to watch for is beside it."
  if (act === "ask") return "The next press puts this question on all phones, and nobody can answer yet."
  if (act === "finish") return "That was the last stop. The next press ends the rehearsal and sums it up."
  return "All phones are at this page now. In class you explain here; in a rehearsal just go on."
}
