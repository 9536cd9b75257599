// The question of the class with its answers, in a sheet above the bar.

/** @import { Asking, Value } from "../types.js" */
/** @import { View } from "./types.js" */

import { element, find, setText } from "../../shared/dom.js"
import { findAll } from "../../shared/search.js"
import { marked, marksOf } from "../markup.js"
import { clockText, DO_NOT_KNOW, nearness, numberText, readNumber, UNSURE } from "../phone/situation.js"
import { noteWords } from "./words.js"

const UNSURE_ANSWER = { id: UNSURE, text: DO_NOT_KNOW, html: "" }

/**
 * vote: an answer is chosen; see: the question's place in the course; leave: the class.
 * @typedef {object} SheetActions
 * @property {(answer: Value) => void} vote
 * @property {() => void} see
 */

/**
 * Show the question that is asked; what stays is not built again, so that the focus stays, too.
 * @param {HTMLElement} sheet
 * @param {View} view
 * @param {SheetActions} actions
 */
export function showSheet(sheet, view, actions) {
  const asking = view.state?.asking
  if (!asking) {
    sheet.dataset.shows = ""
    return sheet.replaceChildren()
  }
  const key = `${asking.id}/${asking.round}/${asking.stage}`
  if (sheet.dataset.shows !== key) {
    sheet.dataset.shows = key
    sheet.replaceChildren(...build(asking, actions))
  }
  const own = view.answer?.answer
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (findAll(sheet, "[data-answer]"))) {
    button.setAttribute("aria-pressed", String(button.dataset.answer === own))
  }
  const field = /** @type {HTMLInputElement | null} */ (sheet.querySelector("input"))
  if (field && typeof own === "number" && field.value === "" && !field.matches(":focus")) {
    field.value = String(own)
    field.dispatchEvent(new Event("input"))
  }
  setText(find(sheet, ".clock"), typeof view.seconds === "number" ? clockText(view.seconds) : "")
  const reply = sheet.querySelector(".reply")
  if (reply instanceof HTMLElement) showReply(reply, asking, own)
  setText(find(sheet, ".note"), noteWords(view))
}

/**
 * @param {Asking} asking
 * @param {SheetActions} actions
 */
function build(asking, { vote, see }) {
  const isOpen = asking.stage === "vote", parts = []
  const words = marked(asking.html, asking.text) // a typed question has no markup
  const text = element("h2", { tabindex: -1 }, ...words)
  if (asking.scale) parts.push(numberField(asking, isOpen, vote))
  const answers = asking.scale ? [UNSURE_ANSWER] : [...asking.answers, UNSURE_ANSWER]
  const list = element("div", { class: "answers", role: "group", "aria-label": "Answers" })
  const marks = marksOf(asking.answers) // as on the phone and on the projector
  for (const [place, answer] of answers.entries()) {
    const button = element("button", { type: "button", "data-answer": answer.id, "aria-pressed": "false" })
    const letter = answer.id === UNSURE ? "?" : marks[place]
    button.append(
      element("span", { class: "letter", "aria-hidden": "true" }, letter),
      element("span", { class: "text" }, ...marked(answer.html, answer.text)),
    )
    button.disabled = !isOpen
    if (asking.right === answer.id) {
      button.classList.add("right")
      button.append(element("span", { class: "mark" }, "✓ right"))
    }
    button.addEventListener("click", () => vote(answer.id))
    list.append(button)
  }
  parts.push(list)
  if (asking.stage === "revealed") {
    parts.push(element("div", { class: "reply" }))
    if (asking.link) parts.push(seeButton(see))
  }
  const clock = element("span", { class: "clock", role: "timer" })
  return [element("div", { class: "head" }, text, clock), ...parts, element("p", { class: "note" })]
}

/** @param {() => void} see */
function seeButton(see) {
  const button = element("button", { type: "button", class: "see" }, "Try it on the page")
  button.addEventListener("click", see)
  return button
}

/**
 * @param {Asking} asking
 * @param {boolean} isOpen
 * @param {(answer: number) => void} vote
 */
function numberField({ scale, right }, isOpen, vote) {
  if (!scale) return ""
  const { low, high, unit } = scale
  const name = { "aria-label": "Your number", inputmode: "decimal", autocomplete: "off" }
  const input = element("input", name), button = element("button", { type: "submit" }, "Vote")
  const range = element("small", {})
  const form = element("form", { class: "number" }, input, unit, button, range)
  input.disabled = button.hidden = !isOpen
  const truth = typeof right === "number" ? `Computed: ${numberText(right, unit)}` : ""
  if (truth) form.append(element("span", { class: "mark" }, truth))
  const say = () => {
    const value = readNumber(scale, input.value), isWrong = value === null && input.value.trim() !== ""
    button.disabled = value === null
    range.classList.toggle("wrong", isWrong)
    const ends = `number from ${numberText(low)} to ${numberText(high)}.`
    const isShare = low < 1 && high === 1 && !isWrong
    setText(range, isShare ? "1 = all of it, 0.5 = half" : `${isWrong ? "Choose a" : "A"} ${ends}`)
  }
  input.addEventListener("input", say)
  say()
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    const value = readNumber(scale, input.value)
    if (value !== null) vote(value)
  })
  return form
}

/**
 * The reply to the own answer, or what is said to all where there is none.
 * @param {HTMLElement} place
 * @param {Asking} asking
 * @param {Value | undefined} own
 */
function showReply(place, { right, replies = {}, kind }, own) {
  const words = replies[String(own)] ?? replies[String(right)] ?? replies[UNSURE] ?? ""
  place.replaceChildren(element("b", {}, verdictOn(own, right)))
  if (words && kind !== "typed") place.append(element("span", {}, ...marked(words, "")))
  place.hidden = !place.textContent
}

/** @type {(own: Value | undefined, right: Value | null | undefined) => string} */
function verdictOn(own, right) {
  if (own === undefined || right === undefined || right === null) return ""
  if (own === UNSURE) return "Here is the answer. "
  if (typeof own === "number") return `${nearness(own, Number(right))} `
  return own === right ? "Right. " : "Not right. "
}
