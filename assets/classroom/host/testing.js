// A test before and after the lesson: which questions it asks, kept by this browser for the test after it.

/** @import { RoomState } from "../types.js" */
/** @import { Result, Stop } from "./types.js" */

import { keep, read } from "../device.js"

const ITEMS = "lstm_room/test"
export const FEWEST_ITEMS = 2, MOST_ITEMS = 6 // items

/** @returns {string[]} */
export const itemsKept = () => read(ITEMS)?.items ?? []

/** @param {string[]} items  ids of questions */
export const keepItems = (items) => keep(ITEMS, { items })

/**
 * The items of a part of a test, as they were asked last.
 * @param {Result[]} askings
 * @param {"before" | "after"} part
 */
export function itemsOf(askings, part) {
  const own = askings.filter(({ test }) => test?.part === part)
  const first = own.findLastIndex(({ test }) => test?.item === 1)
  return own.slice(Math.max(0, first)).map(({ question }) => question)
}

/**
 * The items of the test that goes on, in order: of the stop that asks it, or those that were chosen.
 * @param {RoomState} state
 * @param {Stop | null} stop
 * @param {Result[]} askings
 * @returns {string[]}
 */
export function itemsNow({ asking }, stop, askings) {
  if (!asking?.test) return []
  const { part, item, items } = asking.test
  const isIts = (/** @type {string[]} */ ids) => ids.length === items && ids[item - 1] === asking.question
  const sources = [stop?.test === part ? stop.asks : [], itemsKept(), itemsOf(askings, "before")]
  return sources.find(isIts) ?? []
}

/**
 * Whether a question asks the one before it once more, with other numbers.
 * @param {Result[]} askings
 * @param {string} id  of the asking
 */
export function isAlone(askings, id) {
  const at = askings.findIndex((asking) => asking.id === id)
  const before = askings[at - 1], now = askings[at]
  return !!before?.again && !before.test && !now.test && before.again === now.question
}

/**
 * The question that asks the last one once more with other numbers, once that is revealed; "": none.
 * @param {Result[]} askings
 * @param {RoomState} state
 */
export function againOf(askings, { asking }) {
  const last = askings.at(-1)
  if (!last || last.id !== asking?.id || asking.stage !== "revealed" || last.test) return ""
  return isAlone(askings, last.id) ? "" : last.again ?? ""
}
