// A number on a scale: a slider whose places are equal steps or equal factors, and numbers as they are typed.

/** @typedef {{low: number, high: number, logarithmic: boolean}} Scale */

export const PLACES = 200 // of the slider

/**
 * The share of the scale that lies below a number.
 * @param {Scale} scale
 * @param {number} value
 */
export function placeOf({ low, high, logarithmic }, value) {
  const share = logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low)
  return Math.min(1, Math.max(0, share))
}

/**
 * The number at a share of the scale, with three digits.
 * @param {Scale} scale
 * @param {number} share
 */
export function valueAt({ low, high, logarithmic }, share) {
  const value = logarithmic ? low * Math.exp(share * Math.log(high / low)) : low + share * (high - low)
  return Math.min(high, Math.max(low, Number(value.toPrecision(3))))
}

/**
 * Read a number as somebody has typed it; null if it is none of the scale.
 * @param {Scale} scale
 * @param {string} text
 */
export function readNumber({ low, high }, text) {
  const line = text.trim().replace(",", ".").replace("−", "-")
  const value = line ? Number(line) : NaN
  return value >= low && value <= high ? value : null
}
