// The panel of the two gradient paths: both paths of ∂L/∂C while a slider moves, its units once it rests.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
import { buildCurves } from "../curves/curves.js"
import { drawFrameCurves } from "../curves/frames.js"
import { register } from "../drawing/register.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { element, find } from "../shared/dom.js"
import { buildUnits, followUnits } from "./units.js"

/**
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
function build(place, panel) {
  const check = element("span", { class: "check" })
  const words = element("p", { class: "words" }, element("span", { role: "status" }), " ", check)
  place.append(buildCurves(), words, buildUnits(panel, check))
}

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function draw(place, frame, panel) {
  drawFrameCurves(find(place, ".curves"), frame, panel)
  setMarkup(find(place, ".words [role=status]"), frame.words)
  followUnits(find(place, ".units"), panel)
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) => showPanel(root, data, { build, draw }))
