// The live cell: looks up, formats, maps to pixels. Every number of the model comes from Python: for the
// setting that was last sent, the values of the whole cell along sliders' ranges.
//
// What one file of it does: build.js what stays, lookup.js the numbers for a setting, show.js and draw.js
// what is seen of them, commit.js and receive.js the way to Python and back, address.js the link.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Cell, CellData } from "./types.js" */
import { find, isDark } from "../shared/dom.js"
import { writeAddress } from "./address.js"
import { buildPresets, buildReading, buildSliders, paintSymbols } from "./build.js"
import { timeChart } from "./chart/chart.js"
import { commit, commitLater } from "./commit.js"
import { collectPlaces } from "./draw.js"
import { listenForSymbols } from "./highlight.js"
import { passKeysOn } from "../shared/keys.js"
import { listenForAnswers } from "./receive.js"
import { listenForSharing } from "./share.js"
import { adopt, refresh, showSlider } from "./show.js"

/** @param {Component<CellData>} component */
export default function ({ data, parentElement }) {
  const root = find(parentElement, ".cell")
  const tone = isDark(root) ? "dark" : "light"
  const colour = (/** @type {string} */ symbol) => data.palette[symbol]?.[tone] ?? "currentColor"
  paintSymbols(root, colour)
  if (root.dataset.ready) return // the script ran again: everything below is there already
  root.dataset.ready = "yes"
  root.classList.toggle("over-time", data.overTime)
  const cell = buildCell(root, data, colour)
  listenForDrawers(cell)
  root.addEventListener("focusout", () => { // who leaves the cell finds the link right at once
    if (cell.address.timer) writeAddress(cell, true)
  })
  listenForSymbols(root)
  passKeysOn(root)
  listenForSharing(cell)
  data.sliders.forEach((slider) => showSlider(cell, slider))
  listenForAnswers(cell)
}

/**
 * @param {HTMLElement} root
 * @param {CellData} data
 * @param {(symbol: string) => string} colour
 * @returns {Cell}
 */
function buildCell(root, data, colour) {
  /** @type {Cell} */
  const cell = {
    root, data, colour,
    sliders: Object.fromEntries(data.sliders.map((slider) => [slider.name, slider])),
    setting: { ...data.setting }, open: new Set(data.open), values: {}, answer: null, answeredSetting: null,
    inHand: data.groups.main[0], t: data.t, jump: data.jump,
    controls: { inputs: {}, outputs: {} }, places: { texts: [], wires: [], gauges: [], dots: [] },
    chart: null,
    commits: { inFlight: false, sentAt: 0, timer: 0, lossTimer: 0, turn: 0 },
    address: { writtenAt: -Infinity, timer: 0 },
  }
  buildControls(cell)
  buildReading(root, data)
  if (data.overTime) find(root, ".wide").remove() // the chart needs the room
  paintSymbols(root, colour)
  cell.places = collectPlaces(root)
  if (data.overTime) cell.chart = buildChart(cell)
  return cell
}

/** @param {Cell} cell */
function buildControls(cell) {
  const { root, data } = cell
  cell.controls = buildSliders(root, data, {
    take: ({ name }) => {
      if (!data.overTime || cell.inHand === name) return
      cell.inHand = name
      commit(cell)
    },
    drag: () => { if (cell.commits.timer) commitLater(cell) },
    move: (slider, position) => {
      cell.setting[slider.name] = position
      cell.inHand = slider.name
      showSlider(cell, slider)
      refresh(cell)
      commitLater(cell)
    },
    release: () => commit(cell),
  })
  buildPresets(root, data.presets, ({ setting }) => {
    adopt(cell, setting)
    commit(cell)
  })
}

/** @param {Cell} cell */
function buildChart(cell) {
  const { root, sliders, colour } = cell
  return timeChart(root, sliders.x, colour, {
    step: (t) => {
      cell.t = t
      refresh(cell)
      commitLater(cell)
    },
    // A drawn input is what the visitor could have typed.
    drawInput: (positions) => {
      const { low, step } = sliders.x
      window.lstmCell?.sendInput(positions.map((position) => String(low + position * step)).join(" "))
    },
  })
}

/** @param {Cell} cell */
function listenForDrawers(cell) {
  const { root, open } = cell
  for (const details of /** @type {NodeListOf<HTMLDetailsElement>} */ (root.querySelectorAll("details"))) {
    const group = details.dataset.group ?? ""
    details.open = open.has(group)
    details.addEventListener("toggle", () => {
      if (details.open === open.has(group)) return
      if (details.open) open.add(group)
      else open.delete(group)
      commit(cell)
    })
  }
}
