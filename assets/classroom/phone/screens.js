// The screens around a vote: the code, joining, waiting, talking, the end.

/** @import { Asking } from "../types.js" */
/** @import { Phone, Screen } from "./types.js" */

import { element, setText } from "../../shared/dom.js"
import { marked } from "../markup.js"
import { courseAddress } from "../server.js"
import { barsOf } from "./bars.js"
import { actions, answerOf, button, courseLink, heading, line, questionOf, text, wordsOf } from "./common.js"
import { recordList } from "./record_list.js"
import { orderedCode, roundName } from "./situation.js"

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
  const form = element("form", {}, label, field, element("button", { class: "main" }, "Go to the class"))
  const why = element("p", { id: "why", role: "alert" })
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    const code = orderedCode(field.value)
    if (code.length === 6) await phone.enter(code)
    setText(why, code.length === 6 ? phone.over.message : "A code has six letters and digits.")
    field.focus()
  })
  if (phone.code) setText(why, phone.over.message)
  const where = text("The code is on the screen in front.")
  return { nodes: [heading("", "Join your class"), where, why, actions(form)] }
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
  const stored = "You need no name. The server keeps your answers until the lecturer deletes the class, or " +
    "for 12 hours after its last use."
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
  return countScreen(
    phone, "You are in.", text("You are ", ...wordsOf(phone.handle)),
    text("Keep this page open: the question appears here by itself."),
  )
}

/** @type {(phone: Phone, title: string, ...nodes: Node[]) => Screen} */
function countScreen(phone, title, ...nodes) {
  const here = line("count")
  return {
    nodes: [heading("", title), here, ...nodes],
    update: () => setText(here, hereSentence(phone.state?.joined ?? 0)),
  }
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
      heading("Next question", ...questionOf(asking)), element("ul", {}, ...list),
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
  const own = line("own"), bars = element("div")
  return {
    nodes: [
      heading(`${roundName(asking.round)} vote is closed`, "Convince your neighbour."),
      line("question", ...questionOf(asking)), own, bars,
    ],
    update: (now) => {
      const answer = ballot.answer(now.id, now.round)
      own.replaceChildren(...(answer
        ? ["Your answer: ", answerOf(now, answer.answer)]
        : ["You have no answer in this round. Listen, and ask for reasons."]))
      bars.replaceChildren(...barsOf(now, ballot))
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

/** @param {number} joined */
function hereSentence(joined) {
  if (joined === 0) return "Nobody is here yet."
  return joined === 1 ? "1 is here." : `${joined} are here.`
}
