// The panel of the starts: the half-lives of all forget gates, and what is left of a gradient, for the chosen
// start in its colour, for the others in thin lines.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
import { buildCurves } from "../curves/curves.js"
import { drawFrameCurves } from "../curves/frames.js"
import { register } from "../drawing/register.js"
import { followChoice } from "../panel/choices.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { element, find } from "../shared/dom.js"
import { buildScales, drawScales } from "./scales.js"

/**
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
function build(place, panel) {
  const pictures = element("div", { class: "pictures" }, buildCurves(), buildScales())
  const words = element("p", { class: "words", role: "status" })
  place.append(pictures, words, element("p", { class: "rule" }))
  followChoice(panel, panel.data.look.rules) // a start also sets its b_f
}

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function draw(place, frame, panel) {
  const { look } = panel.data, { chosen } = frame
  panel.root.dataset.chosen = chosen === look.chrono ? "chrono" : "bias"
  const curves = Object.fromEntries(look.names.map((/** @type {string} */ name) =>
    [name, { ...look.curves[name], ...(name === chosen ? look.chosen : {}) }]))
  const data = { ...panel.data, look: { ...look, curves } }
  drawFrameCurves(find(place, ".curves"), frame, { ...panel, data })
  drawScales(find(place, ".scales"), {
    ...look.scales, covered: panel.data.covered.includes("scales") ? panel.data.cover : "",
    starts: look.names.map((/** @type {string} */ name) =>
      ({ ...curves[name], isChosen: name === chosen, logs: { ...frame.still_gates, ...frame.gates }[name] })),
  })
  setMarkup(find(place, ".words"), frame.words)
  setMarkup(find(place, ".rule"), frame.rule)
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) => showPanel(root, data, { build, draw }))
