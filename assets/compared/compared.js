// The panel that compares cells: a table, and in it a row of times that is measured when it is asked for.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
/** @import { Question } from "../shared/ask.js" */
import { register } from "../drawing/register.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { Asker } from "../shared/ask.js"
import { element, find } from "../shared/dom.js"
import { markSides } from "../shared/sideways.js"

/** @type {WeakMap<HTMLElement, Times>} */
const timesOf = new WeakMap()

/** The times that have been measured, by the question for them. */
class Times {
  /** @param {Panel} panel */
  constructor(panel) {
    this.panel = panel
    /** @type {Record<string, string[]>} */
    this.rows = {}
    this.lastQuestion = "" // as text
    /** @type {Asker<{row: string[]}>} */
    this.asker = new Asker({
      name: panel.data.look.times, root: panel.place,
      take: (answer, question) => this.#take(answer.row, question),
    })
  }

  /** The row for what is set; asks for it, and returns null, if it is not there yet. */
  row() {
    const { setting } = this.panel, text = JSON.stringify(setting)
    if (!this.rows[text] && this.lastQuestion !== text) {
      this.lastQuestion = text
      this.asker.ask({ ...setting })
    }
    return this.rows[text] ?? null
  }

  /**
   * @param {string[]} row
   * @param {Question} question
   */
  #take(row, question) {
    this.rows[JSON.stringify(question)] = row
    if (this.panel.frame) drawCompared(this.panel.place, this.panel.frame, this.panel)
  }
}

/**
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
function buildCompared(place, panel) {
  /** @type {string[]} */
  const columns = panel.data.look.columns
  const head = columns.map((name) => element("th", { scope: "col" }, name))
  place.append(element("div", { class: "table", tabindex: 0, role: "region", "aria-label": "Cells compared" },
    element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody"))))
  markSides(find(place, ".table"))
  timesOf.set(place, new Times(panel))
}

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function drawCompared(place, frame, panel) {
  const body = find(place, "tbody"), { timedRow } = panel.data.look
  const times = panel.root.classList.contains("waiting") ? null : timesOf.get(place)?.row()
  frame.rows.forEach((/** @type {string[]} */ cells, /** @type {number} */ k) => {
    const line = body.children[k] ?? body.appendChild(element("tr", {},
      ...cells.map((_, column) => column ? element("td") : element("th", { scope: "row" }))))
    const texts = k === timedRow && times ? times : cells
    texts.forEach((text, column) => setMarkup(line.children[column], text))
  })
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) =>
  showPanel(root, data, { build: buildCompared, draw: drawCompared }))
