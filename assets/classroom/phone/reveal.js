// The reveal: whether the own answer is right, the reply to it, what is right, the class, and the model.

/** @import { Asking, Value } from "../types.js" */
/** @import { Phone, Screen } from "./types.js" */

import { element } from "../../shared/dom.js"
import { marked } from "../markup.js"
import { roomsAddress } from "../server.js"
import { barsOf } from "./bars.js"
import {
  actions, answerOf, courseLink, drawer, heading, line, ownAnswers, placeLink, questionOf, text,
} from "./common.js"
import { UNSURE, verdict } from "./situation.js"

/**
 * @param {Phone} phone
 * @param {Asking} asking
 * @returns {Screen}
 */
export function revealScreen(phone, asking) {
  const head = element("div"), bars = element("div")
  const link = asking.link ? [courseLink("See it in the course", asking.link)] : []
  return {
    nodes: [head, ...picture(phone, asking), line("question", ...questionOf(asking)), bars, actions(...link)],
    update: drawer(() => [phone.state?.asking, ownAnswers(asking, phone.ballot)], () => {
      const now = phone.state?.asking ?? asking
      head.replaceChildren(...ownPart(phone, now))
      bars.replaceChildren(...barsOf(now, phone.ballot))
    }),
  }
}

/**
 * The class went on from a question that was revealed: where it is; below, what was said of the own answer.
 * @param {Phone} phone
 * @param {Asking} asking
 * @returns {Screen}
 */
export function placeScreen(phone, asking) {
  const where = element("div"), past = element("div", { class: "past" })
  const own = () => ownAnswers(asking, phone.ballot)
  return {
    nodes: [where, past],
    update: drawer(() => [phone.state?.elsewhere, phone.state?.follow, own()], () => {
      where.replaceChildren(
        heading("The class works on", phone.state?.elsewhere ?? ""),
        text("Open it here, or look at the screen in front."), ...placeLink(phone.state, "Open it"),
      )
      const [, ...nodes] = ownPart(phone, asking)
      past.replaceChildren(...(own().some(Boolean) ? [text(...questionOf(asking)), ...nodes] : []))
    }),
  }
}

/**
 * What is said of the own answer, and what is right.
 * @param {Phone} phone
 * @param {Asking} asking
 */
function ownPart({ ballot }, asking) {
  const answers = ownAnswers(asking, ballot).filter((answer) => answer !== null)
  const last = answers.at(-1) ?? null
  const title = verdict(asking, last), isRight = last !== null && last === asking.right
  /** @type {HTMLElement[]} */
  const nodes = [heading(asking.rounds?.[1] ? "After the second vote" : "Solution", title)]
  if (last !== null) nodes.push(result(asking.scale ? "You" : "Your answer", asking, last))
  if (answers.length > 1 && answers[0] !== last) nodes.push(result("At first", asking, answers[0]))
  const { right = null, replies = {} } = asking
  const name = asking.scale ? "Computed" : "Right answer"
  if (right !== null && !isRight) nodes.push(result(name, asking, right))
  const own = typeof last === "string" ? replies[last] : "", general = replies[UNSURE]
  const both = new Set([own, isRight ? "" : general])
  for (const reply of both) if (reply) nodes.push(text(...marked(reply, "")))
  return nodes
}

/** @type {(name: string, asking: Asking, answer: Value) => HTMLElement} */
function result(name, asking, answer) {
  return line("own", `${name}: `, answerOf(asking, answer))
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
