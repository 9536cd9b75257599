// What the reader writes and how it colours: shares, characters that can be seen, the colour of a value.

/** @import { Colouring } from "./types.js" */

/**
 * Write a share; n: in hundredths of a per cent.
 * @param {number} n
 */
export const percent = (n) => (n >= 100 ? `${Math.round(n / 100)}%` : n > 0 ? "< 1%" : "0%")

/** @type {Record<string, string>} */
const SIGNS = { " ": "␣", "\n": "⏎", "\t": "⇥" }

/**
 * Write a character such that it can be seen.
 * @param {string} char
 */
export const visible = (char) => SIGNS[char] ?? char

/**
 * Mix a colour with the page, so that what is written on it can be read.
 * @param {string} colour
 */
export const faint = (colour) => `color-mix(in srgb, ${colour} 45%, transparent)`

/**
 * The colour of a value: of a unit with its own scale by where it lies on it; else by the bounds of the
 * palette's colours, which are in rising order.
 * @param {number} value
 * @param {Colouring} colouring
 * @param {number} row
 */
export function colourOf(value, { bounds, palette, spans }, row) {
  if (spans) {
    const [start, end] = spans[row], share = Math.max(0, Math.min(1, (value - start) / (end - start)))
    return palette[Math.round(share * (palette.length - 1))]
  }
  let low = 0, high = bounds.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (bounds[middle] <= value) low = middle + 1
    else high = middle
  }
  return palette[low]
}

/**
 * #rrggbb as a canvas keeps it, red in the lowest byte.
 * @param {string} colour
 */
export function pixelOf(colour) {
  const n = parseInt(colour.slice(1), 16)
  return (0xff000000 | ((n & 255) << 16) | (n & 0xff00) | (n >> 16)) >>> 0
}
