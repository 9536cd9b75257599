// What this browser keeps of rooms, for hours: its place as a student and its answers; see also hosted.js.
// Every access may throw (a page in a frame of another site, a full disk); then the tab's memory serves.

/** @import { Membership, RecordRow, Unsent } from "./types.js" */

const STUDENT = "lstm_room/student"
export const UNSENT = "lstm_room/unsent", RECORD = "lstm_room/record"
export const KEEPING = 12 * 3_600_000 // milliseconds after the last use
/** @type {Map<string, string>} */
const memory = new Map()

/**
 * What is kept under a key, null if nothing is, or not any more.
 * @param {string} key
 * @returns {any}
 */
export function read(key) {
  let text = memory.get(key) ?? null // only what could not be stored: other tabs change what was
  try {
    text ??= localStorage.getItem(key)
  } catch {
    // the tab's memory has it
  }
  try {
    const value = JSON.parse(text ?? "null")
    if (value?.until > Date.now()) return value
  } catch {
    // not of ours
  }
  keep(key, null)
  return null
}

/**
 * Keep something from now on for some hours.
 * @param {string} key
 * @param {object | null} value  null: forget it
 */
export function keep(key, value) {
  const text = JSON.stringify({ ...value, until: Date.now() + KEEPING })
  memory.delete(key)
  try {
    if (value) localStorage.setItem(key, text)
    else localStorage.removeItem(key)
  } catch {
    if (value) memory.set(key, text)
  }
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
  keep(STUDENT, joined)
}

/** Forget the student who used this browser, and all they have answered. */
export function forgetStudent() {
  for (const key of [STUDENT, UNSENT, RECORD]) keep(key, null)
}

/**
 * What is kept of a room in a table: what is on its way, by what it is about; what is answered, by asking.
 * @param {string} table
 * @param {string} code
 * @returns {Record<string, any>}
 */
export function rowsOf(table, code) {
  const kept = read(table)
  return kept?.code === code ? kept.rows : {}
}

/**
 * Keep a row, so that a reload loses nothing.
 * @param {string} table
 * @param {string} code
 * @param {string} name
 * @param {Unsent | RecordRow | null} row  null: none any more, for it has arrived
 */
export function setRow(table, code, name, row) {
  const { [name]: before, ...others } = rowsOf(table, code)
  if (row || before) keep(table, { code, rows: row ? { ...others, [name]: row } : others })
}

/** The next counter of what this browser sends, higher than any before. */
export function nextCounter() {
  const own = membership()
  if (!own) return Date.now()
  const n = Math.max(own.n + 1, Date.now()) // the time: a tab that keeps nothing counts on, too
  setMembership({ ...own, n })
  return n
}
