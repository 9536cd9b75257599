// One unit is marked in every vector, and said how it is computed.

/** @import { State } from "./types.js" */
import { find } from "../shared/dom.js"
import { closest, findAll } from "../shared/search.js"
import { formatNumber } from "../shared/numbers.js"
import { GATES } from "./parts.js"

const HINT = "Row j of the matrix computes the number of unit j. Point at a unit, or tap it, to mark this " +
  "unit everywhere. Bars of numbers from 0 to 1 start at the left; bars of other numbers start in the middle."

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
  const z = value(`z_${index}`)
  return `Unit ${unit}: row ${unit} of W · [h, x] + ${value(`b_${index}`)} gives z = ${z}, ` +
    `and ${squash}(${z}) = ${value(gate)} is unit ${unit} of ${letter}.`
}

/**
 * The unit at which an event happened, null for none.
 * @param {Event} event
 */
export function unitOf(event) {
  const unit = closest(event, "[data-unit]")?.dataset.unit
  return unit === undefined ? null : Number(unit)
}
