// How the class has answered: a bar for each answer and round; of numbers a mark for each on the scale.

/** @import { Asking, Counts, Setting, Value } from "../types.js" */
/** @import { Ballot } from "../vote.js" */

import { element } from "../../shared/dom.js"
import { marked } from "../markup.js"
import { outcomeOf } from "../own.js"
import { endsOfSetting } from "../sweep.js"
import { endsOf, line, ownAnswers, pairOf, strong, text } from "./common.js"
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
  if (asking.answers.length) return [barTable(asking, rounds, answers)]
  return rounds.map((counts, k) => strip(asking, counts, k + 1, answers[k]))
}

/**
 * @param {Asking} asking
 * @param {Counts[]} rounds
 * @param {(Value | null)[]} own  of each round
 */
function barTable(asking, rounds, own) {
  const last = outcomeOf(asking, own[rounds.length - 1])
  const answers = [...asking.answers, { id: UNSURE, text: DO_NOT_KNOW, html: "" }]
  const most = Math.max(1, ...rounds.flatMap((counts) => answers.map(({ id }) => counts[id] ?? 0)))
  const isTest = pairOf(asking) !== undefined
  const names = rounds.map((_, k) => (isTest ? ["Before", "After"][k] : rounds[1] ? roundName(k + 1) : ""))
  const rows = answers.map(({ id, text: label, html }) => {
    const words = marked(html, label), isRight = id === asking.right
    if (isRight && label !== "Right") words.push(" ", tag("Right"))
    if (id === last) words.push(" ", tag("Your answer"))
    const bars = rounds.map((counts, k) => bar(names[k], k + 1 === rounds.length, counts[id] ?? 0, most))
    return element("li", { class: isRight ? "right" : "" }, text(...words), ...bars)
  })
  return element("ul", { class: "bars", "aria-label": "How the class has answered" }, ...rows)
}

/** @param {string} word */
const tag = (word) => element("span", { class: "tag" }, word)

/** @type {(name: string, isLast: boolean, count: number, most: number) => HTMLElement} */
function bar(name, isLast, count, most) {
  const length = element("span", { style: `width: ${(100 * count) / most}%` })
  const track = element("span", { class: "track" }, length)
  return line(isLast ? "bar" : "bar before", element("span", {}, name), track, strong(String(count)))
}

/** @type {(asking: Asking, counts: Counts, round: number, own: Value | null) => HTMLElement} */
function strip({ scale, settings = [], right }, counts, round, own) {
  const { numbers = [], dots = {}, [UNSURE]: unsure = 0 } = counts, [first, second] = settings
  const at = (/** @type {Value} */ value) =>
    (scale ? [placeOf(scale, Number(value))] : placesOf(settings, value))
      .map((share, k) => `${second && !k ? "bottom" : "left"}: ${100 * share}%`).join(";")
  const answers = scale ? numbers : Object.keys(dots)
  const marks = answers.map((value) => element("i", { style: at(value) }))
  if (typeof right === "number") marks.push(element("i", { class: "truth", style: at(right) }))
  if (own !== null && own !== UNSURE) marks.push(element("i", { class: "me", style: at(own) }))
  const [low, high] = [numbers[0], numbers[numbers.length - 1]]
  const range = !answers.length ? "No answers."
    : scale && low === high ? `All the same: ${numberText(low)}.`
    : scale ? `${answers.length} numbers, from ${numberText(low)} to ${numberText(high)}.`
    : second ? `Different settings: ${answers.length}. Across: ${second.text}, up: ${first.text}.`
    : `Different settings: ${answers.length}.`
  const words = unsure ? `${range} ${unsure} did not know.` : range
  return element(
    "div", { class: "strip" }, text(strong(`${roundName(round)} vote: `), words),
    element("div", { class: second ? "marks field" : "marks" }, ...marks),
    scale ? endsOf(scale, { "aria-hidden": "true" }) : endsOfSetting(second ?? first),
  )
}

/** @type {(settings: Setting[], answer: Value) => number[]}  where a setting lies between its ends */
const placesOf = (settings, answer) =>
  String(answer).split(",").map((place, k) => Number(place) / (settings[k].values.length - 1))
