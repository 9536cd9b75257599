// A number on a scale: a slider whose places are equal steps or equal factors, and numbers as they are typed.

/** @typedef {{low: number, high: number, logarithmic: boolean, unit?: string}} Scale */

export const PLACES = 200 // of the slider

/** @param {Scale} scale  whether its numbers are counted */
const isCount = ({ low, logarithmic, unit }) =>
  unit === "steps" || unit === "networks" || (logarithmic && low > 1)

/** @param {Scale} scale  places from one number to the next: a key always changes what is counted */
export const stepOf = (scale) =>
  isCount(scale) && !scale.logarithmic ? PLACES / (scale.high - scale.low) : 1

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
 * The number at a share of the scale, with three digits; a whole one where something is counted.
 * @param {Scale} scale
 * @param {number} share
 */
export function valueAt(scale, share) {
  const { low, high, logarithmic } = scale
  const value = logarithmic ? low * Math.exp(share * Math.log(high / low)) : low + share * (high - low)
  const rounded = Number(value.toPrecision(3))
  return Math.min(high, Math.max(low, isCount(scale) ? Math.round(rounded) : rounded))
}

/**
 * The numbers that stand below a scale: its ends, and of a logarithmic one powers of ten between them.
 * @param {Scale} scale
 */
export function marksOn(scale) {
  const decades = scale.logarithmic ? Math.round(Math.log10(scale.high / scale.low)) : 0
  const parts = decades && decades % 4 === 0 ? 4 : 1
  return Array.from({ length: parts + 1 }, (_, k) => valueAt(scale, k / parts))
}
