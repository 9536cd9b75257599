// What is looked up becomes what is seen: sliders, numbers, the chart over time, words.

/** @import { Cell, Positions, Slider } from "./types.js" */
import { find, setAttributes, setText } from "../shared/dom.js"
import { formatNumber } from "../shared/numbers.js"
import { describe, drawNumbers } from "./draw.js"
import { axisLabel, isFresh, lookUpRun, lookUpStep } from "./lookup.js"
import { fillWords } from "./numbers.js"
import { question, rememberCell } from "./question.js"
import { showCheck, targetOf } from "./verdict.js"

/**
 * Show what is set, and ask for it if there are no tables for it yet.
 * @param {Cell} cell
 */
export function show(cell) {
  const { root, places, fixed, values } = cell, isReady = isFresh(cell)
  root.classList.toggle("waiting", !isReady)
  if (isReady) return drawAnswer(cell)
  if (cell.answer) drawNumbers(places, fixed, values) // the slider's own number goes along
  cell.asker.ask(question(cell))
}

/**
 * Draw what the newest answer says of where its slider stands now.
 * @param {Cell} cell
 */
export function drawAnswer(cell) {
  const { root, data, fixed, chart, answer, places, values } = cell
  if (!answer) return
  let words = data.words
  if (data.overTime) {
    const run = lookUpRun(cell, answer)
    chart?.draw({ ...run, target: targetOf(cell, answer) })
    if (run.rnn) words += data.rnnWords
  } else lookUpStep(cell, answer)
  drawNumbers(places, fixed, values)
  setText(find(root, ".words"), fillWords(words, values, cell.t, fixed.largest))
}

/**
 * Say what is seen to those who do not see it; when the cell rests, not at every move.
 * @param {Cell} cell
 */
export function describeCell({ root, values, answer, chart, t }) {
  if (!answer) return
  describe(root, values)
  setText(find(root, ".spoken"), find(root, ".words").textContent ?? "")
  chart?.setName(`The cell over time, ${answer.x.length} in all; at step ${t} C is ` +
    `${formatNumber(values.C)} and h is ${formatNumber(values.h)}.`)
}

/**
 * Show where a slider stands.
 * @param {Cell} cell
 * @param {Slider} slider
 */
export function showSlider({ positions, values, controls }, slider) {
  const { name, spoken } = slider, position = positions[name]
  const label = axisLabel(slider, position), text = formatNumber(label)
  values[name] = label
  const input = controls.inputs[name]
  if (!input) return
  if (Number(input.value) !== position) input.value = String(position)
  setText(controls.outputs[name], text)
  setAttributes(input, { "aria-valuetext": `${spoken} ${text}` })
}

/**
 * The visitor has changed something: show it, and keep it.
 * @param {Cell} cell
 */
export function changed(cell) {
  showCheck(cell)
  show(cell)
  rememberCell(cell)
  cell.address.write()
}

/**
 * Set some sliders.
 * @param {Cell} cell
 * @param {Positions} positions
 */
export function setSliders(cell, positions) {
  Object.assign(cell.positions, positions)
  cell.data.sliders.forEach((slider) => showSlider(cell, slider))
  changed(cell)
}
