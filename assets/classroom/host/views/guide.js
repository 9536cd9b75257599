// A rehearsal from its first line to its summary.

/** @import { Desk } from "../desk.js" */
/** @import { Result, View } from "../types.js" */

import { element, setText } from "../../../shared/dom.js"
import { BEGINNING, hintOf } from "../guide.js"
import { inClass, shareRight, totalOf, wrongAnswers } from "../review.js"
import { gainSection } from "./gain.js"
import { summaryOf } from "./kinds.js"
import { courseText, pushButton, redraw } from "./texts.js"

/**
 * What a rehearsal says while it goes on.
 * @param {Desk} desk
 * @returns {View}
 */
export function guideView(desk) {
  const hint = element("span", { role: "status" })
  const root = element(
    "p", { class: "rehearsal" },
    element("span", {}, element("b", {}, "This is a rehearsal."), " ", hint),
    pushButton("End the rehearsal", () => desk.endRehearsal()),
  )
  return {
    root,
    update() {
      root.hidden = !desk.rehearsal
      const { state, next, isPast } = desk
      const isNew = !state?.asking && !state?.follow
      const { asking = null, joined = 0, voted = 0 } = state ?? {}
      const now = { asking, joined, voted, next, isPast, isWaiting: desk.revealing !== 0, flow: desk.flow }
      setText(hint, isNew ? BEGINNING : hintOf(now))
    },
  }
}

/**
 * What came of a rehearsal, and what to do when it counts.
 * @param {Desk} desk
 * @returns {View}
 */
export function summaryView(desk) {
  const list = element("div", { class: "rehearsed" })
  const root = element(
    "section", { class: "card summary", "aria-label": "The rehearsal" },
    element("h2", {}, "The rehearsal is over"),
    element("p", { class: "quiet" }, "Its room is deleted. Students and numbers were simulated."),
    list,
    element(
      "div", { class: "todo" },
      element("h3", {}, "In the real lesson"),
      element(
        "ol", {},
        element("li", {}, "Open the room and the projector. Drag that to the big screen: F fills it."),
        element("li", {}, "Wait until most have joined. Choose your plan: 10, 45 or 90 minutes."),
        element("li", {}, "Press one key: PageDown or Space here, or a clicker on the projector."),
      ),
      pushButton("Open the real room", () => desk.openReal(), { class: "primary" }),
    ),
  )
  return {
    root,
    update() {
      const { rehearsed } = desk
      root.hidden = !rehearsed
      const { askings = [], joined = 0, gain = null } = rehearsed ?? {}
      redraw(list, rehearsed, () => [
        ...(gain?.items.length ? [element("h3", {}, "The test before and after"), gainSection(gain)] : []),
        ...askings.filter(({ test }) => !test).map((each) => drawQuestion(each, joined)),
      ])
    },
  }
}

/**
 * @param {Result} asking
 * @param {number} joined
 */
function drawQuestion(asking, joined) {
  const first = shareRight(asking, 1), last = shareRight(asking)
  const voted = Math.max(...asking.rounds.map(totalOf))
  const shares = first === null ? ""
    : asking.rounds.length > 1 ? ` ${first}% were right before the talk, ${last}% after it.`
      : ` ${first}% were right, in one vote.`
  const section = element(
    "section", { class: "past" }, courseText("h3", asking),
    element("p", {}, `${voted} of ${joined} voted.${shares} ${summaryOf(asking)}`.trim()),
  )
  const [most] = wrongAnswers(asking)
  if (most) {
    const wrong = element("p", {}, "Most frequent wrong answer: ", courseText("b", most), ". ")
    wrong.append(courseText("span", { html: asking.replies[most.id] ?? "" }))
    section.append(wrong)
  }
  const advice = inClass(first, asking.kind === "dealt")
  if (advice) section.append(element("p", { class: "watch" }, element("b", {}, "In class: "), advice))
  return section
}
