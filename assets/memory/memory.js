// The panel of Read its memory: a map of the units along a text, and the text coloured by the chosen unit.
// Units and characters are looked up in one answer.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
/** @import { ReaderData, State } from "../reader/types.js" */
import { register } from "../drawing/register.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { coverBox } from "../reader/cover.js"
import { buildReader, showReader } from "../reader/view.js"
import { element, find, setText } from "../shared/dom.js"
import { findAll } from "../shared/search.js"
import { buildElsewhere, drawElsewhere } from "./elsewhere.js"

/** @type {WeakMap<HTMLElement, State>} */
const readers = new WeakMap()

/**
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
function build(place, panel) {
  const reader = buildReader(({ at, unit }) => panel.set({ at: String(at + 1), unit: String(unit) }))
  readers.set(place, reader)
  place.append(element("p", { class: "title" }),
    element("div", { class: "map" }, reader.root, element("p", { class: "sentence" })),
    element("p", { class: "hint" }), ...findAll(panel.root, "details.more"),
    buildElsewhere(panel, reader),
    element("h3", {}, "What the gates did"),
    element("div", { class: "gates" }, element("div", { class: "table" },
      element("table", {}, element("tbody"))), element("p", { class: "about hint" })))
}

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function draw(place, frame, panel) {
  const reader = /** @type {State} */ (readers.get(place)), { data: { look }, setting } = panel
  for (const name of ["tone", "grey", "mark"]) place.style.setProperty(`--${name}`, look[name])
  find(place, ".elsewhere").hidden = Boolean(frame.missing)
  if (frame.missing) return setText(find(place, ".sentence"), frame.missing)
  if (!setting.at || !setting.unit) {
    panel.set({ at: setting.at || String(frame.at + 1), unit: setting.unit || String(frame.unit) })
  }
  const unit = Math.min(Number(setting.unit), frame.units.length - 1)
  const at = Math.min(Number(setting.at), Array.from(frame.text).length) - 1
  setMarkup(find(place, ".title"), frame.title)
  showReader(reader, readerData(frame, look), { at, unit })
  setText(find(place, ".sentence"), frame.words[unit])
  setText(find(place, ".hint"), frame.scale)
  fillTable(find(place, "tbody"), frame.rows)
  setText(find(place, ".about"), frame.about)
  drawElsewhere(find(place, ".elsewhere"), panel, reader)
  for (const name of [".map", ".elsewhere"]) coverBox(find(place, name), panel, frame.shows)
  coverBox(find(place, ".gates"), panel, ["gates"])
}

/**
 * @param {Frame} frame
 * @param {any} look
 * @returns {ReaderData}
 */
function readerData({ text, start, units, symbol, codes, alt, bounds, spans }, look) {
  const about = `The text, ${text.length} characters; walk through it with the arrow keys`
  return {
    texts: [{ chars: text, name: "", start, tints: "", first: -1, alt: about }],
    maps: [{ name: "", alt, codes, exact: true }],
    units, symbol, bounds, spans, details: null, palette: look.palettes[symbol],
  }
}

/**
 * @param {HTMLElement} body
 * @param {string[][]} rows
 */
function fillTable(body, rows) {
  body.replaceChildren(...rows.map((cells, row) => element("tr", {}, ...cells.map((cell, k) =>
    row && k ? element("td", {}, cell) : element("th", { scope: row ? "row" : "col" }, cell)))))
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) => showPanel(root, data, { build, draw }))
