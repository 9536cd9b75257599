// The names of the lines that curves are compared with, where they have room.

/** @import { Data, Scale } from "./curves.js" */

/**
 * The names of the reference lines: on top of the curves, with an edge that keeps them apart; those of small
 * numbers below their lines, the others at the first of four places that no curve crosses.
 * @param {Data} data
 * @param {Scale} at
 * @param {number} right pixels of margin on the right
 */
export function referenceNames({ references, curves }, { W, left, floor, label, x, y }, right) {
  return references.map(({ name, log }) => {
    const above = y(log) - 4, below = y(log) + label, wide = name.length * label * 0.55
    const isBelow = log < 0 && y(log) + 1.3 * label < floor
    const first = { from: left + 6, line: isBelow ? below : above }
    const end = W - right - wide - 6
    const others = [{ from: left + 6, line: below }, { from: end, line: above }, { from: end, line: below }]
    const places = [first, ...others].filter(({ line }) => line < floor)
    const isFree = (/** @type {{from: number, line: number}} */ { from, line }) => curves.every((curve) =>
      curve.logs.every((each, k) => {
        const at = x(curve.start + k), high = y(each)
        return at < from || at > from + wide || high < line - label || high > line + 3
      }))
    const { from, line } = (log < 0 ? first : places.find(isFree)) ?? first
    return `<text class="reference-name" x="${from}" y="${line}">${name}</text>`
  }).join("")
}
