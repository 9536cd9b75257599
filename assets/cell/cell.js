// The live cell: looks up, formats, maps to pixels. Every number of the model comes from Python: the values
// of the whole cell along the range of the slider in hand, asked for when it is taken hold of.
//
// What one file of it does: build.js what stays, question.js what is asked and kept, lookup.js the numbers
// for a setting, show.js and draw.js what is seen of them, input.js the input over time, check.js and
// verdict.js a challenge.

/** @import { Component, DrawingRoot } from "../shared/streamlit.js" */
/** @import { Cell, CellData, Fixed, Slider, TablesAnswer, Texts } from "./types.js" */
import { register } from "../drawing/register.js"
import { memoryOf } from "../panel/setting.js"
import { AddressWriter } from "../shared/address.js"
import { Asker } from "../shared/ask.js"
import { find } from "../shared/dom.js"
import { isDark } from "../shared/theme.js"
import { passKeysOn } from "../shared/keys.js"
import { buildCellPresets, buildReading, buildSliders, paintSymbols } from "./build.js"
import { timeChart } from "./chart/chart.js"
import { buildCheck, takeVerdict } from "./check.js"
import { coverCell } from "./cover.js"
import { collectPlaces } from "./draw.js"
import { listenForSymbols } from "./highlight.js"
import { buildInput, complain, readDrawnInput, refuseInput } from "./input.js"
import { isFresh, unpackAnswer } from "./lookup.js"
import {
  firstTexts, cellParameters, positionsOf, question, relevantInput, rememberCell, settingText,
} from "./question.js"
import { listenForSharing } from "./share.js"
import { changed, describeCell, drawAnswer, setSliders, show, showSlider } from "./show.js"
import { challengeOf, showCheck } from "./verdict.js"

/**
 * Build the cell the first time; later, take over what the page has changed.
 * @param {DrawingRoot} root
 * @param {CellData} data
 * @param {Fixed} fixed
 */
function showCell(root, data, fixed) {
  const tone = isDark(root) ? "dark" : "light"
  const colour = (/** @type {string} */ symbol) => fixed.palette[symbol]?.[tone] ?? "currentColor"
  const cell = root.cell ?? buildCell(root, data, fixed, colour)
  root.cell = cell
  cell.data = data
  cell.colour = colour
  paintSymbols(root, colour) // also in another theme
  coverCell(cell)
  if (data.jump.count > cell.jump) takeJump(cell)
  else {
    drawAnswer(cell) // a question may have been answered
    describeCell(cell)
  }
  showCheck(cell)
}

/**
 * The page has set the cell.
 * @param {Cell} cell
 */
function takeJump(cell) {
  const { count, positions, t } = cell.data.jump
  cell.jump = count
  if (!Object.keys(positions).length) return rememberCell(cell) // another view was set
  cell.t = t
  setSliders(cell, positions)
}

/**
 * @param {DrawingRoot} root
 * @param {CellData} data
 * @param {Fixed} fixed
 * @param {(symbol: string) => string} colour
 * @returns {Cell}
 */
function buildCell(root, data, fixed, colour) {
  root.innerHTML = fixed.markup // ours
  root.classList.toggle("over-time", data.overTime)
  const first = firstTexts(data, fixed.version)
  /** @type {Cell} */
  const cell = {
    root, data, fixed, colour,
    sliders: Object.fromEntries(data.sliders.map((slider) => [slider.name, slider])),
    positions: positionsOf(data.sliders, first.cell), t: Number(first.t), input: first.input,
    open: new Set(first.open.split(".").filter(Boolean)), values: {}, answer: null,
    inHand: data.groups.main[0], jump: memoryOf(data).jumps[data.answers] ?? 0,
    inputBox: null, refusedValues: null, readableInput: { input: "pulse", steps: "20" },
    controls: { inputs: {}, outputs: {} }, places: { texts: [], wires: [], gauges: [], dots: [] },
    preset: null, chart: null, challenge: challengeOf(data),
    asker: new Asker({
      name: data.answers, root, take: (answer, query) => takeTables(cell, answer, query),
      refuse: (sentence, query) => refuseInput(cell, sentence, query),
    }),
    checker: new Asker({
      name: "gates/check", root, take: (verdict, query) => takeVerdict(cell, verdict, query),
    }),
    address: new AddressWriter(root, () => cellParameters(cell)),
    position: () => ({ [cell.data.parameter]: settingText(cell) }),
    move: (position) => standWhere(cell, position),
  }
  buildCellParts(cell)
  listen(cell)
  rememberCell(cell)
  const inAddress = data.setting[data.parameter]
  if (data.overTime || first.cell !== inAddress && (inAddress || isMoved(cell))) cell.address.write(true)
  show(cell)
  return cell
}

/** @param {Cell} cell */
const isMoved = ({ data, positions }) => data.sliders.some(({ name, first }) => positions[name] !== first)

/** @param {Cell} cell */
function buildCellParts(cell) {
  const { root, data, fixed, sliders } = cell
  cell.controls = buildSliders(root, data, {
    take: (slider) => takeInHand(cell, slider),
    move: (slider, position) => {
      cell.inHand = slider.name
      cell.positions[slider.name] = position
      showSlider(cell, slider)
      changed(cell)
    },
  })
  if (data.hasPresets) {
    buildCellPresets(root, fixed.presets, (preset) => {
      cell.preset = preset
      setSliders(cell, preset.setting)
      describeCell(cell)
    })
  }
  if (data.overTime) find(root, ".pointing").remove() // the equation of what is pointed at has no room there
  buildReading(root, fixed)
  buildInput(cell)
  buildCheck(cell)
  if (data.overTime) { // the chart needs the room of the wide drawing
    find(root, ".wide").remove()
    cell.chart = timeChart(root, sliders.x, (symbol) => cell.colour(symbol), {
      step: (t) => {
        cell.t = t
        changed(cell)
      },
      drawInput: (positions) => readDrawnInput(cell, positions),
    })
  }
  cell.places = collectPlaces(root)
  data.sliders.forEach((slider) => showSlider(cell, slider))
}

/**
 * Ask for the numbers along a slider before it moves.
 * @param {Cell} cell
 * @param {Slider} slider
 */
function takeInHand(cell, { name }) {
  if (cell.inHand === name) return
  cell.inHand = name
  if (cell.answer?.along !== name) cell.asker.ask(question(cell))
}

/**
 * Stand where another browser's cell stands: the table along the slider that moves there is asked for once.
 * @param {Cell} cell
 * @param {Texts} position
 */
function standWhere(cell, position) {
  const text = position[cell.data.parameter] ?? "", { sliders } = cell.data
  if (!text.startsWith(`${cell.fixed.version}_`)) return
  const positions = positionsOf(sliders, text)
  const moved = sliders.find(({ name }) => positions[name] !== cell.positions[name])
  const isPlace = (/** @type {Slider} */ { name, positions: count }) =>
    positions[name] >= 0 && positions[name] < count
  if (!moved || !sliders.every(isPlace)) return
  cell.inHand = moved.name
  setSliders(cell, positions)
}

/**
 * @param {Cell} cell
 * @param {TablesAnswer} answer
 * @param {Texts} query
 */
function takeTables(cell, answer, query) {
  cell.answer = unpackAnswer(cell, answer, query)
  cell.readableInput = relevantInput(query)
  complain(cell, cell.answer.complaint)
  drawAnswer(cell) // what has arrived is true of where it was
  describeCell(cell)
  cell.root.classList.toggle("waiting", !isFresh(cell))
  if (!isFresh(cell) && !cell.asker.newest) show(cell)
}

/** @param {Cell} cell */
function listen(cell) {
  const { root, open } = cell
  listenForSymbols(root)
  passKeysOn(root)
  listenForSharing(cell)
  root.addEventListener("change", () => describeCell(cell)) // a slider is let go
  root.addEventListener("focusout", () => { // the link is right as soon as the cell is left
    if (cell.address.waits) cell.address.write(true)
  })
  for (const details of /** @type {NodeListOf<HTMLDetailsElement>} */ (root.querySelectorAll("details"))) {
    const group = details.dataset.group ?? ""
    details.open = open.has(group)
    details.addEventListener("toggle", () => {
      if (details.open === open.has(group)) return
      if (details.open) open.add(group)
      else open.delete(group)
      rememberCell(cell)
      cell.address.write()
    })
  }
}

/** @param {Component<{name: string, css: string, fixed: Fixed}>} component */
export default (component) => register(component, showCell)
