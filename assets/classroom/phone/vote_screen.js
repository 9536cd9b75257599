// The open vote: a button for each answer, or a number on a scale.

/** @import { Asking } from "../types.js" */
/** @import { Phone, Screen } from "./types.js" */

import { element, setAttributes, setText } from "../../shared/dom.js"
import { marked } from "../markup.js"
import { placeOf, PLACES, readNumber, valueAt } from "./scale.js"
import { actions, button, heading, questionOf } from "./common.js"
import { answerText, DO_NOT_KNOW, numberText, roundName, UNSURE } from "./situation.js"

/**
 * @param {Phone} phone
 * @returns {Screen}
 */
export function voteScreen(phone) {
  const asking = /** @type {Asking} */ (phone.state?.asking)
  const again = asking.round > 1
  const kicker = again ? `${roundName(asking.round)} vote: answer again` : "Vote"
  const { nodes, update } = asking.scale ? numberVote(phone, asking) : choiceVote(phone, asking)
  const first = element("p", { class: "first" })
  return {
    nodes: [heading(kicker, ...questionOf(asking)), ...(again ? [first] : []), actions(...nodes)],
    update: () => {
      const before = phone.ballot.answer(asking.id, asking.round - 1)
      if (before) setText(first, `Your answer before: ${answerText(asking, before.answer)}`)
      update()
    },
  }
}

/**
 * @param {Phone} phone
 * @param {Asking} asking
 */
function choiceVote(phone, asking) {
  const rows = asking.answers.map(({ id, text, html }, k) => ({
    id, node: choice(phone, id, "ABCDEFGH"[k], ...marked(html, text)),
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

/** @type {(phone: Phone, asking: Asking, id: string, node: HTMLElement) => void} */
function mark({ ballot }, { id: asking, round }, id, node) {
  const own = ballot.answer(asking, round), isOwn = own?.answer === id
  setAttributes(node, { "aria-pressed": String(isOwn), "data-sent": String(isOwn && own.sent) })
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
  const ends = [scale.low, scale.high].map((end) => element("span", {}, numberText(end)))
  const range = element("p", { id: "range", class: "ends" }, ...ends)
  const commit = button("main", () => {
    const value = readNumber(scale, field.value)
    if (value !== null) return phone.vote(value)
    phone.notify(`Choose a number from ${numberText(scale.low)} to ${numberText(scale.high)}.`)
    field.focus()
  })
  const unsure = choice(phone, UNSURE, "?", DO_NOT_KNOW)
  let isTouched = false
  const touch = () => {
    isTouched = true
    say()
  }
  slider.addEventListener("input", () => {
    field.value = String(valueAt(scale, slider.valueAsNumber / PLACES))
    touch()
  })
  field.addEventListener("input", () => {
    const value = readNumber(scale, field.value)
    if (value !== null) slider.valueAsNumber = PLACES * placeOf(scale, value)
    touch()
  })
  const say = () => {
    const value = readNumber(scale, field.value), own = phone.ballot.answer(asking.id, asking.round)
    setAttributes(slider, { "aria-valuetext": value === null ? "none yet" : numberText(value, scale.unit) })
    const isOwn = own !== null && own.answer === value
    setAttributes(commit, { "aria-pressed": String(isOwn), "data-sent": String(isOwn && own.sent) })
    const text = value === null ? "Commit your number" : `Commit ${numberText(value, scale.unit)}`
    setText(commit, isOwn && value !== null ? `Committed: ${numberText(value, scale.unit)}` : text)
  }
  return {
    nodes: [label, field, slider, range, commit, unsure],
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
