// The plan of the lesson: where the class is in it, what to say, what to watch for, and where all are led.

/** @import { Desk } from "../desk.js" */
/** @import { Stop, View } from "../types.js" */

import { element, setText } from "../../../shared/dom.js"
import { askItem, clock, isLedTo, nameOf } from "../steps.js"
import { courseAddress, serverTime } from "../../server.js"
import { courseText, linkBeside, pushButton, redraw, toTop } from "./texts.js"

const KINDS = { prediction: "predict", challenge: "challenge", look: "look", test: "test" }

/**
 * How far a lesson is before or behind its plan; "" where it is on time.
 * @param {number} minutes  since it began
 * @param {Stop[]} stops
 * @param {number} at  the stop where it is
 */
function paceWords(minutes, stops, at) {
  const from = stops.slice(0, at).reduce((sum, stop) => sum + stop.minutes, 0), to = from + stops[at].minutes
  if (minutes - to >= 1) return `${Math.floor(minutes - to)} min behind the plan`
  return from - minutes >= 1 ? `${Math.floor(from - minutes)} min ahead of the plan` : ""
}

/**
 * @param {Desk} desk
 * @returns {View & {here: HTMLElement, tick(): void}}  here: the stop where the class is
 */
export function planView(desk) {
  const lengths = element("div", { class: "row lengths" })
  const head = element("span", { class: "label" }), present = element("div", { class: "present" })
  const time = element("span", { class: "timer", role: "timer" })
  const whole = element("span", { class: "timer", role: "timer" }), pace = element("span", {})
  const top = element("p", { class: "row apart" }, head, time)
  const lesson = element("p", { class: "row apart label" }, element("span", {}, "Lesson ", whole), pace)
  const lead = element("div", { class: "row small", role: "group", "aria-label": "Where the class is" })
  const asks = element("ul", { class: "asks" }), list = element("ol", { class: "stops" })
  const here = element("section", { class: "stop", "aria-label": "This stop" }, top, lesson, present, lead)
  const root = element("section", { class: "card plan", "aria-label": "Plan" }, lengths, list, asks)

  function drawLengths() {
    const minutes = desk.state?.plan?.minutes
    return [
      element("span", { class: "label" }, minutes === undefined ? "Lead a lesson with one key" : "Plan"),
      ...Object.keys(desk.data.plans).map((length) =>
        pushButton(`${length} minutes`, () => desk.goTo(Number(length), 0), {
          "aria-pressed": String(Number(length) === minutes), "data-name": length,
        })),
      minutes === undefined ? ""
        : pushButton("Leave the plan", () => desk.leavePlan(), { "data-name": "leave" }),
    ]
  }

  /** @param {Stop} stop */
  const drawAsks = (stop) => stop.asks.map((id, at) => {
    const question = desk.room?.questions?.find((each) => each.id === id)
    const ask = pushButton(desk.before.has(nameOf(id, stop.test)) ? "Ask again" : "Ask", () => {
      toTop()
      if (stop.test) desk.take(askItem(stop.asks, at, stop.test))
      else desk.ask({ question: id })
    }, {
      "data-name": `ask ${id}`,
    })
    return element("li", {}, ask, " ", courseText("span", question ?? { text: id }))
  })

  /** @param {Stop} stop */
  function drawPresent(stop) {
    const watch = { html: `<b>Watch for:</b> ${stop.watch}` }
    return [
      ...(stop.watch ? [courseText("p", watch, { class: "watch" })] : []),
      // Where nothing is asked the main panel says it.
      ...(desk.isPast ? [] : [courseText("p", { html: stop.does }, { class: "quiet" })]),
    ]
  }

  /** @param {Stop | null} stop */
  function drawLead(stop) {
    const { state } = desk
    const follow = state?.follow ?? null
    const isHere = stop !== null && state !== null && isLedTo(state, stop)
    const pressed = (/** @type {boolean} */ value) => ({ "aria-pressed": String(value) })
    const buttons = [
      pushButton("Eyes up", () => desk.follow({ eyes_up: !follow?.eyes_up }), {
        "data-name": "eyes",
        title: "Their screens say: look to the front. Once more, or a vote, leads them back.",
        ...pressed(follow?.eyes_up === true),
      }),
      pushButton("On their own", () => desk.follow({ free: true }), {
        "data-name": "free", title: "They move freely in the course", ...pressed(follow === null),
      }),
    ]
    if (!stop) return buttons
    const address = new URL(`${stop.page}${stop.query ? `?${stop.query}` : ""}`, courseAddress())
    const link = linkBeside("Open this stop in a new tab", address.href)
    if (stop.test) return buttons // an item is answered on any page
    // Where the big button leads there, or the one below it.
    if (desk.next?.act === "lead" || desk.instead?.act === "lead") return [...buttons, link]
    const label = isHere ? "The class is here" : "Take the class here"
    const words = { "data-name": "lead", ...pressed(isHere) }
    return [pushButton(label, () => desk.lead(stop), words), ...buttons, link]
  }

  /** Whether nobody is there yet, so that there is time to rehearse. */
  const isBeforeClass = () => !desk.rehearsal && desk.state?.joined === 0

  function drawList() {
    const plan = desk.state?.plan
    let minute = 0
    return (desk.stops ?? []).map((stop, at) => {
      const from = minute
      minute += stop.minutes
      const go = pushButton(`${from}–${minute} min`, () => plan && desk.goTo(plan.minutes, at), {
        "data-name": `stop ${at}`, "aria-label": `Go to stop ${at + 1}, minutes ${from} to ${minute}`,
      })
      const item = element("li", {}, go, courseText("span", { html: stop.does }))
      if (plan && isBeforeClass()) {
        const rehearse = () => desk.rehearse({ minutes: plan.minutes, stop: at })
        const words = { "data-name": `rehearse ${at}`, "aria-label": `Rehearse this stop, number ${at + 1}` }
        item.append(pushButton("Rehearse this stop", rehearse, words))
      }
      if (at === plan?.stop) item.setAttribute("aria-current", "step")
      return item
    })
  }

  function tick() {
    const { stop, stops } = desk, { plan } = desk.state ?? {}
    if (!stop || !stops || !plan) return
    const now = serverTime() / 1000
    const seconds = Math.max(0, now - plan.since), all = Math.max(0, now - plan.begun)
    setText(time, `${clock(seconds)} of ${stop.minutes} min`)
    time.classList.toggle("over", seconds > 60 * stop.minutes)
    setText(whole, `${clock(all)} of ${plan.minutes} min`)
    whole.classList.toggle("over", all > 60 * plan.minutes)
    // Three minutes of a rehearsal stand for ten.
    setText(pace, desk.rehearsal ? "" : paceWords(all / 60, stops, plan.stop))
  }

  function update() {
    const { state, stop, stops, before, room } = desk
    const plan = state?.plan
    redraw(lengths, plan?.minutes, drawLengths)
    const asked = stop?.asks.map((id) => before.has(nameOf(id, stop.test)))
    const number = `Stop ${(plan?.stop ?? 0) + 1} of ${stops?.length}`
    setText(head, stop ? `${number}: ${KINDS[stop.kind]}` : "")
    top.hidden = lesson.hidden = !stop
    here.classList.toggle("planned", stop !== null)
    redraw(present, [plan, desk.isPast], () => (stop ? drawPresent(stop) : []))
    redraw(asks, [plan, asked, !!room?.questions], () => (stop ? drawAsks(stop) : []))
    asks.hidden = !asks.childElementCount
    redraw(lead, [plan, state?.follow, desk.next?.act, desk.instead?.act], () => drawLead(stop))
    redraw(list, [plan, isBeforeClass()], drawList)
    list.classList.toggle("rehearsing", isBeforeClass())
    tick()
  }
  return { root, here, update, tick }
}
