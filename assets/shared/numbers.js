// Whole numbers that Python sends: unpacked, and written as text. Nothing of the model is computed here.

export const ONE = 100 // a value of 1, in hundredths
/** @type {Record<number, number>} */
const SCALE = { 1: 10, 2: 100 } // by digits after the point: Python sends tenths or hundredths

/**
 * Write a number as text, with a true minus sign; whole: in tenths or hundredths, as `digits` says.
 * @param {number} whole
 * @param {1 | 2} [digits]
 */
export function formatNumber(whole, digits = 2) {
  const text = (Math.abs(whole) / SCALE[digits]).toFixed(digits)
  return whole < 0 ? "−" + text : text
}

/**
 * Write a whole number as an exponent.
 * @param {number} n
 */
export const superscript = (n) =>
  String(n).replace(/[-\d]/g, (c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)]))

/**
 * Decode base64.
 * @param {string} text
 */
export const decodeBytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0))

/**
 * Decode signed numbers of two bytes each, low bytes first.
 * @param {string} text
 */
export const decodeInt16 = (text) => new Int16Array(decodeBytes(text).buffer)

/**
 * Decode unsigned numbers of two bytes each, low bytes first.
 * @param {string} text
 */
export const decodeUint16 = (text) => new Uint16Array(decodeBytes(text).buffer)

/**
 * Decode unsigned numbers of four bytes each, low bytes first.
 * @param {string} text
 */
export const decodeUint32 = (text) => new Uint32Array(decodeBytes(text).buffer)
