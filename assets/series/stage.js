// The series: its values, the places where it is cut into sequences, marks with their questions, what a
// state keeps between the two, and what a network predicts. Python sends steps and thousandths.

/** @import { StageData } from "./types.js" */
import { element, find } from "../shared/dom.js"
import { labelSize, watchSize, isLow } from "../shared/size.js"

const STAGE_NARROWEST = 280, STAGE_HEIGHT = 170, STAGE_LOW = 72, SHORTEST_STAGE = 120 // pixels
const STAGE_LANE = 46, LOW_LANE = 30, STAGE_RIGHT = 8 // pixels
const MOST_NUMBERS = 10, ROOM_OF_NUMBER = 3.2 // times the size of a label
const STAGE_ABOVE = 600 // pixels above the picture, so that question and picture are on one screen

/** @param {() => void} redraw */
export function buildStage(redraw) {
  const root = element("div", { class: "stage" })
  root.innerHTML = `<p class="legend"></p><svg class="picture" role="img"></svg>`
  watchSize(root, redraw)
  return root
}

/**
 * @param {HTMLElement} root
 * @param {StageData} data
 * @param {(number | null)[]} predictions of the steps that are drawn, in thousandths; none before there is a
 *   network
 * @param {boolean} isOther whether they are of a run with other settings
 */
export function drawStage(root, data, predictions, isOther) {
  /** @type {SVGSVGElement} */
  const picture = find(root, ".picture")
  const label = labelSize(root), W = Math.max(STAGE_NARROWEST, root.clientWidth)
  const isFlat = isLow(label), left = Math.round(label * 0.5)
  const lane = !data.left.length ? 0 : isFlat ? LOW_LANE : STAGE_LANE
  const room = Math.max(SHORTEST_STAGE, Math.min(STAGE_HEIGHT, window.innerHeight - STAGE_ABOVE))
  const floor = Math.round(label * 1.2) + (isFlat ? STAGE_LOW : room), top = Math.round(label * 1.2)
  const height = floor + lane + Math.round(label * (isFlat ? 1.3 : 2))
  const count = data.values.length, { first, low, high } = data
  const x = (/** @type {number} */ step) =>
    left + ((step - first) * (W - left - STAGE_RIGHT)) / Math.max(1, count - 1)
  const y = (/** @type {number} */ value) =>
    floor - ((Math.max(low, Math.min(high, value)) - low) * (floor - top)) / Math.max(1, high - low)
  const at = { W, left, top, floor, lane, height, label, x, y }
  picture.setAttribute("viewBox", `0 0 ${W} ${height}`)
  picture.setAttribute("aria-label", data.alt)
  find(root, ".legend").innerHTML = stageLegend(data, predictions.length > 0, isOther)
  root.classList.toggle("other", isOther)
  const lines = [testLine(data, at), cutLines(data, at), seriesLine(data, at), arcs(data, at)]
  const parts = [...lines, keptShares(data, at), guesses(data, predictions, at), stageAxis(data, at)]
  picture.innerHTML = parts.join("")
}

/** @typedef {{W: number, left: number, top: number, floor: number, lane: number, height: number,
 *   label: number, x: (step: number) => number, y: (value: number) => number}} At */

/**
 * @param {StageData} data
 * @param {boolean} isPredicted
 * @param {boolean} isOther
 */
function stageLegend({ isNext, left, cuts }, isPredicted, isOther) {
  const rows = [[isNext ? "line target" : "line series", isNext ? "next value" : "series"]]
  if (!isNext) rows.push(["dot mark", "to be remembered"], ["dot question", "asked for"])
  const guess = isOther ? "prediction of the last run" : "prediction"
  if (isPredicted) rows.push([isNext ? "line guess" : "dot guess", guess])
  if (cuts.length) rows.push(["line cut", "a new sequence begins"])
  if (left.length) rows.push(["box kept", "what is left of the state"])
  return rows.map(([kind, name]) => `<span><i class="key ${kind}"></i>${name}</span>`).join("")
}

/**
 * @param {StageData} data
 * @param {At} at
 */
const cutLines = ({ cuts }, { x, top, floor, lane }) => cuts.map((step) =>
  `<path class="cut" d="M${x(step).toFixed(1)} ${top}V${floor + lane}"/>`).join("")

/**
 * Where the test begins, if that is in the picture.
 * @param {StageData} data
 * @param {At} at
 */
const testLine = ({ first, testFrom }, { x, top, floor, label }) => testFrom <= first ? "" :
  `<path class="test-from" d="M${x(testFrom).toFixed(1)} ${top}V${floor}"/>` +
  `<text class="tick" x="${x(testFrom) + 5}" y="${top - label * 0.2}">test</text>`

/**
 * Points of a line; a step without a value interrupts it.
 * @param {(number | null)[]} values
 * @param {StageData} data
 * @param {At} at
 */
function linePoints(values, { first }, { x, y }) {
  let path = "", isOpen = false
  values.forEach((value, k) => {
    if (value === null) isOpen = false
    else {
      path += `${isOpen ? "L" : "M"}${x(first + k).toFixed(1)} ${y(value).toFixed(1)}`
      isOpen = true
    }
  })
  return path
}

/**
 * @param {StageData} data
 * @param {At} at
 */
const seriesLine = (data, at) =>
  `<path class="series-line ${data.isNext ? "target" : ""}" d="${linePoints(data.values, data, at)}"/>`

/**
 * From each mark to its question: whole where one sequence holds both.
 * @param {StageData} data
 * @param {At} at
 */
function arcs({ pairs, marks, questions, values, first }, { x, y, top, label }) {
  const heights = Object.fromEntries(questions)
  const bows = pairs.map(([mark, question, isHeld]) => {
    const a = x(mark), b = x(question), over = top - label * 0.9
    return `<path class="arc ${isHeld ? "whole" : "broken"}" ` +
      `d="M${a} ${y(values[mark - first] ?? 0)}C${a} ${over} ${b} ${over} ${b} ${y(heights[question]) - 6}"/>`
  }).join("")
  const dots = marks.filter((mark) => mark >= first && mark < first + values.length).map((mark) =>
    `<circle class="mark" r="4.5" cx="${x(mark)}" cy="${y(values[mark - first] ?? 0)}"/>`).join("")
  const rings = questions.map(([step, value]) =>
    `<circle class="question" r="5.5" cx="${x(step)}" cy="${y(value)}"/>`).join("")
  return bows + dots + rings
}

/**
 * What a state keeps from a mark on, in a lane below the series.
 * @param {StageData} data
 * @param {At} at
 */
function keptShares({ pairs, left }, { x, floor, lane, label }) {
  if (!left.length) return ""
  const bottom = floor + lane, high = lane - label * 0.4
  return pairs.map(([mark, question]) => {
    const curve = left.slice(0, question - mark + 1)
      .map((share, k) => `L${x(mark + k).toFixed(1)} ${(bottom - (share * high) / 100).toFixed(1)}`).join("")
    return `<path class="kept" d="M${x(mark)} ${bottom}${curve}V${bottom}z"/>`
  }).join("")
}

/**
 * @param {StageData} data
 * @param {(number | null)[]} predictions
 * @param {At} at
 */
function guesses(data, predictions, at) {
  if (!predictions.length) return ""
  const { first, questions, isNext } = data, { x, y } = at
  if (isNext) return `<path class="series-line guess" d="${linePoints(predictions, data, at)}"/>`
  return questions.map(([step, value]) => {
    const guess = predictions[step - first] ?? 0
    return `<path class="miss" d="M${x(step)} ${y(value)}V${y(guess)}"/>` +
      `<circle class="guess" r="4.5" cx="${x(step)}" cy="${y(guess)}"/>`
  }).join("")
}

/**
 * How many steps the numbers below the axis are apart: at most about ten numbers, and room between them.
 * @param {number} count of the steps that are drawn
 * @param {number} width pixels
 * @param {number} label pixels
 */
export function stepsApart(count, width, label) {
  const least = Math.max(count / MOST_NUMBERS, (count * ROOM_OF_NUMBER * label) / width)
  return [10, 20, 50, 100].find((apart) => apart >= least) ?? 200
}

/**
 * @param {StageData} data
 * @param {At} at
 */
function stageAxis({ first, values }, { W, left, floor, lane, label, x }) {
  const bottom = floor + lane, apart = stepsApart(values.length, W, label)
  let markup = `<path class="grid" d="M${left} ${bottom}H${W - STAGE_RIGHT}"/>`
  for (let step = Math.ceil(first / apart) * apart; step < first + values.length; step += apart) {
    markup += `<text class="tick x" x="${x(step)}" y="${bottom + label * 1.15}">${step}</text>`
  }
  if (isLow(label)) return markup
  return markup + `<text class="axis-name" x="${W - STAGE_RIGHT}" y="${bottom + label * 1.9}">step</text>`
}
