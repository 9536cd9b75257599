// One unit lights up in every vector, and its story is told.

/** @import { State } from "./types.js" */
import { closest, find, findAll } from "../shared/dom.js"
import { formatNumber } from "../shared/numbers.js"
import { GATES } from "./parts.js"

const HINT = "Unit j of a vector comes from row j of its matrix: point at a unit, or tap it, to follow it " +
  "everywhere. Bars start at the left for numbers from 0 to 1, and in the middle for numbers with a sign."

/**
 * Light a unit up, null for none.
 * @param {State} state
 * @param {number | null} unit
 */
export function light(state, unit) {
  const { root, pinned } = state
  root.classList.toggle("lit", unit !== null)
  for (const element of findAll(root, "[data-unit]")) {
    const own = Number(element.dataset.unit)
    element.classList.toggle("on", own === unit)
    if (element instanceof HTMLButtonElement) element.setAttribute("aria-pressed", String(own === pinned))
  }
  find(root, ".lens").textContent = unit === null ? HINT : story(state, unit)
}

/**
 * How a unit of the gate came about.
 * @param {State} state
 * @param {number} unit
 */
function story({ data, gate }, unit) {
  const [, letter, squash, index] = GATES[gate]
  const value = (/** @type {string} */ name) => formatNumber(data.values[name][unit])
  const z = value(`z_${index}`), place = unit + 1
  return `Unit ${place}: row ${place} of W · [h, x] + ${value(`b_${index}`)} gives z = ${z}, ` +
    `and ${squash}(${z}) = ${value(gate)} is unit ${place} of ${letter}.`
}

/**
 * The unit at which an event happened, null for none.
 * @param {Event} event
 */
export function unitOf(event) {
  const unit = closest(event, "[data-unit]")?.dataset.unit
  return unit === undefined ? null : Number(unit)
}
