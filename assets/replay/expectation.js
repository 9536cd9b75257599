// What a network expects next: at the beginning of a line as the film has it, after a prompt of the visitor's
// by a question of its own, which holds all moments.

/** @import { Frame, Panel } from "../panel/types.js" */
/** @import { Question } from "../shared/ask.js" */
import { drawBars } from "../bars/rows.js"
import { setMarkup } from "../panel/look.js"
import { Asker } from "../shared/ask.js"
import { element, find, setAttributes, setText } from "../shared/dom.js"

/** @typedef {{rows: import("../bars/rows.js").Row[], alt: string}} Bars */
/** @typedef {{unknown: string, long: string, frames: Bars[]}} Expected */

export class Expectation {
  /**
   * model, moment, prompt: names of the controls; the prompt's moves to its bars.
   * @param {Panel} panel
   * @param {string} model
   * @param {string} moment
   * @param {string} prompt
   */
  constructor(panel, model, moment, prompt) {
    this.panel = panel
    this.moment = moment
    this.names = [model, prompt]
    this.prompt = prompt
    /** @type {Expected | null} */
    this.answer = null
    this.answeredQuestion = "" // as text
    this.lastQuestion = "" // that was sent, as text
    /** @type {Bars | null} */
    this.atLineStart = null
    setAttributes(panel.inputs[prompt], { placeholder: panel.data.look.placeholder })
    const field = find(panel.root, `[data-control="${prompt}"]`)
    const words = ["unknown", "long"].map((name) => element("p", { class: name }))
    this.box = element("div", { class: "expectation" }, field, ...words, element("div", { class: "bars" }))
    /** @type {Asker<Expected>} */
    this.asker = new Asker({
      name: panel.data.look.expected, root: this.box, byPost: true,
      take: (answer, question) => this.#take(answer, question),
    })
  }

  /**
   * @param {Frame} frame
   * @param {boolean} isCovered whether the bars give an answer away
   */
  show(frame, isCovered) {
    this.atLineStart = frame.next
    this.box.hidden = isCovered
    this.#draw()
  }

  /** @returns {Question} */
  #question() {
    return Object.fromEntries(this.names.map((name) => [name, this.panel.setting[name]]))
  }

  #draw() {
    const question = this.#question(), text = JSON.stringify(question)
    const isOwn = question[this.prompt] !== ""
    const isHere = !isOwn || text === this.answeredQuestion
    this.box.classList.toggle("waiting", !isHere)
    if (!isHere) {
      if (text === this.lastQuestion) return
      this.lastQuestion = text
      return this.asker.ask(question)
    }
    const { controls, setting } = this.panel
    const at = controls[this.moment].values.indexOf(setting[this.moment])
    const answer = isOwn ? this.answer : null
    this.#fill(answer ? answer.frames[at] : this.atLineStart, answer)
  }

  /**
   * @param {Bars | null} bars
   * @param {Expected | null} answer
   */
  #fill(bars, answer) {
    const { bar: colour, grey } = this.panel.data.look
    if (bars) drawBars(find(this.box, ".bars"), { ...bars, colour, grey })
    setMarkup(find(this.box, ".unknown"), answer?.unknown ?? "") // Python has escaped a visitor's characters
    setText(find(this.box, ".long"), answer?.long ?? "")
  }

  /**
   * @param {Expected} answer
   * @param {Question} question
   */
  #take(answer, question) {
    this.answer = answer
    this.answeredQuestion = JSON.stringify(question)
    this.#draw()
  }
}
