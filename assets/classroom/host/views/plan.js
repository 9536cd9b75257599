// The plan of the lesson: where the class is in it, what to say, what to watch for, and where all are led.

/** @import { Desk } from "../desk.js" */
/** @import { Stop, View } from "../types.js" */

import { element, setText } from "../../../shared/dom.js"
import { clock, isLedTo } from "../steps.js"
import { courseAddress } from "../../server.js"
import { courseText, linkBeside, pushButton, redraw } from "./texts.js"

const KINDS = { prediction: "predict", challenge: "solve a challenge", look: "look together" }

/**
 * @param {Desk} desk
 * @returns {View & {tick(): void}}
 */
export function planView(desk) {
  const lengths = element("div", { class: "row lengths" })
  const present = element("div", { class: "present" })
  const time = element("p", { class: "timer", role: "timer" })
  const lead = element("div", { class: "row small", role: "group", "aria-label": "Where the class is" })
  const list = element("ol", { class: "stops" })
  const root = element(
    "section", { class: "card plan", "aria-label": "Plan" },
    element("div", { class: "row apart" }, lengths, time), present, lead, list,
  )

  function drawLengths() {
    const minutes = desk.state?.plan?.minutes
    return [
      element("span", { class: "label" }, "Plan"),
      ...Object.keys(desk.data.plans).map((length) =>
        pushButton(`${length} minutes`, () => desk.goTo(Number(length), 0), {
          "aria-pressed": String(Number(length) === minutes), "data-name": length,
        })),
      minutes === undefined ? ""
        : pushButton("Leave the plan", () => desk.leavePlan(), { "data-name": "leave" }),
    ]
  }

  /** @param {Stop} stop */
  function drawPresent(stop) {
    const asks = stop.asks.map((id) => {
      const question = desk.room?.questions?.find((each) => each.id === id)
      const ask = pushButton(desk.before.has(id) ? "Ask again" : "Ask", () => desk.ask({ question: id }), {
        "data-name": `ask ${id}`,
      })
      return element("li", {}, courseText("span", question ?? { text: id }), " ", ask)
    })
    const address = new URL(`${stop.page}${stop.query ? `?${stop.query}` : ""}`, courseAddress())
    /** @type {HTMLElement[]} */
    const children = [
      element("p", { class: "label" }, `Stop ${(desk.state?.plan?.stop ?? 0) + 1}: ${KINDS[stop.kind]}`),
      courseText("p", { html: stop.does }, { class: "does" }),
    ]
    const watch = { html: `<b>Watch for:</b> ${stop.watch}` }
    if (stop.watch) children.push(courseText("p", watch, { class: "watch" }))
    if (asks.length) children.push(element("ul", { class: "asks" }, ...asks))
    children.push(element("p", {}, linkBeside("Open this stop in a new tab", address.href)))
    return children
  }

  /** @param {Stop | null} stop */
  function drawLead(stop) {
    const { state } = desk
    const follow = state?.follow ?? null
    const isHere = stop !== null && state !== null && isLedTo(state, stop)
    const pressed = (/** @type {boolean} */ value) => ({ "aria-pressed": String(value) })
    const buttons = [
      pushButton("Eyes up", () => desk.follow(follow?.eyes_up ? { free: true } : { eyes_up: true }), {
        "data-name": "eyes", title: "Their screens say: look to the front. Once more, or a vote, ends it.",
        ...pressed(follow?.eyes_up === true),
      }),
      pushButton("On their own", () => desk.follow({ free: true }), {
        "data-name": "free", title: "They move freely in the course", ...pressed(follow === null),
      }),
    ]
    if (!stop || desk.next?.act === "lead") return buttons // the big button leads there
    const label = isHere ? "The class is at this stop" : "Take the class here"
    return [pushButton(label, () => desk.lead(stop), { "data-name": "lead", ...pressed(isHere) }), ...buttons]
  }

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
      if (at === plan?.stop) item.setAttribute("aria-current", "step")
      return item
    })
  }

  function tick() {
    const { stop, room } = desk
    const seconds = stop && room ? (Date.now() - room.stopSince) / 1000 : 0
    setText(time, stop ? `${clock(Math.max(0, seconds))} of ${stop.minutes} min` : "")
    time.classList.toggle("over", stop !== null && seconds > 60 * stop.minutes)
  }

  function update() {
    const { state, stop, before, room } = desk
    const plan = state?.plan
    redraw(lengths, plan?.minutes, drawLengths)
    const asked = stop?.asks.map((id) => before.has(id))
    redraw(present, [plan, asked, !!room?.questions], () => (stop ? drawPresent(stop) : [
      element("p", { class: "quiet" }, "A plan leads through the lesson with one key. You can do without."),
    ]))
    redraw(lead, [plan, state?.follow, desk.next?.act], () => drawLead(stop))
    redraw(list, plan, drawList)
    tick()
  }
  return { root, update, tick }
}
