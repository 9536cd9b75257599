// The cell over time: looks up the curves that Python computed and maps them to pixels.

/** @import { RunState, Slider } from "../types.js" */
/** @import { Columns } from "./layout.js" */
/** @import { Parts } from "./parts.js" */
import { find, setAttributes, setText } from "../../shared/dom.js"
import { formatNumber } from "../../shared/numbers.js"
import { labelSize, watchSize } from "../../shared/size.js"
import { drawRun, inputReach, legendMarkup } from "./draw.js"
import { NARROWEST, columns } from "./layout.js"
import { buildParts } from "./parts.js"
import { listenToPointer, listenToScrub } from "./pointer.js"

/**
 * What the cell does when the visitor chooses a step, and when an input has been drawn.
 * @typedef {object} ChartActions
 * @property {(t: number) => void} step
 * @property {(positions: number[]) => void} drawInput
 */
/**
 * slider: the input's; run: what is drawn; reach: how far up the input's panel goes, in hundredths.
 * @typedef {object} Chart
 * @property {HTMLElement} root
 * @property {HTMLElement} box
 * @property {SVGSVGElement} picture
 * @property {HTMLInputElement} range
 * @property {Slider} slider
 * @property {ChartActions} actions
 * @property {Columns} columns
 * @property {RunState | null} run
 * @property {number} reach
 * @property {(run: RunState) => void} draw
 * @property {(text: string) => void} setName
 */

const MARKUP = `<p class="legend"></p><svg role="img"></svg>
  <div class="scrub"><button type="button" data-go="-1" aria-label="one step back">◀</button>
  <input type="range" min="1" step="1" aria-label="step">
  <button type="button" data-go="1" aria-label="one step forward">▶</button>
  <button type="button" data-go="play">Play</button><output></output></div>`

/**
 * @param {HTMLElement} root
 * @param {Slider} slider
 * @param {(symbol: string) => string} colour
 * @param {ChartActions} actions
 * @returns {Chart}
 */
export function timeChart(root, slider, colour, actions) {
  const box = find(root, ".time")
  box.hidden = false
  box.innerHTML = MARKUP
  /** @type {SVGSVGElement} */
  const picture = find(box, "svg")
  /** @type {HTMLInputElement} */
  const range = find(box, "input")
  /** @type {Parts | null} */
  let parts = null
  let room = 0, label = 0 // pixels; asked of the page when they may have changed: then it is laid out
  /** @type {Chart} */
  const chart = {
    root, box, picture, range, slider, actions, columns: columns(0, 0, 0), run: null, reach: 0,
    draw: (run) => {
      if (!room) [room, label] = [box.clientWidth, labelSize(box)]
      const W = Math.max(NARROWEST, Math.round(room)), T = run.x.length
      if (!parts || W !== chart.columns.W || T !== chart.columns.T || label !== chart.columns.label) {
        chart.columns = columns(W, T, label)
        parts = buildParts(picture, chart.columns, colour)
        range.max = String(T)
      }
      Object.assign(chart, { run, reach: inputReach(run.x) })
      drawRun(parts, chart.columns, run)
      showStep(chart, run)
      showLegend(chart, legendMarkup(run, colour))
    },
    setName: (text) => setAttributes(picture, { "aria-label": text }),
  }
  listenToPointer(chart)
  listenToScrub(chart)
  watchSize(box, () => {
    room = 0
    if (chart.run && picture.isConnected) chart.draw(chart.run)
  })
  return chart
}

/**
 * @param {Chart} chart
 * @param {RunState} run
 */
function showStep({ box, range }, { t, x, curves, isCovered }) {
  if (Number(range.value) !== t) range.value = String(t)
  const text = `step ${t} of ${x.length}`
  setText(find(box, "output"), text)
  const C = formatNumber(curves.C[t - 1]), h = formatNumber(curves.h[t - 1])
  setAttributes(range, { "aria-valuetext": isCovered ? text : `${text}: C ${C}, h ${h}` })
}

/**
 * @param {Chart} chart
 * @param {string} markup
 */
function showLegend({ box }, markup) {
  const legend = find(box, ".legend")
  if (legend.dataset.source === markup) return
  legend.innerHTML = markup
  legend.dataset.source = markup
}
