// Who moved from which answer to which, as bands between two columns of bars. Pure: places and paths only.

/** @import { Value } from "../../types.js" */

/**
 * A band. start, end: ids of answers; middle: where its number stands, null where there is no room for one.
 * @typedef {object} Band
 * @property {Value} start
 * @property {Value} end
 * @property {number} count
 * @property {string} path
 * @property {{x: number, y: number} | null} middle
 */

const STEPS = [0.5, 0.32, 0.68, 0.18, 0.82] // along a band, where its number may stand

/**
 * @param {{id: string, y: number}[]} rows  answers, with the middle of their bars in pixels
 * @param {[Value, Value, number][]} moved
 * @param {{left: number, right: number, thickness: number, text: number}} place  in pixels; thickness: of a
 *   bar; text: the size of numbers
 * @returns {Band[]}  the widest first
 */
export function bandsOf(rows, moved, { left, right, thickness, text }) {
  const order = new Map(rows.map(({ id }, k) => [String(id), k]))
  const moves = moved
    .filter(([start, end]) => order.has(String(start)) && order.has(String(end)))
    .map(([start, end, count]) => ({ start, end, count, from: at(order, start), to: at(order, end) }))
  const most = Math.max(1, ...rows.flatMap((_, k) => [total(moves, "from", k), total(moves, "to", k)]))
  const unit = thickness / most
  const starts = stack(moves, "from", "to", rows, unit), ends = stack(moves, "to", "from", rows, unit)
  /** @type {{x: number, y: number}[]} */
  const numbers = []
  const wide = [...moves].sort((a, b) => b.count - a.count)
  return wide.map((move) => {
    const { start, end, count } = move
    const y0 = starts.get(move) ?? 0, y1 = ends.get(move) ?? 0, high = unit * count
    const bend = (left + right) / 2
    const path =
      `M${left} ${y0}C${bend} ${y0} ${bend} ${y1} ${right} ${y1}v${high}` +
      `C${bend} ${y1 + high} ${bend} ${y0 + high} ${left} ${y0 + high}z`
    let middle = null
    if (start !== end) {
      const free = STEPS.map((t) => ({ x: left + t * (right - left), y: curve(t, y0, y1) + high / 2 }))
      middle = free.find((one) => numbers.every((other) => isApart(one, other, text))) ?? null
      if (middle) numbers.push(middle)
    }
    return { start, end, count, path, middle }
  })
}

/**
 * @param {Map<string, number>} order
 * @param {Value} id
 */
function at(order, id) {
  return order.get(String(id)) ?? 0
}

/**
 * @typedef {{start: Value, end: Value, count: number, from: number, to: number}} Move
 */

/**
 * @param {Move[]} moves
 * @param {"from" | "to"} side
 * @param {number} row
 */
function total(moves, side, row) {
  return moves.reduce((sum, move) => sum + (move[side] === row ? move.count : 0), 0)
}

/**
 * Where the bands begin on one side, one below the other in the order of the other side: so the fewest cross.
 * @param {Move[]} moves
 * @param {"from" | "to"} side
 * @param {"from" | "to"} other
 * @param {{y: number}[]} rows
 * @param {number} unit
 */
function stack(moves, side, other, rows, unit) {
  const tops = new Map()
  rows.forEach(({ y }, row) => {
    let top = y - (unit * total(moves, side, row)) / 2
    const own = moves.filter((move) => move[side] === row).sort((a, b) => a[other] - b[other])
    for (const move of own) {
      tops.set(move, top)
      top += unit * move.count
    }
  })
  return tops
}

/**
 * The height of a band's upper edge: a Bézier curve whose handles lie in the middle.
 * @param {number} t
 * @param {number} y0
 * @param {number} y1
 */
function curve(t, y0, y1) {
  const s = 1 - t
  return y0 * (s * s * s + 3 * s * s * t) + y1 * (3 * s * t * t + t * t * t)
}

/**
 * @param {{x: number, y: number}} one
 * @param {{x: number, y: number}} other
 * @param {number} text
 */
function isApart(one, other, text) {
  return Math.abs(one.x - other.x) > 1.4 * text || Math.abs(one.y - other.y) > 1.05 * text
}
