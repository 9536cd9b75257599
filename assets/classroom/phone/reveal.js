// The reveal: whether the own answer is right, the reply to it, what is right, the class, and the model.

/** @import { Asking } from "../types.js" */
/** @import { Phone, Screen } from "./types.js" */

import { element } from "../../shared/dom.js"
import { marked } from "../markup.js"
import { roomsAddress } from "../server.js"
import { barsOf } from "./bars.js"
import { actions, courseLink, heading, questionOf, text } from "./common.js"
import { answerText, UNSURE, verdict } from "./situation.js"

/**
 * @param {Phone} phone
 * @returns {Screen}
 */
export function revealScreen(phone) {
  const asking = /** @type {Asking} */ (phone.state?.asking)
  const head = element("div"), bars = element("div")
  const question = element("p", { class: "question" }, ...questionOf(asking))
  const link = asking.link ? [courseLink("See it in the course", asking.link)] : []
  let json = ""
  return {
    nodes: [head, ...picture(phone, asking), question, bars, actions(...link)],
    update: () => {
      const now = phone.state?.asking
      if (!now) return
      const before = json
      json = JSON.stringify([ownAnswers(phone, now), now.rounds])
      if (json === before) return
      head.replaceChildren(...ownPart(phone, now))
      bars.replaceChildren(...barsOf(now, phone.ballot))
    },
  }
}

/** @type {(phone: Phone, asking: Asking) => import("../types.js").Value[]} */
function ownAnswers({ ballot }, { id, round }) {
  const rounds = Array.from({ length: round }, (_, k) => ballot.answer(id, k + 1))
  return rounds.flatMap((own) => (own ? [own.answer] : []))
}

/**
 * What is said of the own answer, and what is right.
 * @param {Phone} phone
 * @param {Asking} asking
 */
function ownPart(phone, asking) {
  const answers = ownAnswers(phone, asking), last = answers[answers.length - 1] ?? null
  const title = verdict(asking, last), isRight = last !== null && last === asking.right
  /** @type {HTMLElement[]} */
  const nodes = [heading(asking.round > 1 ? "After the second vote" : "Solution", title)]
  if (last !== null) nodes.push(line("Your answer", answerText(asking, last)))
  if (answers.length > 1 && answers[0] !== last) nodes.push(line("At first", answerText(asking, answers[0])))
  const { right = null, replies = {} } = asking
  if (right !== null && !isRight) nodes.push(solution(asking, right))
  const own = typeof last === "string" ? replies[last] : "", general = replies[UNSURE]
  const both = new Set([own, isRight ? "" : general])
  for (const reply of both) if (reply) nodes.push(text(...marked(reply, "")))
  return nodes
}

/** @type {(asking: Asking, right: import("../types.js").Value) => HTMLElement} */
function solution(asking, right) {
  return line(asking.scale ? "Computed by the model" : "Right is", answerText(asking, right))
}

/** @type {(name: string, answer: string) => HTMLElement} */
function line(name, answer) {
  return element("p", { class: "line" }, `${name}: `, element("b", {}, answer))
}

/**
 * The model's own picture of what is right, if the question has one.
 * @param {Phone} phone
 * @param {Asking} asking
 */
function picture({ code }, { id, picture: words }) {
  if (!words) return []
  const image = element("img", { src: `${roomsAddress()}/${code}/picture/${id}`, alt: words })
  image.addEventListener("error", () => image.remove()) // the link below it leads to the same
  return [image]
}
