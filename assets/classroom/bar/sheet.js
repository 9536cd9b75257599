// The question of the class with its answers, in a sheet above the bar.

/** @import { Asking, Value } from "../types.js" */
/** @import { View } from "./types.js" */

import { element, find, setText } from "../../shared/dom.js"
import { findAll } from "../../shared/search.js"
import { gainOf } from "../gain.js"
import { lowered, marked, marksOf } from "../markup.js"
import { networkOf } from "../network.js"
import { outcomeOf, truthOf } from "../own.js"
import {
  clockText, DO_NOT_KNOW, numberText, readNumber, testWords, UNSURE, verdict,
} from "../phone/situation.js"
import { slidersOf } from "../sweep.js"
import { noteWords } from "./words.js"

/** @type {WeakMap<HTMLElement, (view: View) => void>} */
const updates = new WeakMap() // of what a sheet has built
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
    const network = asking.experiment && networkOf(view.code, asking), sweep = sweepField(asking, actions)
    sheet.replaceChildren(...build(asking, actions, sweep?.form, network?.place))
    updates.set(sheet, ({ state, answer }) => {
      if (state?.asking && asking.stage === "revealed") network?.update(state.asking)
      sweep?.show(answer?.answer)
      if (state?.asking) sheet.querySelector(".gain")?.replaceChildren(...gainOf(state.asking, view.ballot))
    })
  }
  updates.get(sheet)?.(view)
  const own = view.answer?.answer
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (findAll(sheet, "[data-answer]"))) {
    button.setAttribute("aria-pressed", String(button.dataset.answer === own))
  }
  const field = /** @type {HTMLInputElement | null} */ (sheet.querySelector(".number input"))
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
 * @param {HTMLElement} [sweep]
 * @param {HTMLElement} [network]
 */
function build(asking, { vote, see }, sweep, network) {
  const isOpen = asking.stage === "vote", item = testWords(asking)
  /** @type {(Node | string)[]} */
  const parts = []
  const words = marked(asking.html, asking.text) // a typed question has no markup
  const text = element("h2", { tabindex: -1 }, ...(item ? [element("small", {}, item)] : []), ...words)
  const note = "Your numbers are your own; your neighbour has others."
  if (asking.deals) parts.push(element("p", { class: "own" }, note))
  if (asking.scale) parts.push(numberField(asking, isOpen, vote))
  if (sweep) parts.push(sweep)
  const answers = asking.scale ? [UNSURE_ANSWER] : [...asking.answers, UNSURE_ANSWER]
  const list = element("div", { class: "answers", role: "group", "aria-label": "Answers" })
  const marks = marksOf(asking.answers) // as on the phone and on the projector
  for (const [place, answer] of answers.entries()) {
    const button = element("button", { type: "button", "data-answer": answer.id, "aria-pressed": "false" })
    const letter = answer.id === UNSURE ? "?" : marks[place]
    button.append(
      element("span", { class: "letter", "aria-hidden": String(answer.id === UNSURE) }, letter),
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
    parts.unshift(element("div", { class: "reply", tabindex: -1 })) // of the own answer, and first
    if (network) parts.push(network)
    parts.push(element("div", { class: "gain" }))
    if (asking.link) parts.push(seeButton(see))
  }
  const clock = element("span", { class: "clock", role: "timer", "aria-label": "Time left" })
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
function numberField(asking, isOpen, vote) {
  const { scale } = asking, right = truthOf(asking)
  if (!scale) return ""
  const { low, high, logarithmic, unit } = scale
  const name = unit ? `Your number, in ${unit}` : "Your number" // as on the phone
  const input = element("input", {
    "aria-label": name, "aria-describedby": "range", inputmode: "decimal", autocomplete: "off",
  })
  const button = element("button", { type: "submit" }, "Vote")
  const range = element("small", { id: "range", role: "status" })
  const form = element("form", { class: "number" }, input, unit, button, range)
  input.disabled = button.hidden = !isOpen
  const truth = typeof right === "number" ? `Computed: ${numberText(right, unit)}` : ""
  if (truth) form.append(element("span", { class: "mark" }, truth))
  const say = () => {
    const value = readNumber(scale, input.value), isWrong = value === null && input.value.trim() !== ""
    button.disabled = value === null
    range.classList.toggle("wrong", isWrong)
    input.setAttribute("aria-invalid", String(isWrong))
    const ends = `number from ${numberText(low)} to ${numberText(high)}.`
    const isShare = logarithmic && high === 1 && !isWrong
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
 * The sliders of a setting that is chosen.
 * @param {Asking} asking
 * @param {SheetActions} actions
 */
function sweepField({ settings, stage }, { vote }) {
  if (!settings) return null
  const button = element("button", { type: "submit" }, "Choose this")
  const sliders = slidersOf(settings, () => show(undefined))
  const form = element("form", { class: "sweep" }, ...sliders.nodes, button)
  const show = (/** @type {Value | undefined} */ own) => {
    if (typeof own === "string" && own !== UNSURE) sliders.show(own)
    button.disabled = !sliders.read()
  }
  for (const input of form.querySelectorAll("input")) input.disabled = button.hidden = stage !== "vote"
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    if (sliders.read()) vote(sliders.read())
  })
  return { form, show }
}

/**
 * The reply to the own answer, or what is said to all where there is none.
 * @param {HTMLElement} place
 * @param {Asking} asking
 * @param {Value | undefined} own
 */
function showReply(place, asking, own) {
  const { right, replies = {}, kind } = asking, outcome = outcomeOf(asking, own ?? UNSURE)
  const words = replies[String(outcome)] ?? replies[String(right)] ?? replies[UNSURE] ?? ""
  const mistake = kind === "dealt" && outcome !== right && outcome !== "other" && outcome !== UNSURE
  place.replaceChildren(element("b", {}, ...lowered(verdictOn(own, asking))))
  if (words && kind !== "typed") place.append(element("span", {}, ...marked(words, "")))
  if (mistake && replies[UNSURE]) place.append(" ", element("span", {}, ...marked(replies[UNSURE], "")))
  place.hidden = !place.textContent
}

/** @type {(own: Value | undefined, asking: Asking) => string} */
function verdictOn(own, asking) {
  const { right = null, surface, experiment } = asking
  if (own === undefined || (right === null && !surface && !experiment)) return ""
  return `${verdict(asking, own)} `
}
