// What a class has learned: the same questions before the lesson and after it.

/** @import { Compared, Gain } from "../../types.js" */

import { element } from "../../../shared/dom.js"
import { countOf, courseText } from "./texts.js"

const ENOUGH = 10 // students: with fewer there is no number, see lesson/classroom/gain.py

/** @param {number | null} share */
const percent = (share) => `${Math.round(100 * (share ?? 0))}%`

/** @param {number} gain */
function signed(gain) {
  const points = Math.round(100 * gain)
  return `${points < 0 ? "−" : points > 0 ? "+" : ""}${Math.abs(points)}`
}

/** @param {Compared} compared */
function gainText({ gain, interval, share_before: before, share_after: after }) {
  if (gain === null || !interval) return ""
  // Between the shares as they are written: a class subtracts one from the other.
  const points = Math.round(100 * Number(after)) - Math.round(100 * Number(before))
  return `${signed(points / 100)} points, from ${signed(interval[0])} to ${signed(interval[1])}`
}

/**
 * The gain of a class in one sentence.
 * @param {Compared} compared
 */
export function gainSentence(compared) {
  const { n, share_before, share_after, gain } = compared
  const who = `${countOf(n, "student")} answered every item at both ends`
  if (gain === null) return `${who}. From ${ENOUGH} students on there are shares and a gain.`
  const shares = `${percent(share_before)} right before, ${percent(share_after)} after`
  return `${who}: ${shares}. Gain: ${gainText(compared)} (95% interval).`
}

/**
 * The gain in all, and of each item.
 * @param {Gain} gain
 */
export function gainSection(gain) {
  const rows = gain.items.map((item) => element(
    "tr", {}, courseText("th", item, { scope: "row" }), element("td", {}, String(item.n)),
    ...(item.gain === null
      ? [element("td", { colspan: 3 }, "too few students")]
      : [percent(item.share_before), percent(item.share_after), gainText(item)].map((text) =>
        element("td", {}, text))),
  ))
  const head = ["Item", "At both ends", "Before", "After", "Gain and its interval"].map((text) =>
    element("th", { scope: "col" }, text))
  return element(
    "section", { class: "gain" }, element("p", {}, gainSentence(gain)),
    ...(rows.length ? [element("table", {}, element("tr", {}, ...head), ...rows)] : []),
  )
}
