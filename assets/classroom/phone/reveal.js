// The reveal: whether the own answer is right, the reply to it, what is right, the class, and the model.

/** @import { Asking, Value } from "../types.js" */
/** @import { Phone, Screen } from "./types.js" */

import { element } from "../../shared/dom.js"
import { gainOf } from "../gain.js"
import { lowered, marked } from "../markup.js"
import { networkOf } from "../network.js"
import { outcomeOf, truthOf } from "../own.js"
import { roomsAddress } from "../server.js"
import { isRightAnswer } from "../sweep.js"
import { barsOf } from "./bars.js"
import {
  actions, answerOf, courseLink, drawer, heading, line, ownAnswers, placeLink, questionOf, text,
} from "./common.js"
import { testWords, truthName, UNSURE, verdict } from "./situation.js"

/**
 * @param {Phone} phone
 * @param {Asking} asking
 * @returns {Screen}
 */
export function revealScreen(phone, asking) {
  const head = element("div"), bars = element("div")
  const link = asking.link ? [courseLink("See it in the course", asking.link)] : []
  const network = asking.experiment ? networkOf(phone.code, asking) : null
  const draw = drawer((now) => [now, ownAnswers(now, phone.ballot)], (now) => {
    head.replaceChildren(...ownPart(phone, now))
    bars.replaceChildren(...barsOf(now, phone.ballot), ...gainOf(now, phone.ballot))
  })
  return {
    nodes: [
      head, ...(network ? [network.place] : picture(phone, asking)), line("question", ...questionOf(asking)),
      bars, actions(...link),
    ],
    update: (now) => {
      draw(now)
      network?.update(now)
    },
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
    update: drawer((now) => [phone.state?.elsewhere, phone.state?.follow, now, own()], (now) => {
      where.replaceChildren(
        heading("The class works on", phone.state?.elsewhere ?? ""),
        text("Open it, or look at the screen in front."), ...placeLink(phone.state, "Open it"),
      )
      const [, ...nodes] = ownPart(phone, now)
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
  const { answers: outcomes, replies = {}, opening = "", rounds, scale, experiment, surface, test } = asking
  const answers = ownAnswers(asking, ballot).slice(0, test ? 2 : rounds?.length) // a last vote of nobody
  const now = answers.at(-1) ?? null, first = answers.find((answer) => answer !== null) ?? null
  const last = now ?? first
  const outcome = outcomeOf(asking, last), isSolved = isRightAnswer(asking, last)
  const said = now !== last && !test ? "You did not vote again." : verdict(asking, now)
  /** @type {HTMLElement[]} */
  const nodes = [heading(
    testWords(asking) || (experiment ? "Experiment" : surface ? "What comes of it"
      : rounds?.[1] ? "After the second vote" : "Solution"), ...lowered(said),
  )]
  if (now !== null) nodes.push(result(scale ? "You" : "Your answer", asking, now))
  const mistake = outcomes.find(({ id }) => id === outcome && id !== last && id !== "other" && !isSolved)
  if (mistake) nodes.push(text("Your mistake: ", ...marked(mistake.html, mistake.text)))
  if (first !== null && first !== now) {
    nodes.push(result(test ? "Before the lesson" : "At first", asking, first))
  }
  const truth = truthOf(asking)
  if (truth !== null && !isSolved) nodes.push(result(truthName(asking), asking, truth))
  const own = replies[`${outcome}`] ?? "", all = replies[UNSURE] ?? ""
  const rest = all.slice(own.startsWith(opening) ? opening.length : 0) // their beginning is said once
  for (const reply of [own, own && (isSolved || own === all) ? "" : rest]) {
    if (reply) nodes.push(text(...marked(reply, "")))
  }
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
