// What this browser has answered in a room: first and last answer, and whether it was right.

/** @import { Asking, RecordRow } from "../types.js" */
/** @import { Ballot } from "../vote.js" */

import { element } from "../../shared/dom.js"
import { RECORD, rowsOf, setRow } from "../device.js"
import { resultOf } from "../gain.js"
import { marked } from "../markup.js"
import { truthOf } from "../own.js"
import { isRightAnswer } from "../sweep.js"
import { answerWords, courseLink, ownAnswers, text } from "./common.js"
import { endWords, truthName, verdict } from "./situation.js"

/**
 * Keep what is answered to a question, and, once it is revealed, what is right.
 * @param {string} code
 * @param {Asking} asking
 * @param {Ballot} ballot
 */
export function keepAnswers(code, asking, ballot) {
  /** @type {(id: string, row: RecordRow | null) => void} */
  const keepRow = (id, row) => {
    const before = rowsOf(RECORD, code)[id]
    if (!row || (before?.isRevealed && !row.isRevealed)) return // the lecturer has gone back
    if (JSON.stringify(row) !== JSON.stringify(before)) setRow(RECORD, code, id, row)
  }
  keepRow(asking.id, rowOf(asking, ballot))
  // What was asked at both ends of the lesson is revealed at once, with the last of it.
  for (const item of asking.gain?.items ?? []) {
    for (const vote of [item.before, item.after]) {
      const [id] = vote, row = rowsOf(RECORD, code)[id], { right, answer } = item
      const isRight = resultOf(asking, ballot, item, vote) === "right"
      const truth = isRight || !answer ? null : [answer.html, answer.text]
      const said = (isRight ? "Right." : "Not right.") + (truth ? " Right answer: " : "")
      if (row && id !== asking.id && right !== null) keepRow(id, { ...row, isRevealed: true, said, truth })
    }
  }
}

/**
 * @param {Asking} asking
 * @param {Ballot} ballot
 * @returns {RecordRow | null}
 */
export function rowOf(asking, ballot) {
  // The answer before the lesson has a row of its own.
  const given = ownAnswers({ ...asking, gain: undefined }, ballot).filter((answer) => answer !== null)
  if (given.length === 0) return null
  const first = given[0], last = given[given.length - 1]
  const isRevealed = asking.stage === "revealed", truth = truthOf(asking)
  const isSaid = truth === null || isRightAnswer(asking, last)
  const said = truth !== null || asking.surface ? verdict(asking, last) : ""
  return {
    text: asking.text.slice(0, 400),
    html: asking.html.slice(0, 2000),
    link: asking.link,
    name: endWords(asking),
    first: answerWords(asking, first),
    last: answerWords(asking, last),
    isRevealed,
    said: !isRevealed ? "Not revealed." : isSaid ? said : `${said} ${truthName(asking)}: `,
    truth: isRevealed && !isSaid ? answerWords(asking, truth) : null,
  }
}

/** @param {string} code */
export function recordList(code) {
  const rows = Object.values(rowsOf(RECORD, code)) // in the order in which they were asked: ids are integers
  if (rows.length === 0) return text("This device has none.")
  return element("ol", { class: "record" }, ...rows.map((row) => element("li", {}, ...rowNodes(row))))
}

/** @param {RecordRow} row */
function rowNodes({ text: words, html, link, name, first, last, said = "", truth }) {
  const then = marked(...last)
  const own = first[1] === last[1] ? [`${name || "Your answer"}: `, ...then]
    : ["First: ", ...marked(...first), ". Then: ", ...then]
  const result = text(said, ...(truth ? marked(...truth) : []))
  const nodes = [element("b", {}, ...marked(html, words)), text(...own), result]
  if (link) nodes.push(courseLink("See it in the course", link, ""))
  return nodes
}
