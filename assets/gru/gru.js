// The GRU's cell and its run over time: looks up, formats, maps to pixels. Every number comes from Python.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
/** @import { Places, Values } from "../cell/types.js" */
/** @import { CellFrame, CellLook } from "./types.js" */
import { equationLine, equationRow } from "../cell/build.js"
import { collectPlaces, drawNumbers } from "../cell/draw.js"
import { listenForSymbols } from "../cell/highlight.js"
import { register } from "../drawing/register.js"
import { showPanel } from "../panel/panel.js"
import { find, setAttributes, setText } from "../shared/dom.js"
import { ONE, formatNumber } from "../shared/numbers.js"
import { findAll } from "../shared/search.js"
import { buildChart, drawChart } from "./chart.js"
import { legendEntry, paint, placeSliders } from "./parts.js"

const MAIN_SLIDERS = ["x", "h_prev", "b_z", "b_r", "b_h"] // sliders in view at once
/** @type {Record<string, [own: string, dash: string, width: number, name: string]>} */
const RUN_LINES = {
  h: ["z", "", 3.5, "h of the GRU"],
  C: ["C", "", 2.5, "C of the LSTM"],
  h_lstm: ["C", "6 5", 2.5, "h of the LSTM"],
}
const SPOKEN_NAMES = { z: "update gate", r: "reset gate", h_tilde: "candidate", h: "hidden state" }
const ROW_LETTERS = { z: "z", r: "r", h_tilde: "h̃" }
const AXIS_EDGE = 50 // hundredths: the axis ends at multiples of it
/** @type {WeakMap<HTMLElement, Places>} */
const placesOf = new WeakMap()

/**
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
function build(place, panel) {
  const look = /** @type {CellLook} */ (panel.data.look)
  place.innerHTML = look.markup // ours
  find(place, ".line").innerHTML = look.equations.map(equationLine).join("")
  const rows = look.equations.map(equationRow).join("")
  find(place, ".equations").innerHTML = `<table><tbody>${rows}</tbody></table>`
  find(place, ".same").innerHTML = tableMarkup(look)
  placeSliders(place, panel, look, MAIN_SLIDERS, "The six weights")
  find(place, ".time").append(panel.boxes[look.input], buildChart())
  listenForSymbols(place, "h")
  placesOf.set(place, collectPlaces(place))
}

/**
 * Which gate of an LSTM does what each share of the GRU does, with bars.
 * @param {CellLook} look
 */
const tableMarkup = ({ same }) => `<table><thead><tr><th scope="col">LSTM</th><th scope="col">GRU</th>` +
  `<th scope="col">now</th></tr></thead><tbody>` +
  same.map(({ lstm, lstmOwn, gru, own, value, note }) =>
    `<tr data-symbol="${own}" data-own="${own}"><th scope="row" data-own="${lstmOwn}">${lstm}</th>` +
    `<td><span class="share" data-own="${own}">${gru}</span> <small>${note}</small></td>` +
    `<td class="bar-cell" data-own="${own}"><i data-share="${value}"></i>` +
    `<b ${value && `data-value="${value}"`} data-own="${own}">${value ? "" : "1.00"}</b></td></tr>`,
  ).join("") + `</tbody></table>`

/**
 * @param {HTMLElement} place
 * @param {Frame} anyFrame
 * @param {Panel} panel
 */
function draw(place, anyFrame, panel) {
  const frame = /** @type {CellFrame} */ (anyFrame), { look, covered, cover } = panel.data
  const hidden = new Set(/** @type {CellLook} */ (look).hidden)
  /** @type {Values} */
  const values = Object.fromEntries(frame.values.map((value, k) => [look.quantities[k], value]))
  drawNumbers(/** @type {Places} */ (placesOf.get(place)), /** @type {any} */ ({}), values, hidden)
  for (const bar of findAll(place, "[data-share]")) {
    const name = bar.dataset.share ?? ""
    bar.style.width = `${name ? Math.abs(values[name]) : ONE}%`
  }
  const inHand = panel.boxes[panel.inHand]?.dataset.own
  for (const row of findAll(place, ".same tr")) row.classList.toggle("in-hand", row.dataset.symbol === inHand)
  const isCovered = covered.includes("words")
  setText(find(place, ".words"), isCovered ? cover : frame.words)
  drawOverTime(place, frame, covered.includes("curves") ? cover : "")
  describeGru(place, values, hidden)
  paint(place, look.palette)
}

/**
 * @param {HTMLElement} place
 * @param {CellFrame} frame
 * @param {string} cover in place of the curves, "" if they are shown
 */
function drawOverTime(place, { x, curves, alt }, cover) {
  const lines = Object.entries(RUN_LINES).map(([name, [own, dash, width]]) =>
    ({ name, own, dash, width, values: cover ? [] : curves[name] }))
  const all = lines.flatMap(({ values }) => values)
  drawChart(find(place, ".run"), {
    x, lines, bands: [], ring: [0, 0], alt: cover || alt,
    range: [
      Math.floor(Math.min(-ONE, ...all) / AXIS_EDGE) * AXIS_EDGE,
      Math.ceil(Math.max(ONE, ...all) / AXIS_EDGE) * AXIS_EDGE,
    ],
    rows: Object.entries(ROW_LETTERS).map(([name, letter]) =>
      ({ letter, own: name, values: cover ? x.map(() => 0) : curves[name], isSigned: name === "h_tilde" })),
    legend: Object.values(RUN_LINES).map(([own, dash, , name]) => legendEntry(own, dash, name)).join(""),
  })
}

/**
 * Say to a screen reader what the drawing shows.
 * @param {HTMLElement} place
 * @param {Values} values
 * @param {Set<string>} hidden
 */
function describeGru(place, values, hidden) {
  const text = (/** @type {string} */ name) => hidden.has(name) ? "?" : formatNumber(values[name])
  for (const part of findAll(place, "[data-name]")) {
    setAttributes(part, { "aria-label": `${part.dataset.name}: ${text(part.dataset.symbol ?? "")}` })
  }
  const parts = Object.entries(SPOKEN_NAMES).map(([name, spoken]) => `${spoken} ${text(name)}`)
  for (const drawing of findAll(place, "[data-drawing]")) {
    setAttributes(drawing, { "aria-label": "The GRU. " + parts.join(", ") })
  }
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) => showPanel(root, data, { build, draw }))
