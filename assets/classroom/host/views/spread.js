// How the answers are spread, and what is behind each: seen while a button is held, for the screen may be
// mirrored; and hands that are counted by eye.

/** @import { AnswerText } from "../../types.js" */
/** @import { Desk } from "../desk.js" */
/** @import { Result, View } from "../types.js" */

import { element, setText } from "../../../shared/dom.js"
import { fewWords, shareRight, totalOf, whereChanged, wrongAnswers } from "../review.js"
import { marksOf } from "../../markup.js"
import { UNSURE_ID } from "../simulated.js"
import { gainSection } from "./gain.js"
import { handsView } from "./hands.js"
import { numbersOf, settingsOf } from "./kinds.js"
import { courseText, redraw } from "./texts.js"

const DONT_KNOW = { id: UNSURE_ID, text: "I don't know" }

/**
 * @param {Desk} desk
 * @returns {View & {counting: HTMLElement, hold(on: boolean): void}}
 */
export function spreadView(desk) {
  const said = element("span", {}, "Hold to see the answers")
  const button = element(
    "button", { type: "button", class: "hold", "aria-pressed": "false" },
    said, element("small", {}, "or hold H"),
  )
  const advice = element("p", { class: "advice", role: "status" })
  const rows = element("div", { class: "answers" })
  const moved = element("p", { class: "quiet" })
  const hands = handsView(desk), gain = element("div")
  const root = element(
    "section", { class: "spread", "aria-label": "Answers" }, gain, advice, moved, button, rows, hands.root,
  )
  let isHeld = false

  /** @param {boolean} on */
  function hold(on) {
    if (isHeld === on) return
    isHeld = on
    button.setAttribute("aria-pressed", String(on))
    update()
  }
  button.addEventListener("pointerdown", (event) => {
    button.setPointerCapture(event.pointerId)
    hold(true)
  })
  for (const type of ["pointerup", "pointercancel", "blur", "lostpointercapture"]) {
    button.addEventListener(type, () => hold(false))
  }
  button.addEventListener("contextmenu", (event) => event.preventDefault()) // a long press of a finger
  button.addEventListener("keydown", (event) => {
    if (event.key !== " " && event.key !== "Enter") return
    event.preventDefault()
    hold(true)
  })
  button.addEventListener("keyup", () => hold(false))

  /**
   * @param {Result} result
   * @param {AnswerText} answer
   * @param {number} at
   * @param {boolean} isOpen
   */
  function row(result, answer, at, isOpen) {
    const isRight = isOpen && result.right === answer.id
    const isOutcome = result.kind === "dealt" // nobody has seen its letter
    const mark = answer.id === UNSURE_ID ? "?" : isOutcome ? "" : marksOf(result.answers)[at]
    const letter = element("b", {}, isRight ? `${mark} ✓`.trim() : mark)
    const line = element(
      "div", { class: isRight ? "answer right" : "answer" },
      element("div", { class: "said" }, letter, courseText("span", answer)),
    )
    if (isOpen) {
      const { rounds } = result
      const bars = rounds.map((counts, number) => barOf(counts[answer.id] ?? 0, totalOf(counts), number))
      line.append(element("div", { class: "bars" }, ...bars))
      const reply = isOutcome && answer.id !== UNSURE_ID ? result.replies[answer.id] : ""
      if (reply) line.append(courseText("div", { html: reply }, { class: "behind" }))
    }
    return line
  }

  function update() {
    const { result, state } = desk, isCounting = hands.isOpen()
    hands.update()
    root.hidden = !result || desk.isPast
    if (root.hidden || !result || !state?.asking) return
    const { stage, round, id } = state.asking
    const isOpen = isHeld || stage === "revealed"
    button.hidden = stage === "revealed" || stage === "waiting"
    setText(said, result.kind === "sweep" ? "Hold to see the dots" : "Hold to see the answers")
    const share = stage === "revealed" ? shareRight(result) : null
    // After the reveal there is nothing left to advise.
    const right = share === null ? "" : `${share}% are right${fewWords(result.rounds.at(-1))}.`
    setText(advice, stage === "talk" ? result.advice : right)
    advice.hidden = !advice.textContent
    setText(moved, isOpen ? whereChanged(result) : "")
    moved.hidden = !moved.textContent
    const isGain = stage === "revealed" && state.asking.test?.part === "after"
    const learned = isGain ? desk.room?.results?.gain : null
    redraw(gain, learned, () => (learned ? [gainSection(learned)] : []))
    const key = [id, isOpen, isCounting, round, isOpen && [result.rounds, result.right, stage]]
    redraw(rows, key, () => {
      if (result.kind === "number") return isOpen ? numbersOf(result) : []
      if (result.kind === "sweep") return isOpen ? settingsOf(desk, result) : []
      if (result.kind === "dealt" && !isOpen) return []
      const last = isOpen || isCounting ? [DONT_KNOW] : []
      return [
        ...[...result.answers, ...last].map((answer, at) => row(result, answer, at, isOpen)),
        ...(!isOpen ? [] : result.kind === "dealt" ? replyToAll(result) : repliesTo(result)),
      ]
    })
  }
  return { root, counting: hands.button, update, hold }
}

/**
 * How numbers of one's own are computed.
 * @param {Result} result
 */
function replyToAll({ replies }) {
  const reply = replies[UNSURE_ID]
  return reply ? [courseText("div", { html: reply }, { class: "reply" })] : []
}

/**
 * What is behind the answers: of the wrong ones first, the most frequent before the others. What is said of
 * several stands once.
 * @param {Result} result
 */
function repliesTo(result) {
  const { answers, replies, right, opening = "" } = result, marks = marksOf(answers)
  const wrong = answers.filter(({ id }) => id !== right)
  const inOrder = new Set([...wrongAnswers(result), ...wrong, ...answers])
  /** @type {Map<string, string[]>} */
  const letters = new Map()
  for (const answer of inOrder) {
    const reply = replies[answer.id]
    if (reply) letters.set(reply, [...(letters.get(reply) ?? []), marks[answers.indexOf(answer)]])
  }
  let isSaid = false // with what several begin
  return [...letters].map(([reply, names]) => {
    const isShared = !!opening && reply.startsWith(opening)
    const words = courseText("span", { html: isShared && isSaid ? reply.slice(opening.length) : reply })
    isSaid ||= isShared
    return element("div", { class: "said reply" }, element("b", {}, names.join(" ")), words)
  })
}

/**
 * @param {number} count
 * @param {number} total
 * @param {number} number  of the round, from 0
 */
function barOf(count, total, number) {
  const share = total ? Math.round(100 * count / total) : 0
  const fill = element("span", { class: "fill", style: `width: ${share}%` })
  return element(
    "div", { class: number ? "bar again" : "bar" },
    element("span", {}, `Vote ${number + 1}`), element("span", { class: "track" }, fill),
    element("b", {}, String(count)), element("span", {}, `${share}%`),
  )
}
