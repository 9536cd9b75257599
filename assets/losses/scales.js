// Where things are in the picture: steps and codes become pixels, points become paths.

/** @import { Picture } from "./types.js" */
import { INFINITE } from "./numbers.js"
import { isLow } from "../shared/size.js"

/** @typedef {ReturnType<typeof scales>} Scales */
/** @typedef {[x: number, y: number]} Point */

const RIGHT = 14, SECOND_AXIS = 38 // pixels beside the panels, without and with an axis there
const USUAL_LABEL = 13 // pixels: the size of labels for which the margins were chosen; they follow it
const LOSS_HEIGHT = 246, LOW_LOSS_HEIGHT = 106, NORM_HEIGHT = 92 // pixels of the panels

/** @param {number} value */
const tenth = (value) => Math.round(value * 10) / 10

/**
 * The scales of a picture of width W. A code without a place on its axis is at NaN.
 * @param {Pick<Picture, "x" | "y" | "norm">} data
 * @param {number} W
 * @param {number} [label] the size of labels
 */
export function scales({ x, y, norm }, W, label = USUAL_LABEL) {
  const larger = label / USUAL_LABEL, left = Math.round(44 * larger), top = Math.round(22 * larger)
  const lossHeight = isLow(label) ? LOW_LOSS_HEIGHT : LOSS_HEIGHT
  const right = y.other_unit ? Math.round(SECOND_AXIS * larger) : RIGHT
  const across = W - left - right
  const bend = (/** @type {number} */ step) => (x.linear ? Math.log1p(step / x.linear) : step)
  const floor = top + lossHeight, normTop = floor + Math.round(32 * larger)
  const bottom = norm ? normTop + NORM_HEIGHT : floor
  return {
    W, label, left, right, top, normTop, bottom, height: bottom + Math.round(42 * larger),
    x: (/** @type {number} */ step) => tenth(left + (across * bend(step)) / bend(x.last)),
    y: (/** @type {number} */ code) =>
      tenth(code <= INFINITE ? NaN : code < 0 ? top : floor - (lossHeight * code) / y.top),
    norm: (/** @type {number} */ code) => {
      if (code <= INFINITE || !norm) return NaN
      const inside = Math.max(norm.low, Math.min(norm.high, code))
      return tenth(normTop + NORM_HEIGHT - (NORM_HEIGHT * (inside - norm.low)) / (norm.high - norm.low))
    },
  }
}

/**
 * A curve as a path with gaps where there is nothing to see, and its last point; above the axis, where
 * `isOutside` says so, it only goes up and comes back.
 * @param {number[]} xs
 * @param {number[]} ys
 * @param {(k: number) => boolean} isOutside
 */
export function curvePath(xs, ys, isOutside) {
  let d = "", pen = "M"
  /** @type {Point | null} */
  let end = null
  for (const [k, x] of xs.entries()) {
    if (Number.isNaN(ys[k])) {
      pen = "M"
      continue
    }
    d += `${k && isOutside(k) && isOutside(k - 1) ? "M" : pen}${x} ${ys[k]}`
    end = [x, ys[k]]
    pen = "L"
  }
  return { d, end }
}

/**
 * Points of a curve that are on the axis and at least `gap` apart.
 * @param {number[]} xs
 * @param {number[]} ys
 * @param {ArrayLike<number>} codes
 * @param {number} gap
 */
export function spacedPoints(xs, ys, codes, gap) {
  /** @type {Point[]} */
  const points = []
  xs.forEach((x, k) => {
    if (codes[k] >= 0 && x >= (points.at(-1)?.[0] ?? -gap) + gap) points.push([x, ys[k]])
  })
  return points
}

/**
 * The row whose x is nearest to another; −1 if there is none.
 * @param {number[]} xs
 * @param {number} x
 */
export function nearest(xs, x) {
  let best = -1
  xs.forEach((own, k) => { if (best < 0 || Math.abs(own - x) < Math.abs(xs[best] - x)) best = k })
  return best
}

// Marks, as paths.

/** @type {(x: number, y: number, r: number) => string} */
export const circle = (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`

/** @type {(x: number, y: number, r: number) => string} */
export const square = (x, y, r) => `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`

/** @type {(x: number, y: number) => string} */
export const triangle = (x, y) => `M${x - 6} ${y + 1}h12l-6 -10z`

/** @type {(x: number, y: number) => string} */
export const cross = (x, y) => `M${x - 5} ${y - 5}l10 10m0 -10l-10 10`
