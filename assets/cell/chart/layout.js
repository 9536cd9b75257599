// Where things are in the chart over time: the input on top, states in the middle, gates below, one column a
// step.

export const ROWS = ["f", "i", "C_tilde", "o"] // gates, from the top
export const LEFT = 46, RIGHT = 12 // pixels beside the columns
export const INPUT_HEIGHT = 46, STATES_HEIGHT = 150, ROW_HEIGHT = 26, GAP = 12 // heights in pixels
const ROW_GAP = 4
export const INPUT_TOP = 6, INPUT_ZERO = INPUT_TOP + INPUT_HEIGHT / 2
export const STATES_TOP = INPUT_TOP + INPUT_HEIGHT + GAP, STATES_BOTTOM = STATES_TOP + STATES_HEIGHT
const ROWS_TOP = STATES_BOTTOM + GAP
export const HEIGHT = ROWS_TOP + ROWS.length * (ROW_HEIGHT + ROW_GAP) + 18
export const NARROWEST = 280

/**
 * The top of row k.
 * @param {number} k
 */
export const rowTop = (k) => ROWS_TOP + k * (ROW_HEIGHT + ROW_GAP)

/** @typedef {ReturnType<typeof columns>} Columns */

/**
 * The columns of T steps in a picture of width W.
 * @param {number} W
 * @param {number} T
 */
export const columns = (W, T) => ({
  W, T,
  width: (W - LEFT - RIGHT) / T,
  middle: (/** @type {number} */ t) => LEFT + ((t - 0.5) * (W - LEFT - RIGHT)) / T, // of step t, from 1
})
