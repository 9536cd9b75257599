// A sweep on its canvas: what comes of each setting, in the model's colour, and the dots of the class, in the
// colour of its votes, as far as they have fallen.

/** @import { Asking } from "../../../types.js" */
/** @import { Plan } from "./sweep.js" */

import { coloursOf, emptied } from "../canvas.js"
import { dotsOf, heightAt, spacingOf } from "./dots.js"
import { choicesOf, markedSetting } from "./settings.js"

const WIDEST = 0.34, REACH = 1.15 // between dots, and of the most that lie together, in sizes of the text
const RADIUS = 0.82 // of a dot, in their spacing
const FULL_TURN = 2 * Math.PI
const PALEST = 0.05, PALE_RANGE = 0.8 // of the colour of a height

/**
 * A function that paints it at each moment.
 * @param {HTMLCanvasElement} canvas
 * @param {Plan} plan
 * @param {Asking} asking
 * @param {number} size  of the text, in pixels
 * @returns {(share: number) => void}
 */
export function sweepPainter(canvas, plan, asking, size) {
  const rounds = asking.rounds ?? []
  const [now, before] = [rounds.at(-1), rounds.at(-2)].map((counts) =>
    choicesOf(counts).map((choice) => ({ ...plan.place(choice.at), ...choice })))
  const counts = [...now, ...before].map(({ count }) => count)
  const reach = plan.cell ? 0.8 * REACH : REACH
  const spacing = spacingOf(counts, WIDEST * size, reach * size)
  const dots = dotsOf(now, spacing), radius = RADIUS * spacing
  const marked = asking.surface ? markedSetting(asking) : null
  const hits = now.find(({ at }) => marked && String(at) === String(marked.at))?.count ?? 0
  const halo = Math.max(0.5 * size, hits && 1.3 * extentOf(hits, spacing))
  const [page, text, after, accent, soft, right] = coloursOf(
    /** @type {Element} */ (canvas.parentElement), ["page", "text", "after", "accent", "soft", "right"],
  )
  const paintGround = () =>
    plan.cell ? fields(pen, plan, asking, accent) : line(pen, plan, now, { accent, page, size })
  /** @type {CanvasRenderingContext2D} */
  let pen
  return (share) => {
    pen = emptied(canvas)
    paintGround()
    if (marked) diamond(pen, plan.place(marked.at), halo, { right, page })
    pen.lineWidth = 0.06 * size
    pen.strokeStyle = plan.cell ? text : soft
    for (const { x, y, count } of before) {
      circle(pen, x, y, extentOf(count, spacing) + 0.3 * radius, "stroke")
    }
    pen.fillStyle = after
    pen.strokeStyle = page
    pen.lineWidth = Math.max(1, 0.2 * radius)
    for (const dot of dots) {
      if (share < dot.start) continue
      circle(pen, dot.x, heightAt(dot, share), radius, "both")
    }
  }
}

/**
 * How far dots that lie together reach.
 * @param {number} count
 * @param {number} spacing
 */
const extentOf = (count, spacing) => spacing * (Math.sqrt(count - 1) + RADIUS)

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {"stroke" | "both"} how
 */
function circle(pen, x, y, radius, how) {
  pen.beginPath()
  pen.arc(x, y, radius, 0, FULL_TURN)
  if (how === "both") pen.fill()
  pen.stroke()
}

/**
 * The curve, with a hole at each setting that nobody has chosen.
 * @param {CanvasRenderingContext2D} pen
 * @param {Plan} plan
 * @param {{x: number, y: number}[]} chosen
 * @param {{accent: string, page: string, size: number}} look
 */
function line(pen, { line: places }, chosen, { accent, page, size }) {
  pen.strokeStyle = accent
  pen.lineWidth = 0.1 * size
  pen.beginPath()
  for (const { x, y } of places) pen.lineTo(x, y)
  pen.stroke()
  pen.fillStyle = page
  for (const { x, y } of places) {
    if (!chosen.some((one) => one.x === x)) circle(pen, x, y, 0.14 * size, "both")
  }
}

/**
 * The map: the higher, the stronger its colour.
 * @param {CanvasRenderingContext2D} pen
 * @param {Plan} plan
 * @param {Asking} asking
 * @param {string} colour
 */
function fields(pen, { cell, place }, { settings = [], surface }, colour) {
  const { width, height } = /** @type {{width: number, height: number}} */ (cell)
  const columns = settings[1].values.length
  pen.fillStyle = colour
  surface?.heights.forEach((share, k) => {
    const { x, y } = place([Math.floor(k / columns), k % columns])
    pen.globalAlpha = strengthOf(share)
    pen.fillRect(x - width / 2 + 0.5, y - height / 2 + 0.5, width - 1, height - 1)
  })
  pen.globalAlpha = 1
}

/** @param {number} share  a height, from 0 to 1: how strong its colour is */
export function strengthOf(share) {
  return PALEST + PALE_RANGE * share
}

/**
 * The setting that is marked, below the dots of those who have chosen it, and wider than they lie.
 * @param {CanvasRenderingContext2D} pen
 * @param {{x: number, y: number}} place
 * @param {number} reach
 * @param {{right: string, page: string}} look
 */
function diamond(pen, { x, y }, reach, { right, page }) {
  pen.beginPath()
  pen.moveTo(x, y - reach)
  pen.lineTo(x + reach, y)
  pen.lineTo(x, y + reach)
  pen.lineTo(x - reach, y)
  pen.closePath()
  pen.fillStyle = right
  pen.strokeStyle = page
  pen.lineWidth = 2
  pen.fill()
  pen.stroke()
}
