// What a class has learned: the same questions before the lesson and after it.

/** @import { Asking, Compared, Gain } from "../types.js" */
/** @import { Drawn } from "./screens.js" */

import { element } from "../../shared/dom.js"
import { markGaps, worded } from "./elements.js"
import { comparedSentence, gainText, percentText } from "./words.js"

/**
 * The gain in all and per question; with few students the questions alone.
 * @param {Asking} asking  with a gain
 * @returns {Drawn}
 */
export function gainScreen(asking) {
  const gain = /** @type {Gain} */ (asking.gain)
  const root = element("div", { class: "question gain" }, element("h1", {}, "What this class has learned"))
  root.append(element("p", { class: "all" }, comparedSentence(gain)))
  const what = { class: "what" }
  const rows = gain.items.map((item, k) => {
    const question = worded("span", { class: "asked" }, numbered(item, k))
    markGaps(question) // all items are questions of the course
    const solution = item.answer ? worded("span", { class: "solution" }, checked(item.answer)) : ""
    return gainRow(item, element("span", what, question, solution))
  })
  if (gain.gain !== null && rows.length > 1) {
    rows.push(gainRow(gain, element("b", what, "All questions")))
  }
  root.append(element("ul", { class: "gains" }, ...rows))
  return { root }
}

/**
 * @param {Gain["items"][number]} item
 * @param {number} k
 */
function numbered({ text, html }, k) {
  const front = `${k + 1}. `
  return { text: front + text, html: html && front + html }
}

/** @param {import("../types.js").AnswerText} answer  the right one */
const checked = ({ text, html }) => ({ text: `✓ ${text}`, html: html && `✓ ${html}` })

/**
 * @param {Compared} compared
 * @param {HTMLElement} what
 */
function gainRow(compared, what) {
  const { n, share_before: before, share_after: after } = compared
  if (before === null || after === null) {
    return element("li", { class: "few" }, what, element("span", { class: "points" }, `${n} at both ends`))
  }
  const ends = element("span", { class: "ends" }, endBar("before", before), endBar("after", after))
  const [gain, interval] = gainText(compared)
  const points = element("span", { class: "points" }, element("b", {}, gain), ` ${interval}`)
  return element("li", {}, what, ends, points)
}

/**
 * @param {"before" | "after"} end
 * @param {number} share
 */
function endBar(end, share) {
  const name = element("span", { class: "name" }, end)
  const bar = element("i", { class: end, style: `--share: ${share}` })
  return element("span", { class: "end" }, name, bar, element("span", {}, percentText(share)))
}
