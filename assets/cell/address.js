// The address: it carries the setting, so that a link opens the same cell.

/** @import { Cell } from "./types.js" */

// Browsers limit how often an address may change (Safari throws after 100 times in 30 s, Chromium drops
// it): while a key is held the address follows at a pace, and what was refused is tried again.
const PACE = 400 // milliseconds
const AGAIN = 1000 // milliseconds

/**
 * Write the address, at once if it may wait no longer.
 * @param {Cell} cell
 * @param {boolean} [now]
 */
export function writeAddress(cell, now = false) {
  const { address, root } = cell
  clearTimeout(address.timer)
  address.timer = 0
  if (!root.isConnected) return // another page's address is not ours
  const wait = now ? 0 : PACE - (performance.now() - address.writtenAt)
  if (wait > 0) {
    address.timer = setTimeout(() => writeAddress(cell), wait)
    return
  }
  address.writtenAt = performance.now()
  const url = link(cell)
  if (url.href === window.location.href) return
  try {
    window.history.replaceState(window.history.state, "", url)
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== "SecurityError") throw error
  }
  if (url.href !== window.location.href) address.timer = setTimeout(() => writeAddress(cell), AGAIN)
}

/**
 * The link that opens this cell.
 * @param {Cell} cell
 */
export function link({ data, setting, t, open, answer }) {
  const url = new URL(window.location.href), query = url.searchParams
  query.set(data.parameter, data.version + "_" + data.sliders.map((s) => setting[s.name]).join("_"))
  for (const name of [...query.keys()]) { // other challenges' answers don't travel along
    if (name.startsWith("try-") && name !== data.parameter) query.delete(name)
  }
  const step = data.overTime && t > 1 ? String(t) : ""
  const optional = { t: step, open: [...open].join("."), values: answer?.typed }
  for (const [name, value] of Object.entries(optional)) value ? query.set(name, value) : query.delete(name)
  return url
}
