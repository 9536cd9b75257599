// To Python: one commit under way at a time, the latest wins.

/** @import { Cell } from "./types.js" */
import { writeAddress } from "./address.js"

// Milliseconds.
const REST = 150 // without a move, after which Python is told
const APART = 80 // between two commits
const SOONEST = 20 // until a commit that has to wait is tried again
const NO_FEED = 50 // until a commit is tried again when its feed isn't there
const LOST = 3000 // until an answer counts as lost: it holds nobody up

/**
 * Commit when the sliders rest.
 * @param {Cell} cell
 */
export const commitLater = (cell) => commitIn(cell, REST)

/**
 * @param {Cell} cell
 * @param {number} wait
 */
function commitIn(cell, wait) {
  clearTimeout(cell.commits.timer)
  cell.commits.timer = setTimeout(() => commit(cell), wait)
}

/**
 * Commit as soon as it may be.
 * @param {Cell} cell
 */
export function commit(cell) {
  const { commits, data } = cell
  clearTimeout(commits.timer)
  commits.timer = 0
  const wait = APART - (performance.now() - commits.sentAt)
  if (commits.inFlight || wait > 0) return commitIn(cell, Math.max(SOONEST, wait))
  const feed = window.lstmCell
  if (!feed || feed.data.view !== data.view) return commitIn(cell, NO_FEED)
  commits.inFlight = true
  commits.sentAt = performance.now()
  clearTimeout(commits.lossTimer)
  commits.lossTimer = setTimeout(() => { commits.inFlight = false }, LOST)
  commits.turn += 1 // Python answers each by its number
  const { setting, open, inHand, t, jump } = cell
  feed.send({
    view: data.view, setting: { ...setting }, open: [...open], held: inHand, t, seen: jump,
    turn: commits.turn,
  })
  writeAddress(cell)
}
