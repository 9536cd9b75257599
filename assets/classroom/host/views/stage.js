// What is asked now, how many have answered, the timer, and the one next action.

/** @import { Asking } from "../../types.js" */
/** @import { Desk } from "../desk.js" */
/** @import { View } from "../types.js" */

import { element, setAttributes, setText } from "../../../shared/dom.js"
import { serverTime } from "../../server.js"
import { clock, isLedTo } from "../steps.js"
import { courseText, pushButton, redraw } from "./texts.js"

const TRAIL = ["Ask", "Vote", "Talk", "Vote again", "Reveal"]
const EMPTY = "Nobody has answered yet: press again to close"
const WARNING = "Bars draw people to the most frequent answer. Show them to everybody?"

/** @param {Asking} asking */
const placeOf = ({ stage, round }) =>
  stage === "waiting" ? 0 : stage === "talk" ? 2 : stage === "revealed" ? 4 : round > 1 ? 3 : 1

/** @param {Asking} asking */
function stageSentence({ stage, round }) {
  if (stage === "waiting") return "They read the question. The vote is not open yet."
  if (stage === "talk") return "The vote is closed. They talk with their neighbours."
  if (stage === "revealed") return "The answer is revealed."
  return round > 1 ? `Vote ${round} is open.` : "The vote is open. Everybody answers alone."
}

/**
 * @param {Desk} desk
 * @param {{choose: () => void, finish: () => void}} open  what opens other parts of the screen
 * @returns {View & {tick(): void, press(): void}}
 */
export function stageView(desk, open) {
  const trail = element("ol", { class: "trail", "aria-label": "Steps of a question" })
  const status = element("p", { class: "status", role: "status" })
  const text = element("div", { class: "question" })
  const voted = element("strong", { class: "huge" }), of = element("span", { class: "unit" })
  const bar = element("div", { class: "share" }, element("div", {}))
  const counts = element("div", { class: "counts" }, voted, of, bar)
  const timer = element("p", { class: "timer", role: "timer" })
  const numbers = element("div", { class: "numbers" }, counts, timer)
  const label = element("span", {}), keys = element("small", {}, "PageDown, → or Space")
  const primary = pushButton("", press, { class: "primary next" })
  primary.append(label, keys)
  const coming = element("p", { class: "coming" })
  const small = element("div", { class: "row small" })
  const root = element(
    "section", { class: "stage card", "aria-label": "Now" },
    element("div", { class: "now" }, trail, status, text),
    numbers,
    element("div", { class: "do" }, primary, coming, small),
  )
  let isWarning = false

  function press() {
    if (desk.revealing) desk.keepHidden()
    else if (desk.next?.act === "choose") open.choose()
    else if (desk.next?.act === "finish") open.finish()
    else desk.goOn()
  }

  /** Seconds that are left of the soft timer; null: there is none. */
  function left() {
    const { timer: soft } = desk.state ?? {}
    return soft ? soft.since + soft.seconds - serverTime() / 1000 : null
  }

  /** What the next question or the next stop says. */
  function preview() {
    const { next, stops, room } = desk
    if (next?.act === "ask") return room?.questions?.find(({ id }) => id === next.question) ?? {}
    if (next?.act === "stop") return { html: stops?.[next.stop ?? 0]?.does }
    return {}
  }

  /** @param {boolean} value */
  function warn(value) {
    isWarning = value
    update()
  }

  function others() {
    const { asking } = desk.state ?? {}, { back, isPast } = desk
    const buttons = []
    if (back) {
      buttons.push(pushButton(back.label, () => desk.goBack(), { "data-name": "back", title: "PageUp or ←" }))
    }
    if (!asking || isPast) return buttons
    const { stage, round } = asking
    const isOpen = stage === "vote" || stage === "talk"
    if (isOpen && desk.next?.stage !== "revealed") {
      const reveal = () => desk.take({ act: "stage", label: "", stage: "revealed", round })
      buttons.push(pushButton("Reveal now", reveal, { "data-name": "reveal" }))
    }
    if (stage === "vote" && round > 1) {
      const talk = () => desk.take({ act: "stage", label: "", stage: "talk", round })
      buttons.push(pushButton("Close the vote: talk", talk, { "data-name": "talk" }))
    }
    if (isOpen) {
      const rest = () => Math.max(0, Math.round(left() ?? 0)) || null
      const more = () => desk.stage(stage, round, (rest() ?? 0) + 30, Boolean(asking.rounds))
      buttons.push(pushButton("+30 s", more, { "data-name": "more" }))
      const none = () => desk.stage(stage, round, null, Boolean(asking.rounds))
      if (desk.state?.timer) buttons.push(pushButton("No timer", none, { "data-name": "none" }))
      if (asking.rounds) {
        const hide = () => desk.stage(stage, round, rest())
        buttons.push(pushButton("Hide the bars again", hide, { "data-name": "bars" }))
      } else if (isWarning) {
        const show = () => {
          isWarning = false
          desk.stage(stage, round, rest(), true)
        }
        buttons.push(
          element("p", { class: "warning", role: "alert" }, WARNING), pushButton("Show the bars", show),
          pushButton("No", () => warn(false)),
        )
      } else buttons.push(pushButton("Bars for everybody", () => warn(true), { "data-name": "bars" }))
    }
    return buttons
  }

  /** What the class does now, where that is no question. */
  function placeSentence() {
    const { state, stop } = desk
    if (!stop) return `The class is at the page ${state?.elsewhere}.`
    return state && isLedTo(state, stop) ? "The class is at this stop." : "The class is not at this stop yet."
  }

  function tick() {
    const seconds = left()
    setText(timer, seconds === null ? "" : clock(seconds))
    timer.classList.toggle("over", seconds !== null && seconds < 0)
  }

  function update() {
    const { state, next, revealing } = desk
    const { isPast, stop } = desk, asking = isPast ? null : state?.asking ?? null
    const place = asking ? placeOf(asking) : -1
    redraw(trail, place, () => TRAIL.map((word, at) => {
      const item = element("li", { class: at < place ? "done" : "" }, word)
      if (at === place) setAttributes(item, { "aria-current": "step" })
      return item
    }))
    trail.hidden = isPast
    setText(status, asking ? stageSentence(asking) : isPast ? placeSentence() : "Nothing is asked yet.")
    const words = asking ?? (isPast && stop ? { text: "", html: stop.does } : null)
    redraw(text, [asking?.id, words?.text, words?.html], () => (words ? [courseText("h2", words)] : []))
    numbers.hidden = !asking
    counts.hidden = !asking || asking.stage === "waiting"
    const { voted: votes = 0, joined = 0 } = state ?? {}
    setText(voted, String(votes))
    setText(of, `of ${joined} answered`)
    setAttributes(/** @type {HTMLElement} */ (bar.firstElementChild), {
      style: `width: ${joined ? Math.min(100, Math.round(100 * votes / joined)) : 0}%`,
    })
    const isEmpty = desk.emptyVote && desk.emptyVote === desk.warned
    const wanted = isEmpty ? EMPTY : next?.label ?? "One moment …"
    setText(label, revealing ? "Stop the reveal" : wanted)
    setText(keys, revealing ? "It comes in two seconds: PageUp or ←" : "PageDown, → or Space")
    const following = preview()
    redraw(coming, following, () => [courseText("span", following)])
    coming.hidden = !coming.textContent
    primary.disabled = !next
    primary.classList.toggle("undo", revealing !== 0)
    if (!asking || asking.rounds) isWarning = false
    const { id, stage, round, rounds } = asking ?? {}
    const isTimed = !!state?.timer
    redraw(small, [id, stage, round, !!rounds, isTimed, isWarning, desk.back, next?.stage], others)
    tick()
  }
  return { root, update, tick, press }
}
