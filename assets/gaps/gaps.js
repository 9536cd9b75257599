// The panel of Fill the gaps: a text with a gap, and what could stand there: from the left, from the right,
// by both together; when the gap rests, by reading on after each candidate too.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
import { register } from "../drawing/register.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { coverBox } from "../reader/cover.js"
import { visible } from "../reader/format.js"
import { Asker } from "../shared/ask.js"
import { element, find, setText } from "../shared/dom.js"
import { buildCharts, showCharts } from "./charts.js"
import { buildRates, showRates } from "./rates.js"
import { buildTask, showJudged } from "./task.js"

const REST = 200 // milliseconds without another gap, after which reading on is asked for

/**
 * frame: the charts with reading on, and the question that they answer.
 * @typedef {object} Exact
 * @property {Asker<{frame: Frame | null}>} asker
 * @property {Frame | null} frame
 * @property {string} question
 * @property {number} timer
 */
/** @type {WeakMap<HTMLElement, Exact>} */
const exacts = new WeakMap()

/**
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
function build(place, panel) {
  /** @type {Exact} */
  const exact = {
    frame: null, question: "", timer: 0,
    asker: new Asker({
      name: "sampling/gaps_exact", root: panel.root,
      take: ({ frame }, question) => {
        Object.assign(exact, { frame, question: JSON.stringify(question) })
        if (frame && exact.question === JSON.stringify(questionOf(panel)) && panel.frame) {
          draw(place, panel.frame, panel)
        }
      },
    }),
  }
  exacts.set(place, exact)
  const paper = element("p", { class: "paper", "aria-hidden": "true" })
  paper.onclick = ({ target }) => {
    const at = [...paper.children].indexOf(/** @type {Element} */ (target))
    if (at >= 0) panel.set({ gap: String(at + 1) })
  }
  place.append(
    element("p", { class: "missing" }),
    element("div", { class: "gap-view" }, paper, buildCharts(),
      element("p", { class: "words", role: "status" }), element("p", { class: "price hint" })),
    element("h3", {}, "How often each way is right"),
    element("div", { class: "rates" }, buildRates(), element("p", { class: "measured" })),
    buildTask(panel, () => JSON.stringify(questionOf(panel))))
}

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function draw(place, frame, panel) {
  const { look } = panel.data, exact = /** @type {Exact} */ (exacts.get(place))
  place.style.setProperty("--tone", look.colour)
  place.style.setProperty("--grey", look.grey)
  setText(find(place, ".missing"), frame.missing ?? "")
  find(place, ".gap-view").hidden = Boolean(frame.missing)
  showRates(find(place, ".rate-rows"), frame.rows)
  setMarkup(find(place, ".measured"), frame.measured)
  coverBox(find(place, ".rates"), panel, ["gap_rates"])
  find(place, ".task").hidden = Boolean(frame.missing)
  if (frame.missing) return
  const isExact = exact.frame !== null && exact.question === JSON.stringify(questionOf(panel))
  const charts = isExact && exact.frame ? exact.frame : frame
  showText(find(place, ".paper"), Array.from(frame.text), charts.at)
  showCharts(find(place, ".charts"), charts)
  setText(find(place, ".words"), charts.words)
  setText(find(place, ".price"), charts.price ?? "")
  showJudged(find(place, ".task"), JSON.stringify(questionOf(panel)))
  if (!isExact) askLater(panel, exact)
}

/** @param {Panel} panel */
const questionOf = ({ data, setting }) => ({ ...data.fixed, gap: setting.gap })

/**
 * @param {Panel} panel
 * @param {Exact} exact
 */
function askLater(panel, exact) {
  clearTimeout(exact.timer)
  exact.timer = setTimeout(() => {
    exact.asker.byPost = panel.data.byPost
    exact.asker.channel = panel.data.channel
    exact.asker.ask(questionOf(panel))
  }, REST)
}

/**
 * Write the text with a gap in it.
 * @param {HTMLElement} paper
 * @param {string[]} chars
 * @param {number} at
 */
function showText(paper, chars, at) {
  while (paper.children.length > chars.length) paper.lastElementChild?.remove()
  while (paper.children.length < chars.length) paper.append(element("span"))
  chars.forEach((char, k) => {
    const span = /** @type {HTMLElement} */ (paper.children[k])
    setText(span, k === at ? "?" : char === "\n" ? `${visible(char)}\n` : char)
    span.classList.toggle("gap", k === at)
  })
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) => showPanel(root, data, { build, draw }))
