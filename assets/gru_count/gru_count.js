// The GRU's challenge: sliders, the run along a sequence, a button that checks, and once it is solved the
// proof.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Setting, Frame, Panel } from "../panel/types.js" */
/** @import { Band, CheckReply, CountFrame, CountLook } from "../gru/types.js" */
import { register } from "../drawing/register.js"
import { buildChart, drawChart } from "../gru/chart.js"
import { legendEntry, paint, placeSliders } from "../gru/parts.js"
import { tellOfPanel } from "../panel/attempts.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { Asker } from "../shared/ask.js"
import { element, find, setText } from "../shared/dom.js"
import { ONE } from "../shared/numbers.js"
import { closest } from "../shared/search.js"
import { bringIntoView } from "../shared/view.js"

/**
 * How far the visitor is: how many attempts, what the last one said and of which setting; isSolved: since the
 * page was opened.
 * @typedef {object} Progress
 * @property {Asker<CheckReply>} asker
 * @property {number} attempts
 * @property {CheckReply | null} reply
 * @property {string} judged
 * @property {boolean} isSolved
 */
/** @type {WeakMap<HTMLElement, Progress>} */
const progressOf = new WeakMap()
const BEFORE = "The picture shows one sequence. The check uses other sequences as well."
const AFTER_MOVES = "The sliders have moved since the last check."
const PROOF = "<p><b>Why no GRU counts further:</b></p>"
/** @type {[low: number, high: number]} */
const OPEN_RANGE = [-ONE, 2.5 * ONE] // of the axis until it is solved: the second pulse's band is in it
const BEYOND = 50 // hundredths above the highest band

/**
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
function build(place, panel) {
  const look = /** @type {CountLook} */ (panel.data.look)
  const button = (/** @type {string} */ does, /** @type {string} */ label) =>
    element("button", { type: "button", "data-does": does }, label)
  const check = element("div", { class: "check" },
    element("div", { class: "buttons" }, button("check", "✓ Check"),
      button("return", "Back to the first sequence"), button("restart", "Start again"),
      element("span", { class: "aside" })),
    element("p", { class: "verdict", role: "status" }))
  const sliders = element("div", { class: "sliders", role: "group", "aria-label": "Settings of the GRU" })
  const time = element("div", { class: "time" }, buildChart())
  const proof = element("div", { class: "proof" })
  const top = element("div", { class: "top" }, time, sliders)
  place.append(element("div", { class: "cell over-time" }, check, top, proof))
  placeSliders(place, panel, look, look.main, "Reset gate, and the weights on h")
  const asker = new Asker({
    name: look.check, root: panel.root, take: (reply, asked) => takeReply(place, panel, reply, asked),
  })
  progressOf.set(place, { asker, attempts: 0, reply: null, judged: "", isSolved: false })
  check.addEventListener("click", (event) => {
    const does = closest(event, "[data-does]")?.dataset.does
    if (does) act(place, panel, does)
  })
}

/** @param {HTMLElement} place */
const progress = (place) => /** @type {Progress} */ (progressOf.get(place))

/**
 * What the challenge's sliders are set to.
 * @param {Panel} panel
 * @returns {Setting}
 */
const slidersOf = ({ data: { look }, setting }) => Object.fromEntries(
  Object.values(/** @type {CountLook} */ (look).controls).map((name) => [name, setting[name]]))

/**
 * @param {HTMLElement} place
 * @param {Panel} panel
 * @param {string} does
 */
function act(place, panel, does) {
  const { look } = panel.data, now = progress(place)
  if (does === "check") return now.asker.ask({ ...slidersOf(panel), attempt: String(now.attempts) })
  if (does === "return") return panel.set({ [look.sequenceName]: "" })
  now.reply = null
  const starts = Object.keys(slidersOf(panel)).map((name) => [name, panel.controls[name].start])
  panel.set({ ...Object.fromEntries(starts), [look.sequenceName]: "" })
  panel.root.send?.("restart", true)
}

/**
 * @param {HTMLElement} place
 * @param {Panel} panel
 * @param {CheckReply} reply
 * @param {Setting} asked
 */
function takeReply(place, panel, reply, asked) {
  const { look } = panel.data, now = progress(place), { attempt, ...sliders } = asked
  Object.assign(now, { reply, judged: JSON.stringify(sliders), attempts: now.attempts + 1 })
  tellOfPanel(panel, reply.passed, reply.fails)
  if (reply.passed) {
    now.isSolved = true
    panel.root.send?.("solved", asked)
  }
  panel.set({ [look.sequenceName]: reply.sequence ?? "" })
  if (panel.frame) draw(place, panel.frame, panel)
  bringIntoView(find(place, ".verdict"))
}

/**
 * @param {HTMLElement} place
 * @param {Frame} anyFrame
 * @param {Panel} panel
 */
function draw(place, anyFrame, panel) {
  const frame = /** @type {CountFrame} */ (anyFrame), look = /** @type {CountLook} */ (panel.data.look)
  const now = progress(place), isSolved = look.isSolved || now.isSolved
  const isJudged = now.reply !== null && now.judged === JSON.stringify(slidersOf(panel))
  showVerdict(place, frame, now, isJudged)
  const step = isJudged && frame.sequence === now.reply?.sequence ? now.reply?.step ?? 0 : 0
  const highest = Math.max(...frame.count.high.map((edge) => edge ?? 0))
  const lines = [
    { name: "C", own: "C", dash: "", width: 2.5, values: isSolved ? frame.C : [] },
    { name: "h", own: "z", dash: "", width: 3.5, values: frame.h },
  ]
  drawChart(find(place, ".run"), {
    x: frame.x, lines, ring: [step, step ? frame.h[step - 1] : 0], alt: frame.alt,
    bands: [beyond(frame), { ...frame.asked, name: "asked" }],
    range: isSolved ? [-ONE, Math.max(2.5 * ONE, highest + BEYOND)] : OPEN_RANGE,
    rows: look.rows.map((name) => ({
      letter: look.letters[name], own: name, values: frame.rows[name], isSigned: name === "h_tilde",
    })),
    legend: legendEntry("z", "", "h of the GRU") + `<span><i class="swatch"></i>asked of h</span>` +
      `<span><i class="swatch beyond"></i>asked of an LSTM’s C</span>` +
      (isSolved ? legendEntry("C", "", "C of the LSTM that counts") : ""),
  })
  const proof = frame.proof.map((line) => `<li>${line}</li>`).join("")
  setMarkup(find(place, ".proof"), !isSolved || !proof ? "" : `${PROOF}<ol>${proof}</ol>`)
  paint(place, look.palette)
}

/**
 * The band of the LSTM's challenge, where nothing is asked of the GRU.
 * @param {CountFrame} frame
 * @returns {Band}
 */
function beyond({ asked, count }) {
  const only = (/** @type {(number | null)[]} */ edge) =>
    edge.map((value, k) => asked.low[k] === null ? value : null)
  return { name: "beyond", low: only(count.low), high: only(count.high) }
}

/**
 * @param {HTMLElement} place
 * @param {CountFrame} frame
 * @param {Progress} now
 * @param {boolean} isJudged whether the last check is about what is set
 */
function showVerdict(place, { sequence }, { reply }, isJudged) {
  find(place, "[data-does=return]").hidden = sequence === ""
  setText(find(place, ".aside"), isJudged ? "" : reply ? AFTER_MOVES : BEFORE)
  const box = find(place, ".verdict")
  box.hidden = !isJudged
  if (!isJudged || !reply) return
  box.classList.toggle("passed", reply.passed)
  const where = reply.sequence && reply.sequence === sequence
    ? " The picture shows this sequence; the ring marks the step." : ""
  setMarkup(box, reply.words + where)
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) => showPanel(root, data, { build, draw }))
