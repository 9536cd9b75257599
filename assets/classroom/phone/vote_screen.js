// The open vote: a button for each answer, or a number on a scale.

/** @import { Asking, Value } from "../types.js" */
/** @import { Phone, Screen } from "./types.js" */

import { element, setAttributes, setText } from "../../shared/dom.js"
import { marked, marksOf } from "../markup.js"
import { slidersOf } from "../sweep.js"
import { placeOf, PLACES, stepOf, valueAt } from "./scale.js"
import { actions, answerOf, button, endsOf, heading, line, ownNumbers, questionOf } from "./common.js"
import { answerText, DO_NOT_KNOW, numberText, readNumber, roundName, testWords, UNSURE } from "./situation.js"

/**
 * @param {Phone} phone
 * @param {Asking} asking
 * @returns {Screen}
 */
export function voteScreen(phone, asking) {
  const vote = asking.scale ? numberVote : asking.settings ? sweepVote : choiceVote
  const { nodes, update } = vote(phone, asking)
  const again = line("again")
  return {
    nodes: [
      ...(asking.round > 1 ? [again] : []), heading(testWords(asking), ...questionOf(asking)),
      ...ownNumbers(asking), actions(...nodes),
    ],
    update: () => {
      const before = phone.ballot.stored(asking.id, asking.round - 1)
      const letter = marksOf(asking.answers)[asking.answers.findIndex(({ id }) => id === before?.answer)]
      const words = before ? [" · before: ", letter ?? answerOf(asking, before.answer)] : []
      again.replaceChildren(`${roundName(asking.round)} vote`, ...words)
      update()
    },
  }
}

/**
 * @param {Phone} phone
 * @param {Asking} asking
 */
function choiceVote(phone, asking) {
  const marks = marksOf(asking.answers)
  const rows = asking.answers.map(({ id, text, html }, k) => ({
    id, node: choice(phone, id, marks[k], ...marked(html, text)),
  }))
  rows.push({ id: UNSURE, node: choice(phone, UNSURE, "?", DO_NOT_KNOW) })
  const group = element("div", { role: "group", "aria-label": "Answers" }, ...rows.map(({ node }) => node))
  return { nodes: [group], update: () => rows.forEach(({ id, node }) => mark(phone, asking, id, node)) }
}

/** @type {(phone: Phone, id: string, letter: string, ...children: (Node | string)[]) => HTMLElement} */
function choice(phone, id, letter, ...children) {
  const hides = { "aria-hidden": String(letter === "?") } // by a letter a lecturer calls an answer
  const badge = element("span", { class: "badge", "data-letter": letter, ...hides })
  return button("answer", () => phone.vote(id), badge, element("span", {}, ...children))
}

/**
 * Mark a button if its answer is the own one, and say whether it is.
 * @type {(phone: Phone, asking: Asking, answer: Value | null, node: HTMLElement) => boolean}
 */
function mark({ ballot }, { id, round }, answer, node) {
  const own = ballot.answer(id, round), isOwn = own?.answer === answer
  setAttributes(node, { "aria-pressed": String(isOwn), "data-sent": String(isOwn && own.sent) })
  return isOwn
}

/**
 * @param {Phone} phone
 * @param {Asking} asking
 */
function numberVote(phone, asking) {
  const scale = /** @type {NonNullable<Asking["scale"]>} */ (asking.scale)
  const { low, high, logarithmic, unit } = scale
  const label = element("label", { for: "number" }, unit ? `Your number, in ${unit}` : "Your number")
  const slider = element("input", {
    type: "range", max: PLACES, step: stepOf(scale), "aria-label": "The same number",
  })
  const field = element("input", {
    id: "number", inputmode: "decimal", autocomplete: "off", "aria-describedby": "hint",
  })
  const hint = element("p", { id: "hint", role: "status" })
  const vote = button("main", () => phone.vote(Number(readNumber(scale, field.value))), "Vote")
  const unsure = choice(phone, UNSURE, "?", DO_NOT_KNOW)
  let isTouched = false, isSliding = false
  slider.addEventListener("input", () => {
    field.value = String(valueAt(scale, slider.valueAsNumber / PLACES))
    touch(true)
  })
  field.addEventListener("input", () => touch(false))
  field.addEventListener("keydown", ({ key }) => key === "Enter" && vote.click())
  const touch = (/** @type {boolean} */ slides) => {
    isTouched = true
    isSliding = slides // a whole number would take the slider back
    say()
  }
  const say = () => {
    const value = readNumber(scale, field.value), isWrong = value === null && field.value.trim() !== ""
    const isOwn = value !== null && mark(phone, asking, value, vote)
    vote.disabled = value === null
    setText(vote, isOwn ? "Your vote" : "Vote")
    setAttributes(field, { "aria-invalid": String(isWrong) })
    slider.classList.toggle("unset", value === null)
    setAttributes(slider, { "aria-valuetext": value === null ? "none yet" : answerText(asking, value) })
    if (value !== null && !isSliding) slider.valueAsNumber = PLACES * placeOf(scale, value)
    const share = logarithmic && high === 1 ? "1 = all of it, 0.5 = half, 1e-12 = a million millionth" : ""
    const range = `${isWrong ? "Choose a" : "A"} number from ${numberText(low)} to ${numberText(high)}.`
    setText(hint, (!isWrong && share) || range)
  }
  return {
    nodes: [label, element("div", { class: "row" }, field, vote), hint, slider, endsOf(scale), unsure],
    update: () => {
      const own = phone.ballot.answer(asking.id, asking.round)
      if (own && typeof own.answer === "number" && !isTouched) field.value = String(own.answer)
      mark(phone, asking, UNSURE, unsure)
      say()
    },
  }
}

/**
 * @param {Phone} phone
 * @param {Asking} asking
 */
function sweepVote(phone, asking) {
  const vote = button("main", () => phone.vote(sliders.read()))
  const unsure = choice(phone, UNSURE, "?", DO_NOT_KNOW)
  const say = () => {
    const answer = sliders.read()
    setText(vote, mark(phone, asking, answer, vote) ? "Your choice" : "Choose this")
    vote.disabled = !answer
  }
  const sliders = slidersOf(asking.settings ?? [], say)
  return {
    nodes: [...sliders.nodes, vote, unsure],
    update: () => {
      const own = phone.ballot.answer(asking.id, asking.round)?.answer
      const isUnsure = mark(phone, asking, UNSURE, unsure)
      if (typeof own === "string" && !isUnsure) sliders.show(own)
      say()
    },
  }
}
