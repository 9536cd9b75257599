// One network, unrolled over a word: the same box again and again, each with the state of the one before.

/** @import { Component } from "../shared/streamlit.js" */
import { register } from "../drawing/register.js"
import { element } from "../shared/dom.js"

/** @typedef {{char: string, expects: string, state: string[]}} Step */

/** @type {WeakMap<HTMLElement, string>} */
const contents = new WeakMap() // what each place in the page shows

/** @param {Component<{name: string, css: string}>} component */
export default function (component) {
  register(component, draw)
}

/**
 * @param {HTMLElement} root
 * @param {{steps: Step[], alt: string}} data
 */
function draw(root, data) {
  const now = JSON.stringify(data)
  if (contents.get(root) === now) return
  contents.set(root, now)
  root.setAttribute("role", "img")
  root.setAttribute("aria-label", data.alt)
  const row = element("div", { class: "row" })
  data.steps.forEach((step, k) => {
    if (k) row.append(element("span", { class: "arrow" }, "→"))
    row.append(stepColumn(step, k))
  })
  root.replaceChildren(row)
}

/**
 * The network at one step, from what it expects down to what it reads.
 * @param {Step} step
 * @param {number} k
 */
function stepColumn(step, k) {
  const units = step.state.map((colour) => element("i", { style: `background-color: ${colour}` }))
  return element("div", { class: "step" },
    element("span", { class: "expects" }, step.expects),
    element("span", { class: "up" }, "↑"),
    element("div", { class: "box" }, ...units),
    element("span", { class: "up" }, "↑"),
    element("span", { class: "char" }, step.char),
    element("span", { class: "number" }, `step ${k + 1}`))
}
