// What the screens consist of.

/** @import { Attributes } from "../../shared/dom.js" */
/** @import { Asking, RoomState, Value, Words } from "../types.js" */
/** @import { Ballot } from "../vote.js" */

import { element } from "../../shared/dom.js"
import { marked } from "../markup.js"
import { courseAddress } from "../server.js"
import { marksOn } from "./scale.js"
import { settingText } from "../sweep.js"
import { answerText, numberText, UNSURE } from "./situation.js"

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
export const answerWords = (asking, value) => {
  const { settings } = asking
  const html = settings && value !== UNSURE ? settingText(settings, String(value), "html")
    : asking.answers.find(({ id }) => id === value)?.html ?? ""
  return [html, answerText(asking, value)]
}

/** @type {(asking: Asking, value: Value) => HTMLElement} */
export const answerOf = (asking, value) => strong(...marked(...answerWords(asking, value)))

/** @param {string} handle  this student's random words */
export function wordsOf(handle) {
  return ["Your name here is ", strong(handle), ". Nobody sees who you are."]
}

/** @type {(scale: NonNullable<Asking["scale"]>, attributes?: Attributes) => HTMLElement} */
export function endsOf(scale, attributes = {}) {
  const marks = marksOn(scale).map((value) => element("span", {}, numberText(value)))
  return element("p", { class: "ends", ...attributes }, ...marks)
}

/** @param {Asking} asking  said once to whom it is asked: what a neighbour has found is no help */
export const ownNumbers = ({ deals }) =>
  deals ? [line("small", "Your numbers are your own; your neighbour has others.")] : []

/** @param {Asking} asking  the same item of the test before the lesson, once both ends are revealed */
export const pairOf = ({ id, gain }) => gain?.items.find(({ after }) => after[0] === id)

/**
 * Those that the server has, of each round, or of the test before and after the lesson.
 * @type {(asking: Asking, ballot: Ballot) => (Value | null)[]}
 */
export function ownAnswers(asking, ballot) {
  const { id, round } = asking, pair = pairOf(asking)
  /** @type {[string, number][]} */
  const votes = pair ? [pair.before, pair.after] : Array.from({ length: round }, (_, k) => [id, k + 1])
  return votes.map((vote) => ballot.stored(...vote)?.answer ?? null)
}

/**
 * Draw only when what it shows has changed: focus and selection stay.
 * @param {(asking: Asking) => unknown} shows
 * @param {(asking: Asking) => void} draw
 */
export function drawer(shows, draw) {
  let last = ""
  return (/** @type {Asking} */ asking) => {
    const now = JSON.stringify(shows(asking))
    if (now === last) return
    last = now
    draw(asking)
  }
}

/** @type {(state: RoomState | null, text: string) => HTMLElement[]}  a button to where the class is led */
export function placeLink(state, text) {
  const { page, query } = state?.follow ?? {}
  if (page === undefined) return []
  return [courseLink(text, page + (query ? `?${query}` : "") || "./", "button main")]
}
