// How the class has answered: a bar for each answer and round; of numbers a mark for each on the scale.

/** @import { Asking, Counts, Value } from "../types.js" */
/** @import { Ballot } from "../vote.js" */

import { element } from "../../shared/dom.js"
import { marked } from "../markup.js"
import { endsOf, line, ownAnswers, strong, text } from "./common.js"
import { placeOf } from "./scale.js"
import { DO_NOT_KNOW, numberText, roundName, UNSURE } from "./situation.js"

/**
 * The rounds that have been sent, with the own answer marked; nothing if there are none.
 * @param {Asking} asking
 * @param {Ballot} ballot
 * @returns {HTMLElement[]}
 */
export function barsOf(asking, ballot) {
  const { rounds } = asking
  if (!rounds) return []
  const answers = ownAnswers(asking, ballot)
  if (asking.scale) return rounds.map((counts, k) => strip(asking, counts, k + 1, answers[k]))
  return [barTable(asking, rounds, answers)]
}

/**
 * @param {Asking} asking
 * @param {Counts[]} rounds
 * @param {(Value | null)[]} own  of each round
 */
function barTable(asking, rounds, own) {
  const most = Math.max(1, ...rounds.flatMap((counts) => Object.values(counts).map(Number)))
  const last = own[rounds.length - 1]
  const answers = [...asking.answers, { id: UNSURE, text: DO_NOT_KNOW, html: "" }]
  const rows = answers.map(({ id, text: label, html }) => {
    const words = marked(html, label), isRight = id === asking.right
    if (isRight) words.push(" ", tag("Right"))
    if (id === last) words.push(" ", tag("Your answer"))
    const bars = rounds.map((counts, k) => bar(rounds.length, k + 1, counts[id] ?? 0, most))
    return element("li", { class: isRight ? "right" : "" }, text(...words), ...bars)
  })
  return element("ul", { class: "bars", "aria-label": "How the class has answered" }, ...rows)
}

/** @param {string} word */
const tag = (word) => element("span", { class: "tag" }, word)

/** @type {(rounds: number, round: number, count: number, most: number) => HTMLElement} */
function bar(rounds, round, count, most) {
  const length = element("span", { style: `width: ${(100 * count) / most}%` })
  const track = element("span", { class: "track" }, length)
  const name = rounds > 1 ? roundName(round) : "", kind = round === rounds ? "bar" : "bar before"
  return line(kind, element("span", {}, name), track, strong(String(count)))
}

/** @type {(asking: Asking, counts: Counts, round: number, own: Value | null) => HTMLElement} */
function strip(asking, { numbers = [], [UNSURE]: unsure = 0 }, round, own) {
  const scale = /** @type {NonNullable<Asking["scale"]>} */ (asking.scale)
  const at = (/** @type {number} */ value) => `left: ${100 * placeOf(scale, value)}%`
  const marks = numbers.map((value) => element("i", { style: at(value) }))
  if (typeof asking.right === "number") marks.push(element("i", { class: "truth", style: at(asking.right) }))
  if (typeof own === "number") marks.push(element("i", { class: "me", style: at(own) }))
  const [low, high] = [numbers[0], numbers[numbers.length - 1]]
  const range = numbers.length
    ? `${numbers.length} numbers, from ${numberText(low)} to ${numberText(high)}.`
    : "No numbers."
  const words = unsure ? `${range} ${unsure} did not know.` : range
  return element(
    "div", { class: "strip" }, text(strong(`${roundName(round)} vote: `), words),
    element("div", { class: "marks" }, ...marks),
    endsOf(scale, { "aria-hidden": "true" }),
  )
}
