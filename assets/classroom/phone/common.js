// What the screens consist of.

/** @import { Attributes } from "../../shared/dom.js" */
/** @import { Asking, Value, Words } from "../types.js" */
/** @import { Ballot } from "../vote.js" */

import { element } from "../../shared/dom.js"
import { marked } from "../markup.js"
import { courseAddress } from "../server.js"
import { answerText, numberText } from "./situation.js"

/**
 * The heading of a screen; it takes the focus when the screen appears.
 * @param {string} kicker  what kind of screen it is, in small letters above
 * @param {...(Node | string)} text
 */
export function heading(kicker, ...text) {
  const small = kicker ? [element("span", { class: "kicker" }, kicker), " "] : []
  return element("h1", { tabindex: "-1" }, ...small, ...text)
}

/** @param {...(Node | string)} children  what one does, within reach of a thumb */
export function actions(...children) {
  return element("div", { class: "actions" }, ...children)
}

/**
 * A button.
 * @param {string} kind  its class
 * @param {() => void} act
 * @param {...(Node | string)} children
 */
export function button(kind, act, ...children) {
  const node = element("button", { class: kind, type: "button" }, ...children)
  node.addEventListener("click", act)
  return node
}

/**
 * A link into the course, in a tab of its own: this page stays.
 * @param {string} text
 * @param {string} address  relative to the course
 * @param {string} [kind]
 */
export function courseLink(text, address, kind = "button") {
  const href = new URL(address, courseAddress()).href
  return element("a", { class: kind, href, target: "_blank", rel: "noopener" }, text)
}

/** @param {Asking} asking  its text, with formulas where it has some */
export const questionOf = (asking) => marked(asking.html, asking.text)

/**
 * A paragraph.
 * @param {...(Node | string)} children
 */
export function text(...children) {
  return element("p", {}, ...children)
}

/**
 * A paragraph of some kind.
 * @param {string} kind  its class
 * @param {...(Node | string)} children
 */
export function line(kind, ...children) {
  return element("p", { class: kind }, ...children)
}

/** @param {...(Node | string)} words  that are to stand out */
export function strong(...words) {
  return element("b", {}, ...words)
}

/** @type {(asking: Asking, value: Value) => Words} */
export const answerWords = (asking, value) =>
  [asking.answers.find(({ id }) => id === value)?.html ?? "", answerText(asking, value)]

/** @type {(asking: Asking, value: Value) => HTMLElement} */
export const answerOf = (asking, value) => strong(...marked(...answerWords(asking, value)))

/** @param {string} handle  this student's random words */
export function wordsOf(handle) {
  return [strong(handle), ". Your lecturer does not see who that is."]
}

/** @type {(scale: NonNullable<Asking["scale"]>, attributes?: Attributes) => HTMLElement} */
export function endsOf({ low, high, unit }, attributes = {}) {
  const ends = [low, high].map((end) => element("span", {}, numberText(end, unit)))
  return element("p", { class: "ends", ...attributes }, ...ends)
}

/** @type {(asking: Asking, ballot: Ballot) => (Value | null)[]} */
export const ownAnswers = ({ id, round }, ballot) =>
  Array.from({ length: round }, (_, k) => ballot.answer(id, k + 1)?.answer ?? null)
