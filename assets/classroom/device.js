// What this browser keeps of rooms, for hours: its place as a student, its answers, a lecturer's secrets.
// Every access may throw (a page in a frame of another site, a full disk); then the tab's memory serves.

/** @import { Membership, RecordRow, Unsent } from "./types.js" */

const STUDENT = "lstm_room/student", HOST = "lstm_room/host"
const UNSENT = "lstm_room/unsent", RECORD = "lstm_room/record"
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

/** A student is here: what is kept of them lasts from now on. */
export function renewMembership() {
  setMembership(membership())
}

/** Forget the student who used this browser, and all they have answered. */
export function forgetStudent() {
  for (const key of [STUDENT, UNSENT, RECORD]) set(key, null)
}

/**
 * What is on its way to a room, by what it is about.
 * @param {string} code
 * @returns {Record<string, Unsent>}
 */
export function unsent(code) {
  return tableOf(UNSENT, code)
}

/**
 * Keep what is on its way, so that a reload loses nothing; null: it has arrived.
 * @param {string} code
 * @param {string} key
 * @param {Unsent | null} message
 */
export function setUnsent(code, key, message) {
  setRow(UNSENT, code, key, message)
}

/**
 * What this browser has answered in a room, by asking.
 * @param {string} code
 * @returns {Record<string, RecordRow>}
 */
export function ownRecord(code) {
  return tableOf(RECORD, code)
}

/**
 * @param {string} code
 * @param {string} asking
 * @param {RecordRow} row
 */
export function setRecord(code, asking, row) {
  setRow(RECORD, code, asking, row)
}

/**
 * @param {string} key
 * @param {string} code
 */
function tableOf(key, code) {
  const table = read(key)
  return table?.code === code && table.rows && typeof table.rows === "object" ? table.rows : {}
}

/**
 * @param {string} key
 * @param {string} code
 * @param {string} name
 * @param {object | null} row
 */
function setRow(key, code, name, row) {
  const { [name]: before, ...others } = tableOf(key, code)
  if (!row && !before) return
  const rows = row ? { ...others, [name]: row } : others
  set(key, JSON.stringify({ code, rows, until: Date.now() + KEEPING }))
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
