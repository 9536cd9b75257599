// The panel of one network, unrolled over a word: the same box again and again, each with the state of the
// one before.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
import { register } from "../drawing/register.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { element, find, setAttributes, setText } from "../shared/dom.js"

/**
 * A step; state: places in the palette.
 * @typedef {{char: string, expects: string, state: number[]}} Step
 */

/** @param {HTMLElement} place */
function buildUnrolled(place) {
  const [leftOut, about] = ["left-out", "about"].map((name) => element("p", { class: name }))
  leftOut.role = "status"
  place.append(leftOut, element("div", { class: "steps" }), about)
}

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function drawUnrolled(place, frame, panel) {
  /** @type {Step[]} */
  const steps = frame.steps
  const row = element("div", { class: "row" })
  steps.forEach((step, k) => { // an arrow stays with the box to which it leads, in the next line as well
    const arrow = k ? [element("span", { class: "arrow" }, "→")] : []
    const column = stepColumn(step, k, panel.data.look.palette)
    row.append(element("div", { class: "joined" }, ...arrow, column))
  })
  const picture = find(place, ".steps")
  setAttributes(picture, { role: "img", "aria-label": frame.alt })
  picture.replaceChildren(row)
  setMarkup(find(place, ".left-out"), frame.left_out) // Python has escaped a visitor's characters
  setText(find(place, ".about"), frame.about)
}

/**
 * The network at one step, from what it expects down to what it reads.
 * @param {Step} step
 * @param {number} k
 * @param {string[]} palette
 */
function stepColumn(step, k, palette) {
  const units = step.state.map((at) => element("i", { style: `background-color: ${palette[at]}` }))
  return element("div", { class: "step" },
    element("span", { class: "expects" }, step.expects),
    element("span", { class: "up" }, "↑"),
    element("div", { class: "box" }, ...units),
    element("span", { class: "up" }, "↑"),
    element("span", { class: "char" }, step.char),
    element("span", { class: "number" }, `step ${k + 1}`))
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) =>
  showPanel(root, data, { build: buildUnrolled, draw: drawUnrolled }))
