// The panel of a challenge: an answer, and whether it is right. A window is checked by a button; once it is
// found, the curve that it is about is drawn, and the server learns it.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
import { buildCurves, drawCurves } from "../curves/curves.js"
import { register } from "../drawing/register.js"
import { tellOfPanel } from "../panel/attempts.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { element, find, setText } from "../shared/dom.js"
import { bringIntoView } from "../shared/view.js"

const QUESTION = "Set the window. When it is right, the curve appears here, between the dotted lines."

/**
 * checked: the window for which the button was pressed; attempt: the one that was told last; isSolved: since
 * the page was opened.
 * @typedef {HTMLElement & {checked?: string, attempt?: string, isSolved?: boolean}} Place
 */

/**
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
function build(place, panel) {
  const verdict = element("p", { class: "verdict", role: "status" }), note = element("p", { class: "note" })
  if (!panel.data.look.ends) return place.append(verdict)
  const button = element("button", { type: "button", class: "press" }, "Check the window")
  button.addEventListener("click", () => {
    Object.assign(place, { checked: windowOf(panel) })
    if (panel.frame) draw(place, panel.frame, panel)
    bringIntoView(verdict)
  })
  place.append(buildCurves(), button, verdict, note)
}

/** @param {Panel} panel */
const windowOf = ({ data, setting }) =>
  data.look.ends.map((/** @type {string} */ name) => setting[name]).join(" ")

/**
 * @param {HTMLElement} element_
 * @param {Frame} frame
 * @param {Panel} panel
 */
function draw(element_, frame, panel) {
  const place = /** @type {Place} */ (element_), { look } = panel.data
  if (!look.ends) return showVerdict(place, frame, frame.verdict !== "")
  const isChecked = place.checked === frame.ends.join(" ") && place.checked === windowOf(panel)
  if (isChecked && frame.right && !look.solved && !place.isSolved) {
    place.isSolved = true
    panel.root.send?.("solved", look.name)
  }
  const isSolved = look.solved || place.isSolved
  drawWindow(place, frame, panel, isSolved)
  showVerdict(place, frame, isChecked)
  setMarkup(find(place, ".note"), isSolved ? frame.note : "")
  if (!isChecked || place.attempt === place.checked) return
  place.attempt = place.checked
  tellOfPanel(panel, frame.right, find(place, ".verdict").textContent ?? "")
}

/**
 * @param {Place} place
 * @param {Frame} frame
 * @param {boolean} isShown
 */
function showVerdict(place, frame, isShown) {
  const verdict = find(place, ".verdict")
  verdict.hidden = !isShown
  verdict.classList.toggle("right", frame.right)
  setMarkup(verdict, isShown ? frame.verdict : "")
}

/**
 * The window between its two ends; the curve, which is the answer, only once it is solved.
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 * @param {boolean} isSolved
 */
function drawWindow(place, frame, { data }, isSolved) {
  const { axes, curve } = data.look, [low, high] = frame.axes, [first, last] = frame.window
  const steps = axes.names.length, stays = axes.references.map((/** @type {{log: number}} */ { log }) => log)
  const alt = `The window from ${axes.names[first]} to ${axes.names[last]}.`
  drawCurves(find(place, ".curves"), {
    ...axes, low, high, steps, alt,
    curves: isSolved ? [{ ...frame.curve, ...curve }] : [],
    bands: [
      { name: "stays", places: [0, steps - 1], logs: stays },
      { name: "window", places: [first, last], logs: [low * 100, high * 100] },
    ],
  })
  if (!isSolved) setText(find(place, ".legend"), QUESTION)
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) => showPanel(root, data, { build, draw }))
