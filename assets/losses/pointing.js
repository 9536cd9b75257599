// What is said of a step, by pointer or by key.

/** @import { Picture, RunText, State, UnpackedRun } from "./types.js" */
import { element, setAttributes } from "../shared/dom.js"
import { grouped, lossText, normText } from "./numbers.js"
import { nearest } from "./scales.js"

const REACH = 12 // pixels: runs with a point as near as that are read out together
const EDGE = 6 // pixels beside the axes that still count

/**
 * Read out the step that is nearest to x in the picture.
 * @param {State} state
 * @param {number} x
 */
export function readOut(state, x) {
  const rows = state.runs.map((run) => nearest(run.xs, x))
  const distances = state.runs.map((run, k) => (rows[k] < 0 ? Infinity : Math.abs(run.xs[rows[k]] - x)))
  const closest = distances.indexOf(Math.min(...distances))
  if (closest < 0 || distances[closest] === Infinity) return close(state)
  const step = state.runs[closest].step[rows[closest]], place = state.at.x(step)
  state.x = place
  setAttributes(state.cursor, { d: `M${place} ${state.at.top}V${state.at.bottom}` })
  state.tip.replaceChildren(element("div", {}, `step ${grouped(step)}`))
  state.runs.forEach((run, k) => {
    if (rows[k] >= 0 && Math.abs(run.xs[rows[k]] - place) < REACH) {
      state.tip.append(runBlock(run, rows[k], step, state.data))
    }
  })
  if (state.data.runs.some((run) => run.means)) {
    state.tip.append(element("small", {}, "means over nearby steps"))
  }
  state.tip.hidden = false
  placeTip(state)
}

/**
 * Put the tip beside its step: to the right if there is room.
 * @param {State} state
 */
function placeTip({ root, tip, x, at, legend, notes }) {
  const step = (x * root.clientWidth) / at.W, width = tip.offsetWidth
  const left = step + 12 + width <= root.clientWidth ? step + 12 : step - 12 - width
  tip.style.left = `${Math.max(0, left)}px`
  tip.style.top = `${legend.offsetHeight + notes.offsetHeight + at.top + 8}px`
}

/**
 * What is said of a run at row k.
 * @param {UnpackedRun} run
 * @param {number} k
 * @param {number} step
 * @param {Picture<RunText>} data
 */
function runBlock(run, k, step, { runs, shares }) {
  const block = element("div", { class: "run", style: `color: ${run.colours[1]}` })
  if (runs.length > 1) block.append(element("b", {}, run.name))
  const text = shares ? `${run.loss[k] / 10} % right` : `training ${lossText(run.loss[k])}`
  block.append(element("div", {}, text))
  const before = run.validationStep.findLastIndex((measured) => measured <= step)
  if (before >= 0) {
    const when = run.validationStep[before] === step ? "" : ` (step ${grouped(run.validationStep[before])})`
    block.append(element("div", {}, `validation ${lossText(run.validation[before])}${when}`))
  }
  if (run.norm) block.append(element("div", {}, `gradient norm ${normText(run.norm[k])}`))
  return block
}

/** @param {State} state */
function close(state) {
  state.tip.hidden = true
  setAttributes(state.cursor, { d: "" })
}

/** @param {State} state */
export function listen(state) {
  const { picture } = state
  const point = (/** @type {PointerEvent} */ event) => {
    const frame = picture.getBoundingClientRect()
    const x = ((event.clientX - frame.left) * state.at.W) / frame.width
    if (x < state.at.left - EDGE || x > state.at.W - state.at.right + EDGE) close(state)
    else readOut(state, x)
  }
  picture.onpointermove = picture.onpointerdown = point
  picture.onpointerleave = picture.onblur = () => close(state)
  picture.onkeydown = (event) => {
    const xs = state.runs[0]?.xs ?? [], now = state.tip.hidden ? -1 : nearest(xs, state.x)
    const row = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: xs.length - 1 }[event.key]
    if (event.key === "Escape") close(state)
    if (row === undefined) return
    event.preventDefault()
    if (xs.length) readOut(state, xs[Math.max(0, Math.min(xs.length - 1, row))])
  }
}
