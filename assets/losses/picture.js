// Losses over steps, and gradient norms below them: the parts of the picture that change.

/** @import { Picture, RunPaths, RunText, State, UnpackedRun } from "./types.js" */
/** @import { Point, Scales } from "./scales.js" */
import { element, setAttributes } from "../shared/dom.js"
import { shape } from "../shared/shape.js"
import { labelSize, watchSize } from "../shared/size.js"
import { INFINITE, NAN, unpackRun } from "./numbers.js"
import { drawAxes, drawLegend, drawNotes, drawRuns } from "./parts.js"
import { listen, readOut } from "./pointing.js"
import { circle, cross, curvePath, scales, spacedPoints, square, triangle } from "./scales.js"

const MARKS = 12 // on the second run's curve, so that no colour is needed to tell it from the first
const FEW = 40 // measurements of validation that are shown as dots
const NARROWEST = 240 // pixels
/** @type {WeakMap<HTMLElement, State>} */
const states = new WeakMap() // what each place in the page shows

/**
 * Draw losses in a place of their own, the first time or again.
 * @param {HTMLElement} root
 * @param {Picture} data
 */
export function drawLosses(root, data) {
  const before = states.get(root)?.runs ?? []
  drawUnpackedLosses(root, data, data.runs.map((run, k) => unpackRun(run, data.x.last, before[k])))
}

/**
 * Draw losses whose numbers are there already.
 * @param {HTMLElement} root
 * @param {Picture<RunText>} data
 * @param {UnpackedRun[]} runs
 */
export function drawUnpackedLosses(root, data, runs) {
  const state = states.get(root) ?? buildPicture(root, data)
  states.set(root, state)
  Object.assign(state, { data, runs })
  showPicture(state)
  if (!state.tip.hidden) readOut(state, state.x)
}

/**
 * @param {HTMLElement} root
 * @param {Picture<RunText>} data
 * @returns {State}
 */
function buildPicture(root, data) {
  const legend = element("p", { class: "legend" }), notes = element("div", { class: "notes" })
  const rule = shape("path", { class: "rule" }), axes = shape("g"), runGroup = shape("g")
  const cursor = shape("path", { class: "cursor" })
  const picture = shape("svg", { class: "picture", role: "img", tabindex: 0 }, rule, axes, runGroup, cursor)
  const tip = element("div", { class: "tip", role: "status" })
  tip.hidden = true
  root.append(legend, notes, picture, tip)
  /** @type {State} */
  const state = {
    root, data, runs: [], at: scales(data, NARROWEST), width: 0, label: 0, sources: {}, legend, notes,
    picture, rule, axes, runGroup, runPaths: [], cursor, tip, x: 0,
  }
  listen(state)
  watchSize(root, () => {
    state.width = 0
    showPicture(state)
  })
  return state
}

/** @param {State} state */
function showPicture(state) {
  const { data, root, runs } = state
  if (!state.width) { // asked once a size: the browser would lay out the page each time
    state.width = root.clientWidth
    state.label = labelSize(root)
  }
  state.at = scales(data, Math.max(NARROWEST, state.width), state.label)
  const { W, bottom, height, top, x } = state.at
  setAttributes(state.picture, { viewBox: `0 0 ${W} ${height}`, "aria-label": data.alt })
  showParts(state)
  const axes = JSON.stringify([state.at.W, state.label, data.x, data.y, data.norm])
  runs.forEach((run, k) => {
    showRun(run, k > 0, state.runPaths[k], state.at, axes + run.packed)
    showMarker(run, k > 0, state.runPaths[k], state.at)
  })
  const marked = data.runs.find((run) => run.at !== null)
  setAttributes(state.rule, { d: marked ? `M${x(Number(marked.at))} ${top}V${bottom}` : "" })
}

/**
 * Draw the parts again that depend on something that is another than before.
 * @param {State} state
 */
function showParts(state) {
  const { data, at } = state
  const looks = data.runs.map((run) => [run.name, run.colours])
  const isNew = (/** @type {string} */ part, /** @type {unknown[]} */ source) => {
    const text = JSON.stringify(source)
    if (state.sources[part] === text) return false
    state.sources[part] = text
    return true
  }
  if (isNew("axes", [at.W, at.label, data.x, data.y, data.guess, data.norm])) drawAxes(state.axes, data, at)
  if (isNew("legend", [looks, data.grey])) drawLegend(state.legend, data)
  if (isNew("runs", looks)) state.runPaths = drawRuns(state.runGroup, data.runs)
  if (isNew("notes", data.runs.map((run) => [run.name, run.says]))) drawNotes(state.notes, data.runs)
}

/**
 * Draw a run's curves and marks, unless they are there already: most moves concern the marker alone.
 * @param {UnpackedRun} run
 * @param {boolean} second
 * @param {RunPaths} paths
 * @param {Scales} at
 * @param {string} source what it is drawn from
 */
function showRun(run, second, paths, at, source) {
  if (paths.source === source) return
  paths.source = source
  run.xs = Array.from(run.step, at.x)
  const isAbove = (/** @type {Int16Array} */ codes) => (/** @type {number} */ k) => codes[k] < 0
  const ys = Array.from(run.loss, at.y)
  const training = curvePath(run.xs, ys, isAbove(run.loss))
  const vx = Array.from(run.validationStep, at.x), vy = Array.from(run.validation, at.y)
  const validation = curvePath(vx, vy, isAbove(run.validation))
  const norm = run.norm ? curvePath(run.xs, Array.from(run.norm, at.norm), () => false) : { d: "" }
  const mark = second ? square : circle
  setAttributes(paths.training, { d: training.d })
  setAttributes(paths.validation, { d: validation.d })
  setAttributes(paths.norm, { d: norm.d })
  setAttributes(paths.dots, { d: validationDots(run, vx, vy, mark) })
  setAttributes(paths.marks, { d: trainingMarks(run, ys, training.end, second, at) })
  setAttributes(paths.up, { d: run.up.map((step) => triangle(at.x(step), at.top)).join("") })
  setAttributes(paths.stop, { d: endMark(training.end, run.loss) + endMark(validation.end, run.validation) })
}

/**
 * Draw where a run is at the marked step.
 * @param {UnpackedRun} run
 * @param {boolean} second
 * @param {RunPaths} paths
 * @param {Scales} at
 */
function showMarker(run, second, paths, at) {
  const mark = second ? square : circle
  paths.here.forEach((path, k) => {
    const code = run.dots[k] ?? NAN // above the axis there is no place for a dot
    setAttributes(path, { d: code < 0 ? "" : mark(at.x(Number(run.at)), at.y(code), 6) })
  })
}

/**
 * Dots on the curve of validation, as long as they are few.
 * @param {UnpackedRun} run
 * @param {number[]} xs
 * @param {number[]} ys
 * @param {typeof circle} mark
 */
function validationDots({ validation }, xs, ys, mark) {
  if (xs.length > FEW) return ""
  return xs.map((x, k) => (validation[k] >= 0 ? mark(x, ys[k], 3) : "")).join("")
}

/**
 * Marks on the curve of training: along the second run's, and at the end of each, so that a curve of one
 * point is seen too.
 * @param {UnpackedRun} run
 * @param {number[]} ys
 * @param {Point | null} end
 * @param {boolean} second
 * @param {Scales} at
 */
function trainingMarks({ xs, loss }, ys, end, second, { W, left, right }) {
  const along = second ? spacedPoints(xs, ys, loss, (W - left - right) / MARKS) : []
  const mark = second ? square : circle
  const last = end && Number(loss.at(-1)) >= 0 ? mark(...end, 3.5) : ""
  return along.map(([x, y]) => square(x, y, 3.5)).join("") + last
}

/**
 * A cross at the end of a curve that ends in what is no finite number.
 * @param {Point | null} end
 * @param {Int16Array} codes
 */
const endMark = (end, codes) => (end && Number(codes.at(-1)) <= INFINITE ? cross(...end) : "")
