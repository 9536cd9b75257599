// A run into the parts of the chart over time.

/** @import { RunState, Target } from "../types.js" */
/** @import { Columns } from "./layout.js" */
/** @import { Parts } from "./parts.js" */
import { setAttributes, setText } from "../../shared/dom.js"
import { shape } from "../../shared/shape.js"
import { ONE, formatNumber } from "../../shared/numbers.js"
import { RIGHT, ROWS } from "./layout.js"

const TICK = 50 // hundredths: the states' axis ends at multiples of it
const ROOM = 25 // hundredths beyond a target's edge

/**
 * How far up and down the input's panel goes, in hundredths.
 * @param {Int16Array} x
 */
export const inputReach = (x) => (x.some((value) => Math.abs(value) > 2 * ONE) ? 4 * ONE : 2 * ONE)

/**
 * Draw a run: the input's bars, the states' lines, the gates' bars, the cursor at its step.
 * @param {Parts} parts
 * @param {Columns} columns
 * @param {RunState} run
 */
export function drawRun(parts, columns, run) {
  const reach = inputReach(run.x), { heights, inputZero, rowTop } = columns
  const hasRoom = heights.input >= 2.6 * columns.label // not on a low screen
  setText(parts.scale.high, hasRoom ? String(reach / ONE) : "")
  setText(parts.scale.low, hasRoom ? `−${reach / ONE}` : "")
  setAttributes(parts.bars.x, { d: barsPath(columns, run.x, inputZero, heights.input / 2, reach) })
  ROWS.forEach((name, k) => {
    const isSigned = name === "C_tilde" // its bars start in the middle
    const room = isSigned ? heights.row / 2 : heights.row, base = rowTop(k) + room
    setAttributes(parts.bars[name], { d: barsPath(columns, run.curves[name], base, room, ONE) })
  })
  drawStates(parts, columns, run)
  setAttributes(parts.cursor, { x: columns.middle(run.t) - columns.width / 2 })
}

/**
 * A row's bars, each from `base` by as much of `room` as its value is of `largest`; negative ones go down.
 * @param {Columns} columns
 * @param {Int16Array} values
 * @param {number} base
 * @param {number} room
 * @param {number} largest
 */
export function barsPath({ T, width, middle }, values, base, room, largest) {
  const thick = Math.max(2, width - 3)
  let d = ""
  for (let t = 1; t <= T; t++) {
    const size = room * Math.max(-1, Math.min(1, values[t - 1] / largest))
    d += `M${(middle(t) - thick / 2).toFixed(1)} ${base}h${thick.toFixed(1)}` +
      `v${(-size || -0.8).toFixed(1)}h${(-thick).toFixed(1)}z`
  }
  return d
}

/**
 * @param {Parts} parts
 * @param {Columns} columns
 * @param {RunState} run
 */
function drawStates(parts, columns, run) {
  const { curves, rnn, start, t, target, isCovered } = run
  const [low, high] = statesRange(run), { left, statesBottom, heights } = columns
  const y = (/** @type {number} */ value) =>
    statesBottom - ((Math.max(low, Math.min(high, value)) - low) * heights.states) / (high - low)
  setText(parts.axis.low, y(low) - y(0) > 1.3 * columns.label ? formatNumber(low) : "")
  setText(parts.axis.high, y(0) - y(high) > 1.3 * columns.label ? formatNumber(high) : "")
  setAttributes(parts.axis.zero, { y: y(0) + 0.32 * columns.label })
  setAttributes(parts.zero, { d: `M${left} ${y(0)}H${columns.W - RIGHT}` })
  const line = (/** @type {Int16Array} */ values, /** @type {number} */ first) => `M${left} ${y(first)}` +
    Array.from(values, (value, k) => `L${columns.middle(k + 1).toFixed(1)} ${y(value).toFixed(1)}`).join("")
  setAttributes(parts.lines.C, { d: isCovered ? "" : line(curves.C, start.C) })
  setAttributes(parts.lines.h, { d: isCovered ? "" : line(curves.h, start.h) })
  setAttributes(parts.lines.rnn, { d: rnn ? line(rnn, start.h) : "" })
  for (const name of /** @type {const} */ (["C", "h"])) {
    const cy = y(isCovered ? 0 : curves[name][t - 1]), visibility = isCovered ? "hidden" : "visible"
    setAttributes(parts.dots[name], { cx: columns.middle(t), cy, visibility })
  }
  drawTarget(parts, columns, target, curves, y)
}

/**
 * Where the axis of the states ends, in hundredths.
 * @param {RunState} run
 * @returns {[low: number, high: number]}
 */
export function statesRange({ curves, rnn, start, target }) {
  const edges = target ? [...target.low, ...target.high].filter((edge) => edge !== null) : []
  const room = edges.map((edge) => edge + ROOM * Math.sign(edge))
  const values = [...curves.C, ...curves.h, ...(rnn ?? []), ...room, start.C, 0, ONE]
  return [Math.floor(Math.min(...values) / TICK) * TICK, Math.ceil(Math.max(...values) / TICK) * TICK]
}

/**
 * The band in which a quantity has to be, and the step at which it isn't.
 * @param {Parts} parts
 * @param {Columns} columns
 * @param {Target | null} target
 * @param {RunState["curves"]} curves
 * @param {(value: number) => number} y
 */
function drawTarget(parts, columns, target, curves, y) {
  const { T, width, middle } = columns
  // It moves only with the axis: forty rectangles are not made anew for each move of a slider.
  const place = target ? JSON.stringify([target, T, width, y(0), y(ONE)]) : ""
  parts.failure.replaceChildren()
  if (parts.band.dataset.place !== place) {
    parts.band.dataset.place = place
    parts.band.replaceChildren(...(target ? bandShapes(columns, target, y) : []))
  }
  if (!target?.failed) return
  const value = curves[target.quantity][target.failed - 1]
  parts.failure.append(shape("circle", { cx: middle(target.failed), cy: y(value), r: 10 }))
}

/**
 * A rectangle for each step at which something is asked.
 * @param {Columns} columns
 * @param {Target} target
 * @param {(value: number) => number} y
 */
function bandShapes({ T, width, middle, statesTop, statesBottom }, target, y) {
  const shapes = []
  for (let t = 1; t <= T; t++) {
    const low = target.low[t - 1], high = target.high[t - 1]
    if (low === null && high === null) continue
    const top = high === null ? statesTop : y(high), bottom = low === null ? statesBottom : y(low)
    const height = Math.max(2, bottom - top)
    shapes.push(shape("rect", { x: middle(t) - width / 2, y: top, width, height }))
  }
  return shapes
}

/**
 * What the lines are, as markup.
 * @param {RunState} run
 * @param {(symbol: string) => string} colour
 */
export function legendMarkup({ rnn, target, draw }, colour) {
  const entries = [`<b style="color:${colour("C")}">━ C</b>`, `<b style="color:${colour("h")}">╍ h</b>`]
  if (rnn) entries.push(`<b style="color:${colour("RNN")}">••• h of an RNN</b>`)
  if (target) entries.push(`<span class="swatch"></span> allowed range of ${target.quantity}`)
  if (draw) entries.push("<small>To draw an input of your own, drag the bars of x.</small>")
  return entries.join(" ")
}
