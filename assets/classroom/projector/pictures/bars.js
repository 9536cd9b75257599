// The answers with their bars: of one vote, or of two side by side with who moved where between them.

/** @import { Asking, Value } from "../../types.js" */
/** @import { Row } from "../view.js" */

import { element } from "../../../shared/dom.js"
import { shape } from "../../../shared/shape.js"
import { worded } from "../elements.js"
import { bandsOf } from "./flow.js"
import { roundNameOf, tableOf } from "../view.js"

// In sizes of the text. Beside a longest bar there has to be room for its label: then it is shorter.
const ONE = { width: 13, bar: 8 } // of one vote: the whole drawing, the longest bar
const TWO = { width: 23, bar: 3.6, left: 8.2, right: 14.8 } // and where the bands begin and end
const THICKNESS = 1.15, GAP = 0.3

/**
 * The answers as a table, and a function that draws its bars once it has its final size.
 * @param {Asking} asking
 */
export function answerTable(asking) {
  const { rows, rounds } = tableOf(asking)
  const isDouble = rounds.length === 2
  const kind = isDouble ? "table double" : "table"
  const table = element("div", { class: kind, style: `--drawing: ${isDouble ? TWO.width : ONE.width}em` })
  const lines = rows.map((row) => answerRow(row, asking, rounds))
  table.append(...lines)
  const drawing = shape("svg", { class: "drawing", "aria-hidden": "true" })
  table.append(drawing)
  const draw = () => {
    const size = parseFloat(getComputedStyle(table).fontSize)
    const places = lines.map((line, k) => ({ ...rows[k], y: line.offsetTop + line.offsetHeight / 2 }))
    const label = widest(drawing, rows)
    const parts = isDouble ? two(asking, rounds, places, size, label) : one(places, size, label)
    drawing.setAttribute("viewBox", `0 0 ${size * (isDouble ? TWO.width : ONE.width)} ${table.offsetHeight}`)
    drawing.replaceChildren(...parts)
  }
  return { table, draw }
}

/**
 * @param {Row} row
 * @param {Asking} asking
 * @param {number[]} rounds  numbers of the votes
 */
function answerRow({ letter, words, right, counts, shares }, asking, rounds) {
  const each = rounds.map((round, k) => `${roundNameOf(asking, round)}: ${counts[k]}, ${shares[k]} percent.`)
  const read = each.join(" ")
  const line = element("div", { class: right ? "answer right" : "answer" })
  line.append(
    element("span", { class: "letter" }, letter),
    element("span", { class: "words" }, worded("span", {}, words), right ? mark() : ""),
    element("span", { class: "read" }, `${right ? "This is right. " : ""}${read}`),
    element("span", { class: "space" }),
  )
  return line
}

function mark() {
  return element("span", { class: "mark", "aria-hidden": "true" }, "\u00a0✓")
}

/** @typedef {Row & {y: number}} Place  y: the middle of a row in pixels */

/**
 * @param {Place[]} places
 * @param {number} size  of the text in pixels
 * @param {number} widestLabel  in pixels
 */
function one(places, size, widestLabel) {
  const most = Math.max(1, ...places.map(({ shares }) => shares[0]))
  const longest = Math.min(ONE.bar * size, (ONE.width - GAP) * size - widestLabel)
  return places.flatMap(({ y, right, shares, counts }) => {
    const width = (longest * shares[0]) / most
    return bar(0, width, y, size, right ? "right" : "after", label(shares[0], counts[0]), "start")
  })
}

/**
 * @param {Asking} asking
 * @param {number[]} rounds
 * @param {Place[]} places
 * @param {number} size
 * @param {number} widestLabel
 */
function two(asking, rounds, places, size, widestLabel) {
  const most = Math.max(1, ...places.flatMap(({ shares }) => shares))
  const left = TWO.left * size, right = TWO.right * size
  const room = Math.min(TWO.left, TWO.width - TWO.right) - GAP
  const unit = Math.min(TWO.bar * size, room * size - widestLabel) / most
  const place = { left, right, thickness: THICKNESS * size, text: size }
  const bands = bandsOf(places, asking.moved ?? [], place)
  /** @type {Element[]} */
  const parts = bands.map(({ start, end, path }) => {
    return shape("path", { class: `band ${kindOf(start, end, asking)}`, d: path })
  })
  for (const { y, shares, counts, ...row } of places) {
    const before = unit * shares[0], after = unit * shares[1]
    const kinds = row.right ? ["before right", "right"] : ["before", "after"]
    const labels = shares.map((share, k) => label(share, counts[k]))
    parts.push(
      ...bar(left - before, before, y, size, kinds[0], labels[0], "end"),
      ...bar(right, after, y, size, kinds[1], labels[1], "start"),
    )
  }
  for (const { count, middle } of bands) {
    if (middle) parts.push(text(middle.x, middle.y, "middle", String(count), "number"))
  }
  const [first, second] = rounds.map((round) => roundNameOf(asking, round))
  parts.push(text(left, 0.75 * size, "end", first), text(right, 0.75 * size, "start", second))
  return parts
}

/**
 * @param {Value} start
 * @param {Value} end
 * @param {Asking} asking
 */
function kindOf(start, end, { right }) {
  if (start === end) return "stayed"
  return end === right ? "came" : start === right ? "left" : ""
}

/**
 * @param {number} share
 * @param {number} count
 */
function label(share, count) {
  return `${share}% (${count})`
}

/**
 * The width of the widest label in pixels, as this browser sets it.
 * @param {Element} drawing
 * @param {Row[]} rows
 */
function widest(drawing, rows) {
  const labels = rows.flatMap(({ shares, counts }) => shares.map((share, k) => label(share, counts[k])))
  const texts = labels.map((words) => /** @type {SVGTextElement} */ (text(0, 0, "start", words)))
  drawing.replaceChildren(...texts)
  return Math.max(0, ...texts.map((node) => node.getComputedTextLength()))
}

/**
 * A bar and its label beyond its free end.
 * @param {number} x
 * @param {number} width
 * @param {number} y
 * @param {number} size
 * @param {string} kind
 * @param {string} words
 * @param {"start" | "end"} anchor
 */
function bar(x, width, y, size, kind, words, anchor) {
  const high = THICKNESS * size, gap = GAP * size
  const place = { x, y: y - high / 2, width: Math.max(2, width), height: high }
  const rect = shape("rect", { class: `bar ${kind}`, ...place })
  return [rect, text(anchor === "end" ? x - gap : x + width + gap, y, anchor, words)]
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} anchor
 * @param {string} words
 * @param {string} [kind]
 */
function text(x, y, anchor, words, kind = "") {
  return shape("text", { x, y, "text-anchor": anchor, "dominant-baseline": "central", class: kind }, words)
}
