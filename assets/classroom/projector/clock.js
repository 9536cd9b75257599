// A soft timer: it tells the time, and nothing closes by itself.

/** @import { RoomState } from "../types.js" */

let ahead = 0 // milliseconds that this machine's clock is ahead of the server's

/** Learn how far the two clocks are apart: a projector's may be wrong by minutes. */
export async function compareClocks() {
  const asked = Date.now()
  try {
    const response = await fetch(location.href, { method: "HEAD", cache: "no-store" })
    const date = Date.parse(response.headers.get("date") ?? "")
    if (date) ahead = (asked + Date.now()) / 2 - (date + 500) // it has no parts of a second
  } catch {
    // out of reach: the clocks are taken for equal
  }
}

/**
 * Seconds that are left, null without a timer.
 * @param {RoomState["timer"]} timer
 * @param {number} [now]  milliseconds since 1970, as the server counts
 */
export function secondsLeft(timer, now = Date.now() - ahead) {
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
