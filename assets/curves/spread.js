// The band around a curve: between the smallest and the largest of what it is the middle of.

/** @import { Curve, Scale } from "./curves.js" */

/**
 * A filled band between two edges of logarithms, which may end at different steps; nothing without edges.
 * @param {Curve} curve
 * @param {Scale} at
 */
export function spreadPath({ spread, colour }, { x, y }) {
  if (!spread) return ""
  const points = (/** @type {number[]} */ logs) =>
    logs.map((log, k) => `${x(k).toFixed(1)},${y(log).toFixed(1)}`)
  const [low, high] = spread.map(points)
  return `<polygon class="spread" points="${[...high, ...low.reverse()].join(" ")}" fill="${colour}"/>`
}
