// What is looked up becomes what is seen: sliders, numbers, the chart over time, words.

/** @import { Cell, Setting, Slider } from "./types.js" */
import { find, setAttributes, setText } from "../shared/dom.js"
import { formatNumber } from "../shared/numbers.js"
import { describe, drawNumbers } from "./draw.js"
import { axisLabel, isSame, lookUpRun, lookUpStep } from "./lookup.js"

/** @param {Cell} cell */
export function refresh(cell) {
  const { data, root, chart } = cell
  const run = data.overTime ? lookUpRun(cell) : null
  const isFresh = data.overTime ? run !== null : lookUpStep(cell)
  if (run) chart?.draw(run)
  root.classList.toggle("waiting", !isFresh)
  showWhetherAnswered(cell)
  drawNumbers(cell.places, data, cell.values)
}

/**
 * What is said in words is about what was answered last.
 * @param {Cell} cell
 */
const showWhetherAnswered = ({ root, answeredSetting, setting }) =>
  root.classList.toggle("moved", !isSame(answeredSetting, setting))

/**
 * Show where a slider stands.
 * @param {Cell} cell
 * @param {Slider} slider
 */
export function showSlider({ setting, values, controls }, slider) {
  const { name, spoken } = slider, position = setting[name]
  const label = axisLabel(slider, position), text = formatNumber(label)
  values[name] = label
  const input = controls.inputs[name]
  if (!input) return
  if (Number(input.value) !== position) input.value = String(position)
  setText(controls.outputs[name], text)
  setAttributes(input, { "aria-valuetext": `${spoken} ${text}` })
}

/**
 * Set some sliders.
 * @param {Cell} cell
 * @param {Setting} positions
 */
export function adopt(cell, positions) {
  Object.assign(cell.setting, positions)
  cell.data.sliders.forEach((slider) => showSlider(cell, slider))
  refresh(cell)
}

/**
 * Say what Python says of the cell, in words and to those who do not see it.
 * @param {Cell} cell
 * @param {string} words
 */
export function say(cell, words) {
  const { root, answer, values, chart } = cell
  setText(find(root, ".words"), words)
  showWhetherAnswered(cell)
  if (!answer) return // nothing is drawn yet
  describe(root, values)
  chart?.setName(`The cell over time, ${answer.tables.x.length} in all; at step ${cell.t} C is ` +
    `${formatNumber(values.C)} and h is ${formatNumber(values.h)}.`)
}
