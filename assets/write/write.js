// The panel of the part Write: a text that follows its settings, what was expected at the chosen character,
// and drawers with other texts from the same noise.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
/** @import { ReaderData, State } from "../reader/types.js" */
import { register } from "../drawing/register.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { coverBox } from "../reader/cover.js"
import { startReveal } from "../reader/reveal.js"
import { buildReader, showReader } from "../reader/view.js"
import { element, find, setText } from "../shared/dom.js"
import { buildDrawers, updateDrawers } from "./drawers.js"

/**
 * reader: the text; writes: whether the next text that arrives is to appear at a pace for reading.
 * @typedef {{reader: State, writes: boolean}} Writing
 */
/** @type {WeakMap<HTMLElement, Writing>} */
const writings = new WeakMap()

/**
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
function build(place, panel) {
  const reader = buildReader(({ at }) => panel.set({ at: String(at + 1) }))
  writings.set(place, { reader, writes: false })
  place.append(buildWriteButtons(place, panel),
    element("div", { class: "written" }, reader.root,
      element("p", { class: "hint" }), element("p", { class: "sentence" })), element("p", { class: "about" }),
    find(panel.root, "details.more"),
    element("div", { class: "temperature" }, element("h3", {}, "What temperature does"),
      element("div", { class: "table" }), element("p", { class: "advice hint" })))
  setText(find(place, ".hint"), panel.data.look.hint)
  setMarkup(find(place, ".table"), panel.data.look.ranges)
  setMarkup(find(place, ".advice"), panel.data.look.advice)
  place.append(buildDrawers(panel))
}

/**
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
function buildWriteButtons(place, panel) {
  const write = element("button", { type: "button", class: "primary" }, "Write")
  const another = element("button", { type: "button", title: "Another text, with the next seed" }, "Another")
  const note = element("span", { class: "note" },
    "The text changes when you move a control. The button “Write” shows it character by character.")
  write.addEventListener("click", () => {
    const { reader } = writingOf(place)
    startReveal(reader, reader.data.texts[0].start)
  })
  another.addEventListener("click", () => {
    const last = Number(panel.controls.s.values[1])
    writingOf(place).writes = true
    panel.set({ s: String(Math.min(last, Number(panel.setting.s) + 1)) })
  })
  return element("div", { class: "presets write-buttons" }, write, another, note)
}

/** @param {HTMLElement} place */
const writingOf = (place) => /** @type {Writing} */ (writings.get(place))

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function draw(place, frame, panel) {
  const writing = writingOf(place), { look } = panel.data
  for (const name of ["tone", "grey", "mark"]) place.style.setProperty(`--${name}`, look[name])
  // What is chosen first stays where it is, whatever is written there later.
  if (!panel.setting.at) panel.set({ at: String(frame.at + 1) })
  const at = Math.min(Number(panel.setting.at), Array.from(frame.text).length) - 1
  showReader(writing.reader, readerData(frame, look), { at, unit: -1 })
  setText(find(place, ".sentence"), frame.words)
  setText(find(place, ".about"), frame.about)
  coverBox(find(place, ".written"), panel, frame.shows)
  coverBox(find(place, ".temperature"), panel, ["ranges"])
  coverBox(find(place, ".drawers"), panel, ["drawers"])
  find(place, ".drawers").hidden = panel.data.covered.includes("ranges") // one cover for both
  if (writing.writes) startReveal(writing.reader, frame.start)
  writing.writes = false
  updateDrawers(place)
}

/**
 * @param {Frame} frame
 * @param {any} look
 * @returns {ReaderData}
 */
function readerData(frame, look) {
  const length = frame.text.length
  const alt = `The text, ${length} characters; walk through it with the arrow keys`
  const { codes, chars, each, given, certainty, from, to, row } = frame
  return {
    texts: [{ chars: frame.text, name: "", start: frame.start, tints: frame.tints, first: -1, alt }],
    maps: [], units: [], symbol: "", spans: null, bounds: look.bounds, palette: look.palette,
    details: { codes, chars, each, given, certainty, from, to, row },
  }
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) => showPanel(root, data, { build, draw }))
