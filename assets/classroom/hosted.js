// What the browser of a lecturer keeps: the room that it hosts, with its secret.

import { keep, read } from "./device.js"

const HOST = "lstm_room/host"

/**
 * The room that this browser hosts, null if none.
 * @returns {{code: string, host: string} | null}
 */
export function hosted() {
  return read(HOST)
}

/** @param {{code: string, host: string} | null} room  null: none any more */
export function setHosted(room) {
  keep(HOST, room)
}

/** @param {string} code  of a room that is over */
export function forgetHosted(code) {
  if (hosted()?.code === code) keep(HOST, null)
}
