// Where things are in the chart over time: the input on top, states in the middle, gates below, one column a
// step. Everything follows the size of labels; on a low screen the rows are lower.

import { isLow } from "../../shared/size.js"

export const ROWS = ["f", "i", "C_tilde", "o"] // gates, from the top
export const RIGHT = 12 // pixels beside the columns
export const NARROWEST = 280
const INPUT_TOP = 6, ROW_GAP = 4
const HEIGHTS = { input: 46, states: 150, row: 26, gap: 12 } // heights in pixels
const PHONE_LABEL = 14 // pixels: labels are smaller there
const PHONE_HEIGHTS = { input: 36, states: 110, row: 19, gap: 8 }
const LOW_HEIGHTS = { input: 40, states: 82, row: 19, gap: 9 }

/** @typedef {ReturnType<typeof columns>} Columns */

/**
 * The columns of T steps in a picture of width W, with labels of a size.
 * @param {number} W
 * @param {number} T
 * @param {number} label
 */
export function columns(W, T, label) {
  const heights = isLow(label) ? LOW_HEIGHTS : label < PHONE_LABEL ? PHONE_HEIGHTS : HEIGHTS
  const left = Math.round(3.3 * label)
  const statesTop = INPUT_TOP + heights.input + heights.gap, statesBottom = statesTop + heights.states
  const rowTop = (/** @type {number} */ k) => statesBottom + heights.gap + k * (heights.row + ROW_GAP)
  return {
    W, T, label, left, heights, rowTop, statesTop, statesBottom,
    inputTop: INPUT_TOP, inputZero: INPUT_TOP + heights.input / 2,
    height: Math.round(rowTop(ROWS.length) + 1.3 * label),
    width: (W - left - RIGHT) / T,
    middle: (/** @type {number} */ t) => left + ((t - 0.5) * (W - left - RIGHT)) / T, // of step t, from 1
  }
}
