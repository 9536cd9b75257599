// What is said of an attempt at a challenge to whoever listens in this browser: the bar of a class.

/** @import { Attempt } from "../classroom/bar/types.js" */

/** @param {Attempt} attempt */
export function tellAttempt(attempt) {
  document.dispatchEvent(new CustomEvent("lstm-attempt", { detail: attempt }))
}
