// The panel of the RNN's product: the arrow of the gradient in the plane of the two units, the factor of the
// step in view, all steps as curves, the LSTM's factor beside it, and a challenge.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
/** @import { Plane } from "./plane.js" */
import { buildCurves } from "../curves/curves.js"
import { drawFrameCurves } from "../curves/frames.js"
import { register } from "../drawing/register.js"
import { tellOfPanel } from "../panel/attempts.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { element, find, setText } from "../shared/dom.js"
import { bringIntoView } from "../shared/view.js"
import { equation } from "./equation.js"
import { buildPlane, drawPlane } from "./plane.js"

/**
 * checked: the setting for which the button was pressed; isSolved: since the page was opened.
 * @typedef {HTMLElement & {checked?: string, isSolved?: boolean}} Place
 */

/**
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
function build(place, panel) {
  const { gate, task, button } = panel.data.look
  const steps = element("div", { class: "steps" },
    element("p", { class: "title" }), element("div", { class: "equation" }), buildCurves())
  const beside = element("section", { class: "gate" },
    element("p", { class: "head" }), panel.boxes.bf, element("p", { class: "f", role: "status" }))
  setMarkup(beside.children[0], gate)
  const words = element("p", { class: "words", role: "status" })
  place.append(element("div", { class: "walk" }, buildPlane(), steps), words, beside,
    buildTask(place, panel, task, button))
}

/**
 * @param {Place} place
 * @param {Panel} panel
 * @param {string} task
 * @param {string} label
 */
function buildTask(place, panel, task, label) {
  const button = element("button", { type: "button", class: "press" }, label)
  const verdict = element("p", { class: "verdict", role: "status", hidden: "" })
  const box = element("section", { class: "task" }, element("p"), button, verdict)
  setMarkup(box.children[0], task)
  button.addEventListener("click", () => {
    if (!panel.frame) return
    place.checked = settingOf(panel)
    if (panel.frame.check.solved && !panel.data.look.solved && !place.isSolved) {
      place.isSolved = true
      panel.root.send?.("solved", panel.data.look.name)
    }
    showVerdict(place, panel.frame, panel)
    tellOfPanel(panel, panel.frame.check.solved, verdict.textContent ?? "")
    bringIntoView(verdict)
  })
  return box
}

/** @param {Panel} panel */
const settingOf = ({ setting }) => `${setting.radius} ${setting.scale}`

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function draw(place, frame, panel) {
  drawFrameCurves(find(place, ".curves"), frame, panel)
  setMarkup(find(place, ".title"), frame.title)
  setMarkup(find(place, ".equation"), equation(frame.factors))
  setMarkup(find(place, ".words"), frame.words)
  setMarkup(find(place, ".f"), frame.gate)
  showPlane(place, frame)
  showVerdict(place, frame, panel)
  const { rnn, grey } = panel.data.look.tones
  place.style.setProperty("--product-rnn", rnn)
  place.style.setProperty("--product-grey", grey)
}

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 */
function showPlane(place, frame) {
  drawPlane(find(place, ".plane"), /** @type {Plane} */ (frame.plane), frame.says)
  setText(find(place, "figcaption .ring"), frame.ring)
}

/**
 * The verdict is about the setting for which the button was pressed.
 * @param {Place} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function showVerdict(place, frame, panel) {
  const verdict = find(place, ".verdict"), isAbout = place.checked === settingOf(panel)
  verdict.hidden = !isAbout
  verdict.classList.toggle("right", frame.check.solved)
  setMarkup(verdict, isAbout ? frame.check.says : "")
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) => showPanel(root, data, { build, draw }))
