// The screens of a question: before its reveal, and what came of it.

/** @import { Asking } from "../types.js" */
/** @import { Drawn } from "./screens.js" */

import { element } from "../../shared/dom.js"
import { heading, replyOf, worded } from "./elements.js"
import { answerTable } from "./pictures/bars.js"
import { errorDrawing } from "./pictures/errors.js"
import { numberDrawing } from "./pictures/histogram.js"
import { frequentMistake, mergedOutcomes } from "./pictures/outcomes.js"
import { runsDrawing } from "./pictures/runs.js"
import { sweepDrawing } from "./pictures/sweeps/sweep.js"
import { rightReply, tableOf, taskSentence } from "./view.js"
import { gainSentence, itemSentence, rangeOf } from "./words.js"

const DEALT_SENTENCE = "Everybody has other numbers. Yours are on your phone."

/**
 * A question before it is revealed.
 * @param {Asking} asking
 * @returns {Drawn}
 */
export function questionScreen(asking) {
  const root = element("div", { class: `question ${asking.stage} ${asking.kind}-kind` })
  addTop(root, asking)
  const isOpen = asking.stage === "talk" && asking.rounds !== undefined // the lecturer shows the bars
  const view = isOpen ? asking : { ...asking, rounds: [], moved: [] }
  if (asking.kind === "dealt") {
    root.append(element("p", { class: "own" }, DEALT_SENTENCE))
    return { root, draw: isOpen ? addTable(root, asking) : () => {} }
  }
  if (asking.settings && !isOpen) {
    for (const setting of asking.settings) {
      root.append(worded("p", { class: "range" }, rangeOf(setting)))
    }
    return { root }
  }
  return { root, draw: addAnswers(root, view) }
}

/**
 * A question with what is right, how all answered, and why.
 * @param {Asking} asking
 * @param {{path: string, refit: () => void}} room  path: behind /api/rooms; refit: after texts have changed
 * @returns {Drawn}
 */
export function revealScreen(asking, { path, refit }) {
  const root = element("div", { class: `question revealed ${asking.kind}-kind` })
  addTop(root, asking)
  if (asking.experiment) return runsDrawing(root, asking, { address: `${path}/runs/${asking.id}`, refit })
  const draw = asking.kind === "dealt" ? addOutcomes(root, asking) : addAnswers(root, asking)
  const reply = rightReply(asking)
  if (reply) root.append(replyOf(reply))
  if (asking.gain) root.append(element("p", { class: "gained" }, gainSentence(asking)))
  return { root, draw }
}

/**
 * Which item of a test it is, what to do, and the question.
 * @param {HTMLElement} root
 * @param {Asking} asking
 */
function addTop(root, asking) {
  const item = itemSentence(asking), task = taskSentence(asking)
  if (item) root.append(element("p", { class: "item" }, item))
  if (task) root.append(element("p", { class: "task" }, task))
  root.append(heading(asking))
}

/**
 * @param {HTMLElement} root
 * @param {Asking} asking
 */
function addAnswers(root, asking) {
  if (asking.settings) {
    const { box, draw } = sweepDrawing(asking)
    root.append(box)
    return draw
  }
  if (asking.scale && asking.kind !== "dealt") {
    const { box, draw, unsure } = numberDrawing(asking)
    root.append(box, unsure ? element("p", { class: "unsure" }, unsure) : "")
    return draw
  }
  if (asking.rounds?.length) return addTable(root, asking)
  const answers = tableOf({ ...asking, rounds: [{}] }).rows
  const list = answers.map(({ letter, words }) => {
    const mark = element("span", { class: "letter" }, letter)
    return element("li", { class: "answer" }, mark, worded("span", { class: "words" }, words))
  })
  root.append(element("ol", { class: "answers" }, ...list))
  return () => {}
}

/**
 * @param {HTMLElement} root
 * @param {Asking} asking
 */
function addTable(root, asking) {
  const { table, draw } = answerTable(asking.kind === "dealt" ? mergedOutcomes(asking) : asking)
  root.append(table)
  return draw
}

/**
 * What the answers to dealt numbers come from, how far they are off, and the reply to the most frequent
 * mistake.
 * @param {HTMLElement} root
 * @param {Asking} asking
 */
function addOutcomes(root, asking) {
  const drawTable = addTable(root, asking)
  const { box, draw } = errorDrawing(asking)
  root.append(box)
  const mistake = frequentMistake(asking)
  if (mistake) {
    const line = replyOf(mistake.reply, "reply mistake")
    line.prepend(worded("b", {}, mistake), ": ")
    root.append(line)
  }
  return () => {
    drawTable()
    draw()
  }
}
