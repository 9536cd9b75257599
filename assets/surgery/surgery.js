// The panel of the gate surgery: the next character, both continuations and their maps, while a gate's value
// is dragged. When it rests, the numbers behind the map and the loss over a whole text follow.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Answer, Frame, Panel, Setting } from "../panel/types.js" */
/** @import { ReaderData, State } from "../reader/types.js" */
import { drawBars } from "../bars/rows.js"
import { register } from "../drawing/register.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { coverBox } from "../reader/cover.js"
import { buildReader, showReader } from "../reader/view.js"
import { Asker } from "../shared/ask.js"
import { element, find, setText } from "../shared/dom.js"
import { findAll } from "../shared/search.js"

const REST = 300 // milliseconds without another setting, after which the loss is asked for
// Which operations need which controls.
/** @type {Record<string, string[]>} */
const NEEDED = {
  "clamp a gate": ["gate", "clamp", "units", "layer"], "ablate units": ["units", "layer"],
  "swap the memory": ["other"],
}
const ABLATION = "ablate units" // the operation that cannot do without named units
const ASKED_FOR_LOSS = ["network", "weights", "operation", "gate", "clamp", "units", "layer"]

/**
 * source: the text in which the operation begins; pair: the two continuations.
 * @typedef {object} Surgery
 * @property {State} source
 * @property {State} pair
 * @property {Asker<any>} loss
 * @property {Asker<Answer>} exact
 * @property {number} timer
 * @property {string} asked
 */
/** @type {WeakMap<HTMLElement, Surgery>} */
const surgeries = new WeakMap()

/**
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
function build(place, panel) {
  const source = buildReader(({ at }) => panel.set({ at: String(at + 1) })), pair = buildReader(() => {})
  const loss = new Asker({
    name: "sampling/loss", root: panel.root,
    take: (answer) => setText(find(place, ".price"), answer.words),
  })
  /** @type {Asker<Answer>} */
  const exact = new Asker({
    name: panel.data.answers, root: panel.root,
    take: ({ common, frames }, question) => {
      if (isSame(question, settingOf(panel))) draw(place, { ...common, ...frames[0] }, panel)
    },
  })
  surgeries.set(place, { source, pair, loss, exact, timer: 0, asked: "" })
  const next = element("p", {},
    element("b", {}, "The next character"), ": grey without the operation, coloured with it")
  place.append(
    element("p", { class: "trouble", role: "alert" }), element("p", { class: "about" }),
    element("p", { class: "missing" }),
    element("div", { class: "outcome" }, pair.root, element("p", { class: "sentence difference" }),
      element("p", { class: "sentence price" }), next, element("div", { class: "bars" })),
    gatherOptional(panel, source, pair))
}

/**
 * Put what is optional behind one fold, below the picture: controls, presets, where the operation begins, and
 * maps of all units.
 * @param {Panel} panel
 * @param {State} source
 * @param {State} pair
 */
function gatherOptional({ root }, source, pair) {
  const fold = find(root, "details.more")
  const begins = "The operation begins at the marked character. Click another character to begin there."
  fold.append(...findAll(root, ".presets"),
    element("div", { class: "from" }, element("p", {}, begins), source.root),
    element("div", { class: "outcome" },
      element("p", {}, "In the maps each row is one unit, each column one character."),
      element("div", { class: "reader" }, pair.mapsPlace), element("p", { class: "hint" })))
  return fold
}

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function draw(place, frame, panel) {
  const { source, pair } = /** @type {Surgery} */ (surgeries.get(place)), { look } = panel.data
  for (const name of ["tone", "grey", "mark"]) place.style.setProperty(`--${name}`, look[name])
  if (!panel.setting.at) panel.set({ at: String(frame.at + 1) })
  showNeeded(panel)
  setText(find(place, ".trouble"), frame.trouble ?? "")
  setMarkup(find(place, ".about"), frame.about)
  setText(find(place, ".missing"), frame.missing ?? "")
  showReader(source, sourceData(frame, look), { at: frame.at, unit: -1 })
  for (const box of findAll(place, ".outcome")) {
    box.hidden = !frame.after
    coverBox(box, panel, frame.shows ?? [])
  }
  if (!frame.after) return
  const bars = find(place, ".outcome > .bars")
  drawBars(bars, { alt: frame.alt, colour: look.mark, grey: look.grey, rows: frame.rows })
  setText(find(place, ".difference"), frame.words)
  setText(find(place, ".hint"), frame.scale)
  showReader(pair, pairData(frame, look), { at: -1, unit: -1 })
  restLater(place, panel, frame)
}

/**
 * Show the controls that the operation needs.
 * @param {Panel} panel
 */
function showNeeded({ root, boxes, setting }) {
  const needed = NEEDED[setting.operation] ?? []
  const home = find(root, setting.operation === ABLATION ? ".controls" : "details.more > .controls")
  if (boxes.units.parentElement !== home) home.append(boxes.units)
  for (const box of findAll(root, "[data-control]")) {
    const name = String(box.dataset.control)
    if (Object.values(NEEDED).flat().includes(name)) box.hidden = !needed.includes(name)
  }
}

/**
 * @param {Frame} frame
 * @param {any} look
 * @returns {ReaderData}
 */
function sourceData({ text, start }, { bounds, palette }) {
  const alt = `The text, ${text.length} characters; walk through it with the arrow keys`
  const texts = [{ chars: text, name: "", start, tints: "", first: -1, alt }]
  return { texts, maps: [], units: [], symbol: "", details: null, spans: null, bounds, palette }
}

/**
 * @param {Frame} frame
 * @param {any} look
 * @returns {ReaderData}
 */
function pairData(frame, look) {
  const { names, alts, symbol, first, units, bounds, spans } = frame
  const both = [frame.before, frame.after], codes = [frame.beforeMap, frame.afterMap]
  return {
    texts: both.map((chars, k) => ({
      chars, name: names[k], start: 1, tints: "", first, alt: `${names[k]}, ${chars.length} characters`,
    })),
    maps: codes.map((map, k) => ({
      codes: map, name: `${symbol} ${names[k]}`, alt: alts[k], exact: k === 0 || frame.exact,
    })),
    units, symbol, bounds, spans, details: null, palette: look.palettes[symbol],
  }
}

/** @param {Panel} panel */
const settingOf = ({ data, setting }) => ({ ...data.fixed, ...setting })

/**
 * @param {Setting} one
 * @param {Setting} other
 */
const isSame = (one, other) => Object.keys({ ...one, ...other }).every((name) => one[name] === other[name])

/**
 * Ask for what takes longer, and for the numbers of the second map, once nothing moves any more.
 * @param {HTMLElement} place
 * @param {Panel} panel
 * @param {Frame} frame
 */
function restLater(place, panel, frame) {
  const surgery = /** @type {Surgery} */ (surgeries.get(place)), question = settingOf(panel)
  const forLoss = Object.fromEntries(ASKED_FOR_LOSS.filter((name) => name in question).map((name) =>
    [name, question[name]]))
  clearTimeout(surgery.timer)
  surgery.timer = setTimeout(() => {
    for (const asker of [surgery.loss, surgery.exact]) {
      asker.channel = panel.data.channel
      asker.byPost = panel.data.byPost && asker === surgery.exact
    }
    if (!frame.exact) surgery.exact.ask(question)
    const asked = JSON.stringify(forLoss)
    if (asked !== surgery.asked) surgery.loss.ask(forLoss)
    surgery.asked = asked
  }, REST)
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) => showPanel(root, data, { build, draw }))
