// The screens: how to join, the question, what came of it.

/** @import { Asking, RoomState } from "../types.js" */

import { answerTable } from "./bars.js"
import { html, worded } from "./elements.js"
import { numberDrawing } from "./histogram.js"
import { shortAddress } from "./joining.js"
import { gistOf, joinedSentence, rightReply, tableOf, taskSentence } from "./view.js"

/**
 * A screen. draw: once it has its size; count: tells how many have joined.
 * @typedef {object} Drawn
 * @property {HTMLElement} element
 * @property {() => void} [draw]
 * @property {(state: RoomState) => void} [count]
 */

/**
 * How to come in.
 * @param {string} code
 * @param {string} address  the phones'
 * @param {string} picture  the address of its QR code
 * @returns {Drawn}
 */
export function joinScreen(code, address, picture) {
  const [front, back] = shortAddress(address)
  const joined = html("p", { class: "joined", role: "status" })
  const qr = html("img", { class: "qr", src: picture, alt: `QR code of ${address}` })
  const words = html(
    "div", { class: "way-in" },
    html("p", {}, "Scan, or open on your phone"),
    html("p", { class: "address" }, ...breakable(front), html("b", {}, back)),
    html("p", {}, "Code"),
    html("p", { class: "code", "aria-label": [...code].join(" ") }, code),
    joined,
  )
  return {
    element: html("div", { class: "join" }, qr, words),
    count: (state) => (joined.textContent = joinedSentence(state.joined)),
  }
}

/** @param {string} address  may break after a dot or a slash */
export function breakable(address) {
  return address.split(/(?<=[./])/).flatMap((part) => [part, html("wbr")])
}

/**
 * A question before it is revealed.
 * @param {Asking} asking
 * @returns {Drawn}
 */
export function questionScreen(asking) {
  const element = html("div", { class: `question ${asking.stage}` })
  const task = taskSentence(asking)
  if (task) element.append(html("p", { class: "task" }, task))
  element.append(worded("h1", {}, asking))
  const isOpen = asking.stage === "talk" && asking.rounds !== undefined // the lecturer shows the bars
  return { element, draw: addAnswers(element, isOpen ? asking : { ...asking, rounds: [], moved: [] }) }
}

/**
 * A question with what is right, how all answered, and why.
 * @param {Asking} asking
 * @returns {Drawn}
 */
export function revealScreen(asking) {
  const element = html("div", { class: "question revealed" }, worded("h1", {}, asking))
  const draw = addAnswers(element, asking)
  const reply = rightReply(asking)
  if (reply) element.append(replyOf(reply))
  return { element, draw }
}

/**
 * A reply, of which on a full screen only the sentence that answers stays.
 * @param {string} reply
 */
function replyOf(reply) {
  const [before, gist, after] = gistOf(reply).map((part) => ({ text: "", html: part }))
  const rest = (/** @type {{text: string, html: string}} */ part) => worded("span", { class: "rest" }, part)
  return html("p", { class: "reply" }, rest(before), worded("span", {}, gist), rest(after))
}

/**
 * @param {HTMLElement} element
 * @param {Asking} asking
 */
function addAnswers(element, asking) {
  if (asking.scale) {
    const { box, draw, unsure } = numberDrawing(asking)
    element.append(box, unsure ? html("p", { class: "unsure" }, unsure) : "")
    return draw
  }
  if (asking.rounds?.length) {
    const { table, draw } = answerTable(asking)
    element.append(table)
    return draw
  }
  const answers = tableOf({ ...asking, rounds: [{}] }).rows
  const list = answers.map(({ letter, words }) => {
    const mark = html("span", { class: "letter" }, letter)
    return html("li", { class: "answer" }, mark, worded("span", { class: "words" }, words))
  })
  element.append(html("ol", { class: "answers" }, ...list))
  return () => {}
}

/**
 * A sentence in the middle of the screen.
 * @param {string} sentence
 * @returns {Drawn}
 */
export function sentenceScreen(sentence) {
  return { element: html("div", { class: "sentence" }, html("h1", {}, sentence)) }
}
