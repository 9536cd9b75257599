// What this browser keeps of rooms: its place as a student, and the lecturer's secrets. Every access may
// throw (a page in a frame of another site, a full disk); then the tab's memory serves. It expires.

/** @import { Membership } from "./types.js" */

const STUDENT = "lstm_room/student", HOST = "lstm_room/host"
export const KEEPING = 12 * 3_600_000 // milliseconds after the last use
/** @type {Map<string, string>} */
const memory = new Map()

/** @param {string} key */
function get(key) {
  try {
    return localStorage.getItem(key) ?? memory.get(key) ?? null
  } catch {
    return memory.get(key) ?? null
  }
}

/**
 * @param {string} key
 * @param {string | null} value  null: forget it
 */
function set(key, value) {
  if (value === null) memory.delete(key)
  else memory.set(key, value)
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // the tab's memory has it
  }
}

/**
 * @param {string} key
 * @returns {any}
 */
function read(key) {
  try {
    const value = JSON.parse(get(key) ?? "null")
    if (value && typeof value === "object" && value.until > Date.now()) return value
  } catch {
    // not of ours
  }
  set(key, null)
  return null
}

/**
 * The room that this browser has joined, null if none.
 * @returns {Membership | null}
 */
export function membership() {
  return read(STUDENT)
}

/** @param {Omit<Membership, "until"> | null} joined  null: a new student is here */
export function setMembership(joined) {
  set(STUDENT, joined && JSON.stringify({ ...joined, until: Date.now() + KEEPING }))
}

/** The next counter of what this browser sends, higher than any before. */
export function nextCounter() {
  const own = membership()
  if (!own) return Date.now()
  const n = Math.max(own.n + 1, Date.now()) // the time: a tab that keeps nothing counts on, too
  setMembership({ ...own, n })
  return n
}

/**
 * The room that this browser hosts, null if none.
 * @returns {{code: string, host: string} | null}
 */
export function hosted() {
  return read(HOST)
}

/** @param {{code: string, host: string} | null} room */
export function setHosted(room) {
  set(HOST, room && JSON.stringify({ ...room, until: Date.now() + KEEPING }))
}
