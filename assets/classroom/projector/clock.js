// A soft timer: it tells the time, and nothing closes by itself.

/** @import { RoomState } from "../types.js" */

import { serverTime } from "../server.js"

/**
 * Seconds that are left, null without a timer.
 * @param {RoomState["timer"]} timer
 * @param {number} [now]  milliseconds since 1970, by the server's clock: a projector's may be quite wrong
 */
export function secondsLeft(timer, now = serverTime()) {
  if (!timer) return null
  return Math.max(0, Math.min(timer.seconds, Math.ceil(timer.since + timer.seconds - now / 1000)))
}

/**
 * What the timer says.
 * @param {number | null} seconds
 */
export function timerText(seconds) {
  if (seconds === null) return ""
  if (seconds === 0) return "Time is up"
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
}
