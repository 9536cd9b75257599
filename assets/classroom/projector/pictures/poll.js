// Asking what has come of the networks of an experiment, until all are done.

/** @import { RunTable } from "../../types.js" */

import { askRoom, hasStatus, isPassing } from "../../server.js"

const PAUSE = 1_000 // milliseconds

/**
 * Ask about once a second, until there is a truth or nobody wants to know any more.
 * @param {string} path  behind /api/rooms
 * @param {(table: RunTable | null) => void} hear  null: they have not begun
 * @param {(method: string, path: string) => Promise<any>} [ask]
 * @returns {{stop: () => void, hurry: () => void}}  hurry: ask at once, something has come
 */
export function pollRuns(path, hear, ask = askRoom) {
  let timer = 0, isOver = false, isAsking = false
  const look = async () => {
    if (isOver || isAsking) return
    clearTimeout(timer)
    isAsking = true
    try {
      const table = await ask("GET", path)
      if (isOver) return
      hear(table)
      isOver = table.truth !== null
    } catch (error) {
      if (isOver) return
      if (hasStatus(error, 409)) hear(null)
      else if (!isPassing(error)) isOver = true // the room is over, which is said by its stream
    } finally {
      isAsking = false
      if (!isOver) timer = setTimeout(look, PAUSE)
    }
  }
  look()
  const stop = () => {
    isOver = true
    clearTimeout(timer)
  }
  return { stop, hurry: look }
}
