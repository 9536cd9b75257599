// The screens around a vote: the code, joining, waiting, talking, the end.

/** @import { Asking } from "../types.js" */
/** @import { Phone, Screen } from "./types.js" */

import { element, setText } from "../../shared/dom.js"
import { marked, marksOf } from "../markup.js"
import { courseAddress } from "../server.js"
import { barsOf } from "./bars.js"
import {
  actions, answerOf, button, courseLink, drawer, heading, line, ownAnswers, ownNumbers, placeLink, questionOf,
  text, wordsOf,
} from "./common.js"
import { recordList } from "./record_list.js"
import { orderedCode, roundName, testWords, UNSURE } from "./situation.js"

/**
 * @param {Phone} phone
 * @returns {Screen}
 */
export function codeScreen(phone) {
  const label = element("label", { for: "code" }, "Code of your class")
  const field = element("input", {
    id: "code", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: "12",
    enterkeyhint: "go", "aria-describedby": "why",
  })
  const why = element("p", { id: "why", role: "alert" })
  const form = element("form", {}, label, field, why, element("button", { class: "main" }, "Go to the class"))
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    const code = orderedCode(field.value)
    if (code.length === 6) await phone.enter(code)
    setText(why, code.length === 6 ? phone.over.message : "A code has six letters and digits.")
    field.focus()
  })
  if (phone.code) setText(why, phone.over.message)
  const where = text("The code is on the screen in front.")
  return { nodes: [heading("", "Join your class"), where, actions(form)] }
}

/**
 * @param {Phone} phone
 * @returns {Screen}
 */
export function joinScreen(phone) {
  const join = button("main", async () => {
    join.disabled = true
    await phone.join()
    join.disabled = false
  }, "Join the class")
  const stored = "You need no name. Your answers are deleted with the class, or 12 hours after its last use."
  return countScreen(phone, `Class ${phone.code}`, actions(text(stored), join))
}

/** @returns {Screen} */
export function loadingScreen() {
  return { nodes: [heading("", "One moment …")] }
}

/**
 * @param {Phone} phone
 * @returns {Screen}
 */
export function waitingScreen(phone) {
  const led = actions(), { nodes, update } = countScreen(
    phone, "You are in.", text(...wordsOf(phone.handle)),
    text("Keep this page open: the question appears here."), led,
  )
  const lead = drawer(() => phone.state?.follow, () =>
    led.replaceChildren(...placeLink(phone.state, "Open what the class looks at")))
  return { nodes, update: (asking) => [update, lead].forEach((each) => each(asking)) }
}

/** @type {(phone: Phone, title: string, ...nodes: Node[]) => {nodes: Node[], update: () => void}} */
function countScreen(phone, title, ...nodes) {
  const here = line("count")
  const update = () => {
    const joined = phone.state?.joined ?? 0
    setText(here, `${joined || "Nobody"} ${joined > 1 ? "are" : "is"} here.`)
  }
  return { nodes: [heading("", title), here, ...nodes], update }
}

/**
 * A question that is asked, before its vote.
 * @param {Phone} _
 * @param {Asking} asking
 * @returns {Screen}
 */
export function readyScreen(_, asking) {
  const list = asking.answers.map(({ html, text }) => element("li", {}, ...marked(html, text)))
  return {
    nodes: [
      heading(testWords(asking) || "Next question", ...questionOf(asking)), ...ownNumbers(asking),
      element("ol", { type: marksOf(asking.answers)[0] }, ...list),
      text("Read it. The vote opens here by itself."),
    ],
  }
}

/**
 * The vote is closed, and neighbours talk.
 * @param {Phone} phone
 * @param {Asking} asking
 * @returns {Screen}
 */
export function talkScreen({ ballot }, asking) {
  const task = element("span"), own = line("own"), bars = element("div"), test = testWords(asking)
  return {
    nodes: [
      heading(test || `${roundName(asking.round)} vote is closed`, task),
      ...(test ? [text("You will see what is right at the end of the lesson.")] : ownNumbers(asking)),
      line("question", ...questionOf(asking)), own, bars,
    ],
    update: (now) => {
      const answer = ownAnswers(now, ballot).at(-1) ?? null, isSure = answer !== null && answer !== UNSURE
      const done = answer === null ? "The vote is closed." : "Your answer is stored."
      const talk = isSure ? "Convince your neighbour." : "Ask your neighbours what they think and why."
      setText(task, test ? done : talk)
      own.replaceChildren(...(answer === null ? [] : ["Your answer: ", answerOf(now, answer)]))
      bars.replaceChildren(...(test ? [] : barsOf(now, ballot)))
    },
  }
}

/**
 * @param {Phone} phone
 * @returns {Screen}
 */
export function overScreen(phone) {
  const gone = phone.over.status === 410
    ? "All its votes are deleted from the server."
    : "The server no longer has it."
  return {
    nodes: [
      heading("", "This class is over."), text(gone), element("h2", {}, "Your answers"),
      recordList(phone.code),
      actions(
        courseLink("Open the course", "./", "button main"),
        element("a", { class: "button", href: new URL("j/", courseAddress()).href }, "Join another class"),
      ),
    ],
  }
}
