// How answers are spread where they are no letters: numbers, numbers of one's own, settings.

/** @import { Desk } from "../desk.js" */
/** @import { Result } from "../types.js" */

import { element } from "../../../shared/dom.js"
import { lowered } from "../../markup.js"
import { numbersText, withUnit } from "../../projector/pictures/numbers.js"
import { bestName } from "../../sweep.js"
import { allChosen, bestOf, worthALook } from "../sweep.js"
import { courseText, countOf, pushButton } from "./texts.js"

/**
 * What a class said in a round of a question for a number, in one sentence.
 * @param {Pick<Result, "scale" | "rounds">} result
 * @param {number} at  the round, from 0
 */
function numbersSentence({ scale, rounds }, at) {
  const { numbers = [], unsure = 0 } = rounds[at] ?? {}
  const rest = unsure ? ` ${unsure} said “I don't know”.` : ""
  return `${numbers.length ? numbersText(numbers, scale?.unit ?? "") : "Nobody has given a number."}${rest}`
}

/**
 * What is true, once that is known.
 * @param {Pick<Result, "scale" | "right" | "experiment">} result
 */
function truthSentence({ scale, right, experiment }) {
  if (typeof right === "number") return `Computed: ${withUnit(right, scale?.unit ?? "")}.`
  return experiment ? "What is true comes when the networks are trained." : ""
}

/** @param {Result} result */
export function numbersOf(result) {
  const { rounds } = result
  const name = (/** @type {number} */ at) => (rounds.length > 1 ? `Vote ${at + 1}: ` : "")
  return [
    ...rounds.map((_, at) => element("p", {}, name(at), numbersSentence(result, at))),
    element("p", { class: "right" }, truthSentence(result)),
  ]
}

/**
 * What a class has set, in one sentence.
 * @param {Result} result
 */
function sweepSentence(result) {
  const all = allChosen(result), dots = all.reduce((sum, { count }) => sum + count, 0)
  const { words, all: solvers } = bestOf(result), name = bestName(result)
  const setting = name === "Best" ? "the best setting: " : `${name.toLowerCase()} settings, such as `
  const best = `${solvers || "Nobody"} chose ${setting}${words}.`
  return `${countOf(dots, "dot")} at ${countOf(all.length, "setting")}. ${best}`
}

/**
 * What came of numbers or of settings, in a line; "" for what has answers.
 * @param {Result} result
 */
export function summaryOf(result) {
  if (result.kind === "sweep") return sweepSentence(result)
  if (result.kind !== "number") return ""
  return `${numbersSentence(result, result.rounds.length - 1)} ${truthSentence(result)}`.trim()
}

/** @param {string} words  for a list of the browser's, which has no lowered letters: bf in place of b_f */
export const withoutIndices = (words) => words.replaceAll("_", "")

/**
 * A list of all that was chosen, to open whichever on the projector.
 * @param {Desk} desk
 * @param {import("../sweep.js").Chosen[]} all
 */
function anyDot(desk, all) {
  const list = element("select", { "aria-label": "Any setting that was chosen", "data-name": "dots" })
  list.append(...all.map(({ words }, at) => element("option", { value: at }, withoutIndices(words))))
  const show = pushButton("On the projector", () => desk.project(all[Number(list.value)].link), {
    "aria-label": "This setting: on the projector", "data-name": "dot",
  })
  return element("p", { class: "row small" }, "Any dot:", list, show)
}

/**
 * The settings that are worth a look, each with a button that opens it on the projector.
 * @param {Desk} desk
 * @param {Result} result
 */
export function settingsOf(desk, result) {
  const all = allChosen(result), dots = all.reduce((sum, { count }) => sum + count, 0)
  const rows = worthALook(result).map(([name, { words, count, link }]) => {
    const show = pushButton("On the projector", () => desk.project(link), {
      "aria-label": `${name}: on the projector`, "data-name": name,
    })
    const times = count > 1 ? ` (${count} chose it)` : ""
    return element("li", {}, element("b", {}, name), element("span", {}, ...lowered(words + times)), show)
  })
  const unsure = result.rounds.at(-1)?.unsure ?? 0, rest = unsure ? ` ${unsure} said “I don't know”.` : ""
  return [
    element("p", {}, `${countOf(dots, "dot")} at ${countOf(all.length, "setting")}.${rest}`),
    ...(rows.length ? [element("ul", { class: "looks" }, ...rows), anyDot(desk, all)] : []),
    ...(result.stage === "revealed" && result.replies.unsure
      ? [courseText("p", { html: result.replies.unsure }, { class: "reply" })] : []),
  ]
}
