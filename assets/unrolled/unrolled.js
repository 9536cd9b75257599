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
  const [unknown, about] = ["unknown", "about"].map((name) => element("p", { class: name }))
  place.append(unknown, element("div", { class: "steps" }), about)
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
  steps.forEach((step, k) => {
    if (k) row.append(element("span", { class: "arrow" }, "→"))
    row.append(stepColumn(step, k, panel.data.look.palette))
  })
  const picture = find(place, ".steps")
  setAttributes(picture, { role: "img", "aria-label": frame.alt })
  picture.replaceChildren(row)
  setMarkup(find(place, ".unknown"), frame.unknown) // Python has escaped a visitor's characters
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
