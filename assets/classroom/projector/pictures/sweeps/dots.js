// A dot for each student: where it lies, and how it comes there. Pure.

/**
 * A dot. x, y: where it lies, in pixels; start: when it begins to fall, as a share of the time.
 * @typedef {{x: number, y: number, start: number}} Dot
 */

const GOLDEN = Math.PI * (3 - Math.sqrt(5)) // between a seed of a sunflower and the next
const LATEST = 0.62 // the last dot begins
const FALL = 1 - LATEST

/**
 * How far dots lie from each other, so that the most of them that lie together fill no more than a circle.
 * @param {number[]} counts
 * @param {number} widest  between neighbours
 * @param {number} reach  of the circle
 */
export function spacingOf(counts, widest, reach) {
  return Math.min(widest, reach / Math.sqrt(Math.max(1, ...counts)))
}

/**
 * Dots around their places like the seeds of a sunflower: so many fill an area as large as they are many.
 * @param {{x: number, y: number, count: number}[]} places
 * @param {number} spacing
 * @returns {Dot[]}
 */
export function dotsOf(places, spacing) {
  const dots = places.flatMap(({ x, y, count }) =>
    Array.from({ length: count }, (_, k) => {
      const far = spacing * Math.sqrt(k), angle = k * GOLDEN
      return { x: x + far * Math.cos(angle), y: y + far * Math.sin(angle) }
    }))
  // Whose turn it is looks random, and is the same whenever it is drawn anew.
  return dots.map((dot, k) => ({ ...dot, start: LATEST * ((k * 0.618034) % 1) }))
}

/**
 * Where a dot is: it falls from above the picture.
 * @param {Dot} dot
 * @param {number} share  of the time
 */
export function heightAt({ y, start }, share) {
  const fallen = Math.min(1, Math.max(0, (share - start) / FALL))
  return y - (1 - fallen) ** 2 * (y + 40)
}
