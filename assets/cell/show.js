// What is looked up becomes what is seen: sliders, numbers, the chart over time, words.

/** @import { Cell, Positions, Slider } from "./types.js" */
import { find, setAttributes, setText } from "../shared/dom.js"
import { findAll } from "../shared/search.js"
import { formatNumber } from "../shared/numbers.js"
import { coveredNames } from "./cover.js"
import { describe, drawNumbers } from "./draw.js"
import { axisLabel, isFresh, isTrueOf, lookUpRun, lookUpStep } from "./lookup.js"
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
  if (cell.answer) drawNumbers(places, fixed, values, coveredNames(cell)) // the slider's own goes along
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
    chart?.draw({ ...run, target: targetOf(cell, answer), isCovered: data.covered.includes("curves") })
    if (run.rnn) words += data.rnnWords
  } else lookUpStep(cell, answer)
  drawNumbers(places, fixed, values, coveredNames(cell))
  const isCovered = data.covered.includes("words")
  setText(find(root, ".words"), isCovered ? data.cover : fillWords(words, values, cell.t, fixed.largest))
}

/**
 * Say what is seen to those who do not see it; when the cell rests, not at every move.
 * @param {Cell} cell
 */
export function describeCell(cell) {
  const { root, data, values, answer, chart, t } = cell
  if (!answer) return
  describe(root, values, coveredNames(cell))
  setText(find(root, ".spoken"), find(root, ".words").textContent ?? "")
  const states = `At step ${t} C is ${formatNumber(values.C)} and h is ${formatNumber(values.h)}.`
  const isCovered = data.covered.includes("curves")
  chart?.setName(`The cell over ${answer.x.length} steps. ${isCovered ? data.cover : states}`)
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
  showLesson(cell)
  show(cell)
  rememberCell(cell)
  cell.address.write()
}

/**
 * Show the lesson of the preset that was chosen, as long as it is true of what is set.
 * @param {Cell} cell
 */
function showLesson(cell) {
  const { root, positions, preset, fixed, data } = cell
  if (!data.hasPresets) return
  if (preset && !isTrueOf(preset, positions)) cell.preset = null
  findAll(root, "[data-preset]").forEach((button, k) =>
    setAttributes(button, { "aria-pressed": String(fixed.presets[k] === cell.preset) }))
  setText(find(root, ".lesson"), cell.preset?.lesson ?? "")
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
