// The panel of the lengths of training: what a network gains from further back than any error came.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
import { register } from "../drawing/register.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { element, find } from "../shared/dom.js"
import { buildChart, drawChart, legendOf } from "../truncation/chart.js"

const AXIS = "k, characters that can be seen"

/** @param {HTMLElement} place */
function build(place) {
  place.append(buildChart(), element("p", { class: "key" }), element("p", { class: "words", role: "status" }))
}

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function draw(place, { chart, alt, words }, { data: { look, covered, cover } }) {
  for (const name of ["loss", "gradient", "grey"]) place.style.setProperty(`--${name}`, look[name])
  const isCovered = covered.includes("memory")
  drawChart(find(place, ".chart"),
    { chart, at: null, dot: null, alt, cover: isCovered ? cover : "", axis: AXIS })
  setMarkup(find(place, ".key"), isCovered ? "" : look.key + legendOf(chart))
  setMarkup(find(place, ".words"), isCovered ? "" : words)
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) => showPanel(root, data, { build, draw }))
