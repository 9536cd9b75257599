// The open vote: a button for each answer, or a number on a scale.

/** @import { Asking, Value } from "../types.js" */
/** @import { Phone, Screen } from "./types.js" */

import { element, setAttributes, setText } from "../../shared/dom.js"
import { marked, marksOf } from "../markup.js"
import { placeOf, PLACES, readNumber, valueAt } from "./scale.js"
import { actions, answerOf, button, endsOf, heading, line, questionOf } from "./common.js"
import { answerText, DO_NOT_KNOW, numberText, roundName, UNSURE } from "./situation.js"

/**
 * @param {Phone} phone
 * @param {Asking} asking
 * @returns {Screen}
 */
export function voteScreen(phone, asking) {
  const again = asking.round > 1
  const kicker = again ? `${roundName(asking.round)} vote: answer again` : "Vote"
  const { nodes, update } = asking.scale ? numberVote(phone, asking) : choiceVote(phone, asking)
  const first = line("question")
  return {
    nodes: [heading(kicker, ...questionOf(asking)), ...(again ? [first] : []), actions(...nodes)],
    update: () => {
      const before = phone.ballot.answer(asking.id, asking.round - 1)
      if (before) first.replaceChildren("Your answer before: ", answerOf(asking, before.answer))
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
  const badge = element("span", { class: "badge", "aria-hidden": "true", "data-letter": letter })
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
  const name = scale.unit ? `Your number, in ${scale.unit}` : "Your number"
  const label = element("label", { for: "number" }, name)
  const slider = element("input", {
    type: "range", min: 0, max: PLACES, value: PLACES / 2, "aria-label": "The same as a slider",
  })
  const field = element("input", {
    id: "number", inputmode: "decimal", autocomplete: "off", "aria-describedby": "range",
  })
  const commit = button("main", () => {
    const value = readNumber(scale, field.value)
    if (value !== null) return phone.vote(value)
    phone.notify(`Choose a number from ${numberText(scale.low)} to ${numberText(scale.high)}.`)
    field.focus()
  })
  const unsure = choice(phone, UNSURE, "?", DO_NOT_KNOW)
  let isTouched = false
  slider.addEventListener("input", () => {
    field.value = String(valueAt(scale, slider.valueAsNumber / PLACES))
    touch()
  })
  field.addEventListener("input", () => {
    const value = readNumber(scale, field.value)
    if (value !== null) slider.valueAsNumber = PLACES * placeOf(scale, value)
    touch()
  })
  const touch = () => {
    isTouched = true
    say()
  }
  const say = () => {
    const value = readNumber(scale, field.value), words = value === null ? "" : answerText(asking, value)
    const isOwn = mark(phone, asking, value, commit)
    setAttributes(slider, { "aria-valuetext": words || "none yet" })
    setText(commit, isOwn ? `Committed: ${words}` : `Commit ${words || "your number"}`)
  }
  return {
    nodes: [label, field, slider, endsOf(scale, { id: "range" }), commit, unsure],
    update: () => {
      const own = phone.ballot.answer(asking.id, asking.round)
      if (own && typeof own.answer === "number" && !isTouched) {
        field.value = String(own.answer)
        slider.valueAsNumber = PLACES * placeOf(scale, own.answer)
      }
      mark(phone, asking, UNSURE, unsure)
      say()
    },
  }
}
