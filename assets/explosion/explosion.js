// The panel of the explosion: two gradients, and what one update makes of the larger one.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
import { buildCurves } from "../curves/curves.js"
import { drawFrameCurves } from "../curves/frames.js"
import { register } from "../drawing/register.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { element, find, setText } from "../shared/dom.js"

/** @param {HTMLElement} place */
function build(place) {
  const words = element("p", { class: "words", role: "status" }), table = element("div", { class: "table" })
  const later = element("p", { class: "later" }), clipping = element("p", { class: "clipping" })
  place.append(buildCurves(), words, later, table, clipping)
}

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function draw(place, frame, panel) {
  drawFrameCurves(find(place, ".curves"), frame, panel)
  setMarkup(find(place, ".words"), frame.words)
  const { covered, cover } = panel.data // where the curves are covered, too, they say it
  setText(find(place, ".later"), covered.includes("update") && !covered.includes("curves") ? cover : "")
  setMarkup(find(place, ".table"), table(panel.data.look.columns, frame.rows))
  setMarkup(find(place, ".clipping"), frame.clipping)
}

/**
 * @param {string[]} columns
 * @param {string[][]} rows
 */
function table(columns, rows) {
  const head = columns.map((name) => `<th scope="col">${name}</th>`).join("")
  const row = (/** @type {string[]} */ [name, ...cells]) =>
    `<tr><th scope="row">${name}</th>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.map(row).join("")}</tbody></table>`
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) => showPanel(root, data, { build, draw }))
