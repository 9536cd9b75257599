// The panel of Two layers: a text with the maps of both layers above it, a column a character, and below it
// what a probe on each layer names; then how often probes are right, and what it costs if a layer forgets.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
import { register } from "../drawing/register.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { coverBox } from "../reader/cover.js"
import { element, find, setText } from "../shared/dom.js"
import { findAll } from "../shared/search.js"
import { buildResults, showResults } from "./results.js"
import { buildTape, showTape } from "./tape.js"

/**
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
function build(place, panel) {
  const tape = buildTape((at) => panel.set({ layers_at: String(at + 1) }))
  place.append(tape,
    element("p", { class: "hint" },
      "A probe is a simple reader: one weighted sum of h for each answer. The largest sum decides."),
    element("div", { class: "reading" }, element("p", { class: "here", role: "status" }),
      element("p", { class: "along" })),
    element("h3", {}, "What each layer knows"),
    element("div", { class: "knowledge" }, buildResults(), element("p", { class: "verdict" }),
      element("p", { class: "models hint" })),
    element("h3", {}, "One layer forgets"),
    element("div", { class: "forgets" }, element("div", { class: "losses" }),
      element("p", { class: "forgetting" })))
}

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function draw(place, frame, panel) {
  const { look, covered } = panel.data, at = Number(panel.setting.layers_at) - 1
  place.style.setProperty("--grey", look.grey)
  look.layers.forEach((/** @type {string} */ tone, /** @type {number} */ k) =>
    place.style.setProperty(`--layer-${k + 1}`, tone))
  for (const box of findAll(panel.root, "[data-control=steps_back]")) {
    box.style.visibility = frame.name.startsWith("back") ? "" : "hidden" // keeps its place: nothing jumps
  }
  const isCovered = covered.includes("layer_knowledge")
  showTape(find(place, ".tape"), frame, look.palette, at, isCovered)
  setText(find(place, ".here"), isCovered ? "" : sentence(frame, at))
  setMarkup(find(place, ".along"), frame.words)
  showResults(find(place, ".results"), frame, (setting) => panel.set(setting))
  setMarkup(find(place, ".verdict"), frame.verdict)
  setMarkup(find(place, ".models"), frame.models)
  setMarkup(find(place, ".forgetting"), frame.forgetting)
  showLosses(find(place, ".losses"), frame.losses)
  for (const name of [".reading", ".knowledge"]) coverBox(find(place, name), panel, ["layer_knowledge"])
  coverBox(find(place, ".forgets"), panel, ["layer_losses"])
}

/**
 * What is said of the character in view: Python's sentence, its gaps filled from what the probes name.
 * @param {Frame} frame
 * @param {number} at
 */
function sentence({ text, right, layers, classes, template }, at) {
  /** @type {Record<string, number>} */
  const gaps = { right: right[at], first: layers[0][at], second: layers[1][at] }
  const filled = Object.entries(gaps)
    .reduce((words, [gap, k]) => words.replace(`{${gap}}`, () => classes[k]), template)
  return `Character ${at + 1} of ${text.length}. ${filled}`
}

/**
 * @param {HTMLElement} box
 * @param {{label: string, says: string, length: number}[]} losses
 */
function showLosses(box, losses) {
  if (findAll(box, ".loss").length) return
  box.append(...losses.map(({ label, says, length }) => {
    const bar = element("span", { class: "bar" })
    bar.style.width = `${length / 100}%`
    return element("div", { class: "loss" }, element("span", { class: "label" }, label),
      element("span", { class: "track" }, bar), element("span", { class: "says" }, says))
  }))
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) => showPanel(root, data, { build, draw }))
