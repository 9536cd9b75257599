// The screens around a vote: the code, joining, waiting, talking, the end.

/** @import { Asking } from "../types.js" */
/** @import { Phone, Screen } from "./types.js" */

import { element, setText } from "../../shared/dom.js"
import { marked } from "../markup.js"
import { courseAddress } from "../server.js"
import { barsOf } from "./bars.js"
import { actions, button, courseLink, heading, questionOf, text } from "./common.js"
import { recordList } from "./record_list.js"
import { answerText, orderedCode, roundName } from "./situation.js"

/**
 * @param {Phone} phone
 * @returns {Screen}
 */
export function codeScreen(phone) {
  const { sentence } = phone.over
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
    setText(why, code.length === 6 ? phone.over.sentence : "A code has six letters and digits.")
    field.focus()
  })
  why.textContent = phone.code ? sentence : ""
  const nodes = [heading("", "Join your class"), text("The code is on the screen in front."), why]
  return { nodes: [...nodes, actions(form)] }
}

/**
 * @param {Phone} phone
 * @returns {Screen}
 */
export function joinScreen(phone) {
  const here = element("p", { class: "count" })
  const join = button("main", async () => {
    join.disabled = true
    await phone.join()
    join.disabled = false
  }, "Join the class")
  const stored = "No name: the server stores your answers under random words that only you see, until the " +
    "lecturer deletes the room, or until 12 hours after its last use."
  return {
    nodes: [heading("", `Class ${phone.code}`), here, actions(text(stored), join)],
    update: () => setText(here, `${phone.state?.joined ?? 0} are here.`),
  }
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
  const here = element("p", { class: "count" })
  return {
    nodes: [
      heading("", "You are in."), here,
      text("You are ", element("b", {}, phone.handle), ". Only you see these words."),
      text("Keep this page open: the question appears here by itself."),
    ],
    update: () => setText(here, `${phone.state?.joined ?? 0} are here.`),
  }
}

/**
 * A question that is asked, before its vote.
 * @param {Phone} phone
 * @returns {Screen}
 */
export function readyScreen(phone) {
  const asking = /** @type {Asking} */ (phone.state?.asking)
  const list = asking.answers.map((answer) => element("li", {}, ...marked(answer.html, answer.text)))
  return {
    nodes: [
      heading("Next question", ...questionOf(asking)), element("ul", { class: "plain" }, ...list),
      text("Read it. The vote opens here by itself."),
    ],
  }
}

/**
 * The vote is closed, and neighbours talk.
 * @param {Phone} phone
 * @returns {Screen}
 */
export function talkScreen(phone) {
  const own = element("p", { class: "own" }), bars = element("div")
  const asking = /** @type {Asking} */ (phone.state?.asking)
  return {
    nodes: [
      heading(`${roundName(asking.round)} vote is closed`, "Convince your neighbour."),
      element("p", { class: "question" }, ...questionOf(asking)), own, bars,
    ],
    update: () => {
      const now = phone.state?.asking, answer = now && phone.ballot.answer(now.id, now.round)
      own.replaceChildren(...(now && answer
        ? ["Your answer: ", element("b", {}, answerText(now, answer.answer))]
        : ["You have no answer in this round. Listen, and ask for reasons."]))
      bars.replaceChildren(...(now ? barsOf(now, phone.ballot) : []))
    },
  }
}

/**
 * @param {Phone} phone
 * @returns {Screen}
 */
export function overScreen(phone) {
  const isOver = phone.over.status === 410
  const gone = isOver ? "The room and all its votes are deleted." : "The server no longer has this room."
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
