// What is asked now, how many have answered, the timer, and the one next action.

/** @import { Desk } from "../desk.js" */
/** @import { View } from "../types.js" */

import { element, setAttributes, setText } from "../../../shared/dom.js"
import { serverTime } from "../../server.js"
import { canTalk, placeIn, stageSentence, wordsOf } from "../flows.js"
import { clock, isLedTo, isOver } from "../steps.js"
import { courseText, drawer, pushButton, redraw } from "./texts.js"

const PREPARATION = [
  "Open the projector. It shows the class how to join.",
  "Wait until most of them are in class.",
  "Choose a plan below: one key leads through it. Or choose a question.",
]
const LAST = "files to keep, a page for after class, and the end of the room. This was the last stop."
const OPENS = new Set(["choose", "finish"]) // steps that change nothing in the room
const SUM_UP = "End the rehearsal and sum it up"
const WARNING = "Bars draw people to the most frequent answer. Show them to everybody?"

const preparation = () => element("ol", {}, ...PREPARATION.map((line) => element("li", {}, line)))

/**
 * @param {Desk} desk
 * @param {{choose: () => void, finish: () => void}} open  what opens other parts of the screen
 * @param {Node} counting  the button for hands, which is rarely wanted
 * @returns {View & {actions: HTMLElement, tick(): void, press(): void}}
 */
export function stageView(desk, open, counting) {
  const trail = element("ol", { class: "trail", "aria-label": "Steps of a question" })
  const status = element("p", { class: "status", role: "status" })
  const where = element("div", { class: "row apart" }, trail, status)
  const text = element("div", { class: "question" })
  const voted = element("strong", { class: "huge" }), of = element("span", { class: "unit" })
  const bar = element("div", { class: "share" }, element("div", {}))
  const counts = element("p", { class: "counts" }, voted, of)
  const timer = element("p", { class: "timer", role: "timer" })
  const numbers = element("div", { class: "numbers" }, counts, bar, timer)
  const label = element("span", {}), keys = element("small", {}, "PageDown, → or Space")
  const primary = pushButton("", press, { class: "primary next" })
  primary.append(label, keys)
  const coming = element("p", { class: "coming" })
  const small = element("div", { class: "row small" }), rare = element("div", { class: "row small" })
  const more = drawer("More", rare)
  more.className = "more"
  const root = element("section", { class: "now", "aria-label": "Now" }, where, text, numbers)
  const actions = element("section", { class: "do", "aria-label": "Next" }, primary, coming, small, more)
  let isWarning = false

  function press() {
    if (desk.revealing) desk.stopReveal()
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
    if (next?.test) return {} // nobody reads ahead in a test
    if (next?.act === "ask") return room?.questions?.find(({ id }) => id === next.question) ?? {}
    if (next?.act === "stop") return { html: stops?.[next.stop ?? 0]?.does }
    if (next?.act === "finish" && !desk.rehearsal) return { text: LAST }
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
    const { stage, round } = asking, { flow, again, next } = desk
    if (isOver(asking)) return [...buttons, ...onceMore(again)]
    const isOpen = stage === "vote" || stage === "talk"
    if (isOpen && next?.stage !== "revealed" && flow !== "before") {
      const reveal = () => desk.take({ act: "stage", label: "", stage: "revealed", round })
      const words = flow === "talk" ? "Reveal now" : wordsOf(flow).reveal
      buttons.push(pushButton(words, reveal, { "data-name": "reveal" }))
    }
    if (stage === "talk" && next?.stage === "revealed" && canTalk(flow)) {
      const again = () => desk.take({ act: "stage", label: "", stage: "vote", round: round + 1 })
      buttons.push(pushButton("Vote again", again, { "data-name": "again" }))
    }
    if (stage === "vote" && next?.stage !== "talk" && canTalk(flow)) {
      const talk = () => desk.take({ act: "stage", label: "", stage: "talk", round })
      buttons.push(pushButton("Close the vote: talk", talk, { "data-name": "talk" }))
    }
    if (isOpen) {
      const longer = () => desk.stage(stage, round, (rest() ?? 0) + 30, Boolean(asking.rounds))
      buttons.push(pushButton("+30 s", longer, { "data-name": "longer" }))
      if (asking.rounds) {
        const hide = () => desk.stage(stage, round, rest())
        buttons.push(pushButton("Hide the bars again", hide, { "data-name": "bars" }))
      }
    }
    return buttons
  }

  /**
   * The same with other numbers, or the plan instead of it.
   * @param {string} again  the question's id
   */
  function onceMore(again) {
    const { instead } = desk
    if (instead) {
      const skip = () => {
        desk.skipped = desk.state?.asking?.id ?? ""
        press()
      }
      return [pushButton(instead.label, skip, { "data-name": "skip" })]
    }
    const ask = () => desk.ask({ question: again })
    return again ? [pushButton("Ask with other numbers for each", ask, { "data-name": "other" })] : []
  }

  /** Seconds that are left to be given on with another change; null: no timer. */
  const rest = () => Math.max(0, Math.round(left() ?? 0)) || null

  /** What the big button does where nobody has answered. */
  function emptySentence() {
    const { next, flow } = desk
    const shows = flow === "talk" || flow === "alone" ? "reveal" : "show it"
    const does = next?.act === "ask" ? "go on" : next?.stage === "revealed" ? shows : "close"
    return `Nobody has answered yet: press again to ${does}`
  }

  /** What is rarely wanted while a question is open. */
  function rareOnes() {
    const { asking } = desk.state ?? {}
    if (!asking) return []
    const { stage, round } = asking
    const none = () => desk.stage(stage, round, null, Boolean(asking.rounds))
    const buttons = [counting]
    if (desk.state?.timer) buttons.push(pushButton("No timer", none, { "data-name": "none" }))
    if (stage === "revealed" || asking.rounds || asking.test) return buttons
    if (!isWarning) {
      return [...buttons, pushButton("Bars for everybody", () => warn(true), { "data-name": "bars" })]
    }
    const show = () => {
      isWarning = false
      desk.stage(stage, round, rest(), true)
    }
    return [
      ...buttons, element("p", { class: "warning", role: "alert" }, WARNING),
      pushButton("Show the bars now", show), pushButton("No", () => warn(false), { "data-name": "bars" }),
    ]
  }

  /** What the class does now, where that is no question. */
  function placeSentence() {
    const { state, stop } = desk
    if (stop?.test) return "A test: everybody answers alone, wherever they are."
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
    const { isPast, stop, flow } = desk, asking = isPast ? null : state?.asking ?? null
    const isTalk = canTalk(flow) && (asking?.stage === "talk" || (asking?.round ?? 1) > 1)
    const steps = wordsOf(isTalk ? "talk" : flow).trail, place = asking ? placeIn(asking, steps) : -1
    const { item = 0, items = 0, part = "" } = asking?.test ?? {}
    const trailed = item ? [`Test ${part} the lesson: item ${item} of ${items}`] : steps
    redraw(trail, [place, trailed], () => trailed.map((word, at) => {
      const step = element("li", { class: at < place ? "done" : "" }, word)
      if (at === place && !part) setAttributes(step, { "aria-current": "step" })
      return step
    }))
    trail.hidden = !asking
    const sentence = asking && stageSentence(asking, flow)
    setText(status, sentence ?? (isPast ? placeSentence() : "Before the first question:"))
    const words = asking ?? (isPast && stop ? { text: "", html: stop.does } : null), following = preview()
    const isAhead = !asking && next?.act === "ask" && !next.test
    redraw(text, [asking?.id, !state?.asking, words?.text, words?.html, isAhead && following], () => [
      ...(words ? [courseText("h2", words)] : state?.asking ? [] : [preparation()]),
      ...(isAhead ? [element("p", { class: "ahead" }, "Question: ", courseText("b", following))] : []),
    ])
    numbers.hidden = !asking || asking.stage === "waiting"
    const { voted: votes = 0, joined = 0 } = state ?? {}
    setText(voted, String(votes))
    setText(of, `of ${joined} answered`)
    setAttributes(/** @type {HTMLElement} */ (bar.firstElementChild), {
      style: `width: ${joined ? Math.min(100, Math.round(100 * votes / joined)) : 0}%`,
    })
    const isEmpty = desk.emptyVote && desk.emptyVote === desk.warned
    const isFinal = next?.act === "finish" && desk.rehearsal
    const wanted = isEmpty ? emptySentence() : isFinal ? SUM_UP : next?.label ?? "One moment …"
    setText(label, revealing ? wordsOf(flow).stop : wanted)
    const isHeld = !!desk.room?.isAway && !revealing && !OPENS.has(next?.act ?? "")
    const key = isHeld ? "Not before the database answers" : "PageDown, → or Space"
    setText(keys, revealing ? "In two seconds it comes: PageUp or ←" : key)
    setAttributes(primary, { "aria-disabled": String(isHeld || !next) }) // disabled it would lose the focus
    redraw(coming, following, () => [courseText("span", following)])
    coming.hidden = isAhead || !coming.textContent
    primary.classList.toggle("undo", revealing !== 0)
    if (!asking || asking.rounds) isWarning = false
    const { id, stage, round, rounds } = asking ?? {}
    const isTimed = !!state?.timer
    redraw(small, [id, stage, round, !!rounds, desk.back, next, flow, isPast, desk.again], others)
    small.hidden = !small.childElementCount
    redraw(rare, [id, stage, round, !!rounds, isTimed, isWarning], rareOnes)
    more.hidden = !asking || asking.stage === "waiting" || isOver(asking)
    tick()
  }
  return { root, actions, update, tick, press }
}
