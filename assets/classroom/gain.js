// What has been learned between the tests at both ends of a lesson: the own results, and the class's gain.

/** @import { Asking, Item } from "./types.js" */
/** @import { Ballot } from "./vote.js" */

import { element } from "../shared/dom.js"
import { marked } from "./markup.js"
import { filled, placeOfDeal } from "./own.js"

/**
 * What an own answer to an item counts as.
 * @type {(asking: Asking, ballot: Ballot, item: Item, vote: [string, number]) => string}
 */
export function resultOf({ seat = 0 }, ballot, { right, ranges }, [id, round]) {
  const answer = ballot.stored(id, round)?.answer
  const [low, high] = ranges[placeOfDeal(id, ranges.length, seat)] ?? [NaN, NaN]
  if (answer === undefined) return "no answer"
  if (answer === "unsure") return "I don’t know"
  return answer === right || (low <= Number(answer) && Number(answer) <= high) ? "right" : "not right"
}

/**
 * The own results, and what the class has learned; nothing before the test after the lesson is revealed.
 * @param {Asking} asking
 * @param {Ballot} ballot
 */
export function gainOf(asking, ballot) {
  const { gain } = asking
  if (!gain?.items.length) return []
  const rows = gain.items.map((item) => {
    const [then, now] = [item.before, item.after].map((vote) => resultOf(asking, ballot, item, vote))
    const own = item.right === null ? "Not revealed yet." : `Before: ${then}. After: ${now}.`
    const { answer } = item, text = marked(filled(item.html, []), filled(item.text, []))
    const right = answer ? [element("p", {}, "Right answer: ", ...marked(answer.html, answer.text))] : []
    return element("li", {}, ...text, element("p", {}, own), ...right)
  })
  const { n, share_before, share_after } = gain
  const [before, after] = [share_before, share_after].map((share) => Math.round(100 * Number(share)))
  const words = `The class: ${before}% → ${after}% right, ${n} students.`
  return [
    element("h2", {}, "Before and after the lesson"),
    ...(gain.gain === null ? [] : [element("p", {}, words)]), element("ol", { class: "record" }, ...rows),
  ]
}
