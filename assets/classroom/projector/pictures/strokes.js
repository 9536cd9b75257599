// The curves of many networks on a canvas: thin lines of all, thick ones of each setup's median, and a band
// between its quartiles.

/** @import { Run, RunTable } from "../../types.js" */

import { emptied } from "./canvas.js"

export const SETUP_COLOURS = ["after", "accent", "right", "soft"] // names of the page's colours

/** @typedef {{x: (step: number) => number, y: (height: number) => number, size: number}} Ground */

/**
 * Paint all curves. lengths: how many points of each are there to be seen; between two whole numbers the last
 * stroke is on its way.
 * @param {HTMLCanvasElement} canvas
 * @param {RunTable} table
 * @param {Ground} ground
 * @param {{colours: string[], lengths: Map<string, number>}} look
 */
export function paintRuns(canvas, table, ground, { colours, lengths }) {
  const pen = emptied(canvas)
  pen.lineJoin = "round"
  pen.globalAlpha = 0.5
  pen.lineWidth = Math.max(1, 0.045 * ground.size)
  for (const run of table.runs) {
    pen.strokeStyle = colours[run.setup % colours.length]
    stroke(pen, pixels(run.points, ground), lengths.get(nameOfRun(run)) ?? 0)
  }
  table.quantiles.forEach((rows, setup) => {
    const colour = colours[setup % colours.length], end = lengthOfSetup(table, lengths, setup)
    const rowsThere = rows.slice(0, Math.ceil(end))
    pen.fillStyle = pen.strokeStyle = colour
    pen.globalAlpha = 0.2
    band(pen, rowsThere, ground)
    pen.globalAlpha = 1
    pen.lineWidth = 0.17 * ground.size
    stroke(pen, pixels(rowsThere.map(([step, , median]) => [step, median]), ground), rowsThere.length)
  })
}

/**
 * How much of the quantiles is there to be seen: as much as of the longest curve of the setup.
 * @param {RunTable} table
 * @param {Map<string, number>} lengths
 * @param {number} setup
 */
function lengthOfSetup({ runs, quantiles }, lengths, setup) {
  const own = runs.filter((run) => run.setup === setup)
  const lengthOf = (/** @type {Run} */ run) => lengths.get(nameOfRun(run)) ?? 0
  const isAll = own.every((run) => lengthOf(run) >= run.points.length)
  return isAll ? quantiles[setup].length : Math.max(0, ...own.map(lengthOf))
}

/**
 * @param {[number, number][]} points
 * @param {Ground} ground
 * @returns {[number, number][]}
 */
function pixels(points, { x, y }) {
  return points.map(([step, height]) => [x(step), y(height)])
}

/**
 * A line through the first places, the last stroke as far as it has come.
 * @param {CanvasRenderingContext2D} pen
 * @param {[number, number][]} places
 * @param {number} length
 */
function stroke(pen, places, length) {
  const whole = Math.min(places.length, Math.floor(length))
  pen.beginPath()
  for (const [x, y] of places.slice(0, whole)) pen.lineTo(x, y)
  const from = places[whole - 1], to = places[whole], share = length - whole
  if (from && to) pen.lineTo(from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1]))
  pen.stroke()
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {RunTable["quantiles"][number]} rows
 * @param {Ground} ground
 */
function band(pen, rows, { x, y }) {
  pen.beginPath()
  for (const [step, low] of rows) pen.lineTo(x(step), y(low))
  for (const [step, , , high] of [...rows].reverse()) pen.lineTo(x(step), y(high))
  pen.fill()
}

/** @param {Run} run */
function nameOfRun({ seed, setup }) {
  return `${seed} ${setup}`
}

/**
 * How many points of each curve are there to be seen at a moment between two looks at the networks.
 * @param {Map<string, number>} before  at the last look, by the names of runs
 * @param {Run[]} runs
 * @param {number} share  of the time between two looks
 */
export function grownLengths(before, runs, share) {
  return new Map(runs.map((run) => {
    const name = nameOfRun(run), all = run.points.length, from = Math.min(all, before.get(name) ?? 0)
    return [name, from + share * (all - from)]
  }))
}
