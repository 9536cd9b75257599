// The lecturer's screen: mounted once, it talks to the room itself, and no script of Streamlit's runs.

/** @import { Component } from "../../shared/streamlit.js" */
/** @import { HostData } from "./types.js" */

import { element, setText } from "../../shared/dom.js"
import { hosted, setHosted } from "../hosted.js"
import { Desk } from "./desk.js"
import { DeskKeys } from "./keys.js"
import { chooseView } from "./views/choose.js"
import { guideView, summaryView } from "./views/guide.js"
import { joiningView } from "./views/joining.js"
import { lobbyView } from "./views/lobby.js"
import { peopleView } from "./views/people.js"
import { planView } from "./views/plan.js"
import { progressView } from "./views/progress.js"
import { runsView } from "./views/runs.js"
import { spreadView } from "./views/spread.js"
import { stageView } from "./views/stage.js"
import { takeAwayView } from "./views/takeaway.js"
import { testingView } from "./views/testing.js"
import { pushButton } from "./views/texts.js"

const TICK = 1_000 // milliseconds
const AWAY_NOW =
  "The room’s database does not answer. Votes wait on the phones and arrive by themselves; stages can’t be " +
  "changed until it does. Nothing is lost."
const UNREACHED_NOW = "The server is not reached at present. This page tries again by itself."

/**
 * Take the host's secret out of the address, where it never stays: #host=…&room=…
 * Anybody can have made the link: a room that this device leads is given up for it only after a question.
 */
function takeFromAddress() {
  const fragment = new URLSearchParams(location.hash.slice(1))
  const host = fragment.get("host"), code = fragment.get("room") ?? "", own = hosted()
  if (!host) return
  history.replaceState(history.state, "", location.pathname + location.search)
  const isCode = /^[A-Z0-9]{6}$/.test(code) // it stands in addresses that are asked
  if (isCode && (!own || own.host === host || confirm(otherRoom(own.code, code)))) setHosted({ code, host })
}

/**
 * @param {string} own
 * @param {string} other
 */
const otherRoom = (own, other) =>
  `This link leads the room ${other} with a secret of its own. This device leads the room ${own} already, ` +
  "and would lose the secret for it. Take the link’s instead?"

/**
 * @param {HTMLElement} place
 * @param {HostData} data
 */
function mount(place, data) {
  takeFromAddress()
  let isPlanned = false
  const desk = new Desk(data, () => {
    if (isPlanned) return
    isPlanned = true
    queueMicrotask(update)
  })
  const lobby = lobbyView(desk), joining = joiningView(desk, (address) => keys.send({ address }))
  const progress = progressView(desk)
  const spread = spreadView(desk), runs = runsView(desk), plan = planView(desk)
  const choose = chooseView(desk), testing = testingView(desk)
  const people = peopleView(desk), takeAway = takeAwayView(desk)
  const finish = () => {
    if (desk.rehearsal) return desk.endRehearsal()
    keys.send({ gain: true }) // the projector shows what they learned, too
    takeAway.open()
  }
  const stage = stageView(desk, { choose: choose.open, finish }, spread.counting)
  const guide = guideView(desk), summary = summaryView(desk)
  const views = [guide, joining, stage, runs, spread, plan, choose, testing, progress, takeAway, people]
  const rehearse = element(
    "p", { class: "quiet row" }, "Before class:",
    pushButton("Rehearse with forty simulated students", () => desk.rehearse()),
  )
  const notice = element("p", { class: "notice", role: "status" })
  const outage = element("p", { class: "outage", role: "status" })
  const room = element(
    "div", { class: "room" }, guide.root, joining.root,
    element(
      "div", { class: "console" },
      element("div", { class: "card" }, stage.root, runs.root, spread.root, progress.here),
      element("div", { class: "side" }, stage.actions, plan.here),
    ),
    rehearse, plan.root, choose.root, testing.root, progress.root, takeAway.root, people.root,
  )
  place.replaceChildren(element("div", { class: "desk" }, notice, outage, summary.root, lobby.root, room))
  const keys = new DeskKeys({
    next: () => desk.revealing || stage.press(),
    back: () => desk.goBack(),
    hold: (on) => spread.hold(on),
    hello: () => joining.tell(),
    projects({ link, isBlack }) {
      Object.assign(desk, { projected: String(link), isBlack: isBlack === true })
      desk.changed()
    },
  })
  desk.project = (link) => keys.send({ frame: link })
  const release = () => spread.hold(false)
  addEventListener("blur", release)

  function update() {
    isPlanned = false
    const tree = /** @type {ShadowRoot} */ (place.getRootNode()), focused = tree.activeElement
    const { room: led } = desk
    const isLeading = led !== null && !desk.rehearsed
    room.hidden = !isLeading
    lobby.root.hidden = led !== null || desk.rehearsed !== null
    summary.update()
    // The page's own heading makes room; the sheet for it is beside the page (lesson/class_page/part.py).
    tree.host?.toggleAttribute("data-leading", isLeading)
    rehearse.hidden = desk.rehearsal !== null || (desk.state?.joined ?? 1) > 0
    const isUnreached = led !== null && !led.isReached
    setText(notice, desk.notice || (isUnreached ? UNREACHED_NOW : ""))
    setText(outage, led?.isAway && !isUnreached ? AWAY_NOW : "")
    outage.hidden = !outage.textContent
    notice.hidden = !notice.textContent
    notice.classList.toggle("passing", desk.isPassing && desk.notice !== "" && outage.hidden)
    keys.listenTo(isLeading ? led.code : "")
    if (led) views.forEach((view) => view.update())
    else lobby.update()
    if (focused && !focused.checkVisibility()) {
      // What had the focus is gone: keys go on with the next action.
      /** @type {NodeListOf<HTMLElement>} */
      const actions = tree.querySelectorAll("button.primary")
      const action = [...actions].find((each) => each.checkVisibility())
      action?.focus({ preventScroll: true })
    }
  }

  function tick() {
    if (!desk.room) return
    stage.tick()
    plan.tick()
    people.tick()
  }
  const timer = setInterval(tick, TICK)
  update()
  return () => {
    clearInterval(timer)
    removeEventListener("blur", release)
    keys.close()
    desk.close()
  }
}

/** @type {WeakMap<HTMLElement, () => void>} */
const mounted = new WeakMap()

/** @param {Component<[HostData]>} component */
export default function ({ data, parentElement }) {
  const place = /** @type {HTMLElement} */ (parentElement.querySelector("[data-host]"))
  // Another run of the page changes nothing.
  if (!mounted.has(place)) mounted.set(place, mount(place, data[0]))
  return () => {
    mounted.get(place)?.()
    mounted.delete(place)
  }
}
