// The parts of the picture that stay as long as their texts do: axes, legend, notes, a group for each run.

/** @import { Picture, RunPaths, RunText } from "./types.js" */
/** @import { Scales } from "./scales.js" */
import { element } from "../shared/dom.js"
import { shape } from "../shared/shape.js"
import { square } from "./scales.js"

const TIGHT = 32 // sizes of a label: a picture that is narrower has no room between its two titles

/**
 * Draw the axes, the reference lines and their texts.
 * @param {SVGGElement} group
 * @param {Picture<RunText>} data
 * @param {Scales} at
 */
export function drawAxes(group, data, at) {
  group.replaceChildren()
  const across = `H${at.W - at.right}`
  // Where titles are large for the picture there is room below the line only.
  const isTight = Boolean(data.y.other_unit) && at.W < TIGHT * at.label
  const title = (/** @type {number} */ y, /** @type {string} */ text) =>
    group.append(shape("text", { class: "title", x: 0, y }, text))
  const level = (/** @type {number} */ y, /** @type {string} */ text) => group.append(
    shape("path", { class: "grid", d: `M${at.left} ${y}${across}` }),
    shape("text", { class: "y", x: at.left - 7, y: y + 0.35 * at.label }, text))
  const reference = (/** @type {number} */ y, /** @type {string} */ text) => group.append(
    shape("path", { class: "reference", d: `M${at.left} ${y}${across}` }),
    shape("text", { class: "name", x: at.W - at.right, y: isTight ? y + at.label : y - 5 }, text))
  title(0.85 * at.label, data.y.title)
  data.y.ticks.forEach(([code, text]) => level(at.y(code), text))
  if (data.y.other_unit) drawOtherUnit(group, data.y.other_unit, data.y.ticks, at)
  reference(at.y(data.guess[0]), data.guess[1])
  if (data.norm) {
    title(at.normTop - 0.75 * at.label, data.norm.title)
    data.norm.ticks.forEach(([code, text]) => level(at.norm(code), text))
    if (data.norm.clip) reference(at.norm(data.norm.clip[0]), data.norm.clip[1])
  }
  drawSteps(group, data.x, at)
}

/**
 * Write the losses of the marks once more, in another unit, on the right.
 * @param {SVGGElement} group
 * @param {NonNullable<Picture["y"]["other_unit"]>} unit
 * @param {Picture["y"]["ticks"]} marks
 * @param {Scales} at
 */
function drawOtherUnit(group, unit, marks, { W, right, label, y }) {
  group.append(shape("text", { class: "other title", x: W, y: 0.85 * label }, unit.title))
  unit.ticks.forEach((text, k) => {
    group.append(shape("text", { class: "other", x: W - right + 6, y: y(marks[k][0]) + 0.35 * label }, text))
  })
}

/**
 * Draw the ticks of the axis of steps, with as many texts as have room.
 * @param {SVGGElement} group
 * @param {Picture["x"]} axis
 * @param {Scales} at
 */
function drawSteps(group, { ticks, title }, { W, x, bottom, label, left, right }) {
  let free = 0 // where the next text has room
  for (const [step, text] of ticks) {
    const half = text.length * label * 0.28 + 2, middle = Math.min(x(step), W - half)
    group.append(shape("path", { class: "grid", d: `M${x(step)} ${bottom}v5` }))
    if (middle - half < free) continue
    group.append(shape("text", { class: "x", x: middle, y: bottom + 1.45 * label }, text))
    free = middle + half + 8
  }
  const middle = (left + W - right) / 2
  group.append(shape("text", { class: "x title", x: middle, y: bottom + 2.85 * label }, title))
}

/**
 * @param {HTMLElement} place
 * @param {Picture<RunText>} data
 */
export function drawLegend(place, { runs, grey, shares }) {
  const [first, second] = runs
  const training = second
    ? runs.map((run, k) => legendEntry(run.name, run.colours[0], "", k > 0))
    : [legendEntry("training", first.colours[0], "")]
  if (shares) return place.replaceChildren(...training)
  place.replaceChildren(...training, legendEntry("validation", second ? grey : first.colours[1], "7 4"))
}

/**
 * @param {string} text
 * @param {string} colour
 * @param {string} dash
 * @param {boolean} [marked] whether the curve carries squares
 */
function legendEntry(text, colour, dash, marked = false) {
  const swatch = shape("svg", { viewBox: "0 0 34 10", "aria-hidden": "true" },
    shape("path", { d: "M0 5H34", stroke: colour, "stroke-width": 3, "stroke-dasharray": dash }))
  if (marked) swatch.append(shape("path", { d: square(17, 5, 4), fill: colour }))
  return element("span", {}, swatch, element("b", { title: text }, text))
}

/**
 * A group of paths for each run, still empty.
 * @param {SVGGElement} group
 * @param {RunText[]} runs
 * @returns {RunPaths[]}
 */
export function drawRuns(group, runs) {
  group.replaceChildren()
  return runs.map(({ colours: [training, validation] }) => {
    const own = shape("g")
    group.prepend(own) // the first run is drawn last: it lies on top
    const path = (/** @type {string} */ name, /** @type {string} */ stroke, fill = "") =>
      own.appendChild(shape("path", { class: name, stroke, ...(fill && { fill }) }))
    return {
      training: path("line training", training), norm: path("line thin", training),
      marks: path("", "none", training), validation: path("line dashed", validation),
      dots: path("dots", validation), stop: path("line stop", validation), up: path("", "none", validation),
      here: [training, validation].map((colour) => path("here", "none", colour)), source: "",
    }
  })
}

/**
 * @param {HTMLElement} place
 * @param {RunText[]} runs
 */
export function drawNotes(place, runs) {
  place.replaceChildren(...runs.filter((run) => run.says).map((run) => {
    const text = runs.length > 1 ? `${run.name}: ${run.says}` : run.says
    return element("p", { class: "note", style: `color: ${run.colours[1]}` }, text)
  }))
}
