// Numbers of the live cell: unpacked and put in their places, never computed.

import { decodeBytes, formatNumber } from "../shared/numbers.js"

/**
 * How many steps a half-life is; from the largest number that Python sends on, only that it is more.
 * @param {number} tenths
 * @param {number} largest
 */
export function stepsText(tenths, largest) {
  if (tenths >= largest) return "> 3,000"
  return `${tenths >= 1000 ? Math.round(tenths / 10) : formatNumber(tenths, 1)} steps`
}

/**
 * Join numbers of two bytes: all low bytes come before all high ones.
 * @param {Uint8Array} planes
 */
function joinPlanes(planes) {
  const size = planes.length / 2
  const numbers = new Int16Array(size)
  for (let k = 0; k < size; k++) numbers[k] = planes[k] | (planes[size + k] << 8)
  return numbers
}

/**
 * Unpack what `pack` in Python made without deflating it: it is read without waiting.
 * @param {string} text
 */
export const unpackPlain = (text) => joinPlanes(decodeBytes(text))

/**
 * Unpack what `pack` in Python made.
 * @param {string} text
 */
export async function unpack(text) {
  const stream = new Blob([decodeBytes(text)]).stream().pipeThrough(new DecompressionStream("deflate"))
  return joinPlanes(new Uint8Array(await new Response(stream).arrayBuffer()))
}

/**
 * Parts by name, from one array after the other.
 * @param {Int16Array} numbers
 * @param {[name: string, size: number][]} parts
 */
export function splitParts(numbers, parts) {
  /** @type {Record<string, Int16Array>} */
  const tables = {}
  let from = 0
  for (const [name, size] of parts) {
    tables[name] = numbers.subarray(from, from + size)
    from += size
  }
  return tables
}
