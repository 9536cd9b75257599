// Numbers of the live cell put into words, never computed.

/** @import { Values } from "./types.js" */
import { formatNumber } from "../shared/numbers.js"

/**
 * How many steps a half-life is; from the largest number that Python sends on, only that it is more.
 * @param {number} tenths
 * @param {number} largest
 * @param {[less: string, more: string]} [ends] what is written of a very short and of a very long one
 */
export function stepsText(tenths, largest, [less, more] = ["< 0.1 steps", "> 3,000"]) {
  if (tenths >= largest) return more
  if (tenths === 0) return less
  return `${tenths >= 1000 ? Math.round(tenths / 10).toLocaleString("en") : formatNumber(tenths, 1)} steps`
}

/** @type {[less: string, more: string]} */
const IN_WORDS = ["less than 0.1 steps", "more than 3,000 steps"]

/**
 * Put numbers into the gaps of Python's words, such as {f}; {t} is the step.
 * @param {string} words
 * @param {Values} values
 * @param {number} t
 * @param {number} largest
 */
export const fillWords = (words, values, t, largest) => words.replace(/\{(\w+)\}/g, (_, name) =>
  name === "t" ? String(t)
    : name === "half_life" ? stepsText(values[name], largest, IN_WORDS)
    : formatNumber(values[name]))
