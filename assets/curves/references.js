// Where names stand in a picture of curves: those of the lines to compare with, where they have room, and a
// curve's own at its end.

/** @import { Curve, Data, Scale } from "./curves.js" */
/** @typedef {{from: number, line: number}} Place  where a name begins */

/**
 * The names of the reference lines: on top of the curves, with an edge that keeps them apart; those of small
 * numbers below their lines, the others at the first of four places that no curve crosses and no name takes.
 * @param {Data} data
 * @param {Scale} at
 * @param {number} right pixels of margin on the right
 */
export function referenceNames({ references, curves }, at, right) {
  const { W, left, floor, label, x, y } = at
  const named = curves.filter((curve) => curve.label && curve.logs.length)
  const names = named.map((curve) => labelPlace(curve, at))
  return references.map(({ name, log }) => {
    const above = y(log) - 4, below = y(log) + label, wide = name.length * label * 0.55
    const isBelow = log < 0 && y(log) + 1.3 * label < floor
    const first = { from: left + 6, line: isBelow ? below : above }
    const end = W - right - wide - 6
    const others = [{ from: left + 6, line: below }, { from: end, line: above }, { from: end, line: below }]
    const places = [first, ...others].filter(({ line }) => line < floor)
    const isFree = (/** @type {Place} */ { from, line }) => curves.every((curve) =>
      curve.logs.every((each, k) => {
        const here = x(curve.start + k), high = y(each)
        return here < from || here > from + wide || high < line - label || high > line + 3
      }))
    const isApart = (/** @type {Place} */ { from, line }) => names.every((other) =>
      other.end < from || other.end - other.wide > from + wide || Math.abs(other.line - line) > label * 1.1)
    const free = places.filter(isApart)
    const { from, line } = (log < 0 ? first : free.find(isFree) ?? free[0]) ?? first
    return `<text class="reference-name" x="${from}" y="${line}">${name}</text>`
  }).join("")
}

/**
 * Where a curve's name stands: at its end, below it where there is room, so that no curve runs through it.
 * @param {Curve} curve
 * @param {Scale} at
 */
export function labelPlace({ logs, start, label }, { x, y, step, floor, label: size }) {
  const last = logs.length - 1, below = y(logs[last]) + size * 1.2
  const beside = Math.ceil((label.length * size) / 2 / step) + 1 // steps that a name is long
  const over = Math.min(...logs.slice(-beside).map(y))
  const line = below > floor ? over - size * 0.5 : below
  return { end: x(start + last) - 4, line, wide: label.length * size * 0.55 }
}
