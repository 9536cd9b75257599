// The projector: what a room's state means for all eyes. It only reads, and has no secret.

/** @import { RoomState } from "../types.js" */
/** @import { Action } from "./keys.js" */
/** @import { Drawn } from "./screens.js" */

import { courseAddress, roomsAddress } from "../server.js"
import { RoomStream } from "../stream.js"
import { secondsLeft, timerText } from "./clock.js"
import { element } from "../../shared/dom.js"
import { fitKeyOf, fitText } from "./fit.js"
import { CourseFrame } from "./frame.js"
import { gainScreen } from "./gain.js"
import { isJoinAddress, joinAddress, networkAddress, shortAddress } from "./joining.js"
import { hearKeys } from "./keys.js"
import { pageTheme, toggleFullScreen } from "./look.js"
import { questionScreen, revealScreen } from "./question.js"
import { breakable, joinScreen, sentenceScreen } from "./screens.js"
import { buildTools, offer } from "./tools.js"
import {
  contentKey, countSentence, followLink, followSentence, frameAddress, isOver, isWide, momentOf,
  revealedLink, screenOf,
} from "./view.js"
import { isGainFirst, outageSentence } from "./words.js"

const WIDE = 1_600, HIGH = 800 // pixels from which on the model may stand beside its question by itself

const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id))
const rooms = roomsAddress(), course = courseAddress().href
const code = (location.pathname.replace(/\/+$/, "").split("/").at(-1) ?? "").toUpperCase()

class Projector {
  constructor() {
    /** @type {RoomState | null} */
    this.state = null
    this.ending = "" // the sentence of a room that is over
    this.lostAt = "" // the time since when the server is out of reach
    this.isAway = false // the room's database
    this.address = joinAddress(course, code)
    this.isJoining = false
    this.isModelOpen = false
    this.link = "" // of the frame, below the course's address
    this.moment = "" // the link that was opened for a moment
    this.said = ""
    this.note = "" // a sentence that the lecturer's screen sends
    /** @type {Drawn | null} */
    this.drawn = null
    this.key = this.fitKey = ""
    this.isGainOpen = false
    const frame = /** @type {HTMLIFrameElement} */ (part("course"))
    this.frame = new CourseFrame(frame, (action) => this.act(action))
    const name = `lstm-clicker-${code}`
    this.clicker = typeof BroadcastChannel === "function" ? new BroadcastChannel(name) : null
    this.clicker?.addEventListener("message", ({ data }) => this.hear(data))
    this.clicker?.postMessage({ hello: true }) // the private screen says the address that it has corrected
  }

  /** @param {any} said  by the lecturer's private screen */
  hear(said) {
    if (isJoinAddress(said?.address, code)) this.address = said.address
    if (typeof said?.note === "string") this.note = said.note
    if (said?.frame === "") this.close()
    else if (typeof said?.frame === "string") {
      this.open(said.frame)
      this.moment = said.frame
    }
    if (typeof said?.gain === "boolean") this.isGainOpen = said.gain
    if (said?.who) this.said = "" // the private screen has opened
    this.show()
  }

  /**
   * Tell the private screen what it can't see: whether all is black, and what was opened for a moment.
   * @param {boolean} [isClosing]
   */
  tellHost(isClosing = false) {
    const isBlack = !isClosing && document.documentElement.classList.contains("black")
    const projects = { link: isClosing ? "" : this.moment, isBlack }
    if (this.said === JSON.stringify(projects)) return
    this.said = JSON.stringify(projects)
    this.clicker?.postMessage({ projects })
  }

  /** @param {RoomState} state */
  take(state) {
    const before = this.state
    this.state = state
    const { asking, follow } = state
    const isNewQuestion = momentOf(before) !== momentOf(state)
    const placeOf = (/** @type {RoomState | null} */ at) =>
      JSON.stringify([followLink(at?.follow ?? null), at?.led_on ?? false]) // eyes up: it stays as it is
    const isNewPlace = placeOf(before) !== placeOf(state)
    if (isNewQuestion) {
      this.isJoining = this.isModelOpen = false
      this.moment = ""
      this.isGainOpen = asking !== null && isGainFirst(asking)
      this.link = revealedLink(asking)
    }
    const isFree = !asking || (isOver(asking) && !isNewQuestion)
    const isAway = before === null && state.elsewhere // this page was loaded while the class was led on
    if (((isNewPlace && isFree) || isAway) && followLink(follow)) this.open(followLink(follow))
    else if (isNewPlace && isFree && !state.led_on) this.open(revealedLink(asking), false)
    this.show()
  }

  /**
   * @param {string} link
   * @param {boolean} [isOpen]
   */
  open(link, isOpen = link !== "") {
    this.link = link
    this.isModelOpen = isOpen
    this.moment = ""
  }

  /** What was opened for a moment makes way: for where the class is, or for what was revealed. */
  close() {
    const { asking = null, follow, elsewhere } = this.state ?? {}
    const isLed = typeof follow?.page === "string" && (elsewhere || !asking)
    if (isLed) this.open(`${follow.page}?${follow.query ?? ""}`)
    else this.open(revealedLink(asking), false)
  }

  /** @param {Action} action */
  act(action) {
    const { classList, dataset } = document.documentElement
    if (action === "next" || action === "back") {
      classList.remove("black")
      this.clicker?.postMessage({ key: action })
    } else if (action === "black") classList.toggle("black")
    else if (action === "theme") dataset.theme = pageTheme() === "dark" ? "light" : "dark"
    else if (action === "full") toggleFullScreen()
    else if (action === "model") this.isModelOpen = !this.isModelOpen && this.link !== ""
    else if (action === "gain") this.isGainOpen = !this.isGainOpen
    else this.isJoining = !this.isJoining
    this.show()
  }

  /**
   * Show what is the case, anew only where something else is to be seen.
   * @param {{lostAt?: string, isAway?: boolean, ending?: string}} [news]  of the server
   */
  show(news = {}) {
    Object.assign(this, news)
    const { state, ending } = this
    const screen = state && screenOf(state, this.isJoining)
    const content = screen === "join" ? this.address : contentKey(state?.asking ?? null)
    const key = JSON.stringify([ending, screen, content, this.isGainOpen])
    if (key !== this.key) {
      this.key = key
      this.fitKey = ""
      this.drawn?.end?.()
      this.drawn = this.draw()
      part("screen").replaceChildren(...(this.drawn ? [this.drawn.root] : []))
    }
    document.body.dataset.screen = ending ? "over" : (screen ?? "")
    document.body.dataset.stage = state?.asking?.stage ?? ""
    if (state) this.drawn?.update?.(state)
    this.tell()
    this.tellHost()
    this.lay()
  }

  /** @returns {Drawn | null} */
  draw() {
    const { state, ending } = this
    if (ending) return sentenceScreen(ending)
    if (!state) return null
    const { asking } = state
    if (!asking || this.isJoining) {
      const query = new URLSearchParams({ address: this.address })
      return joinScreen(code, this.address, `${rooms}/${code}/qr.svg?${query}`)
    }
    if (asking.stage !== "revealed") return questionScreen(asking)
    if (asking.gain && this.isGainOpen) return gainScreen(asking)
    return revealScreen(asking, { path: `/${code}`, refit: () => this.lay() })
  }

  /** The lines around the screen. */
  tell() {
    const { state, ending } = this
    const [front, back] = shortAddress(this.address)
    part("way").replaceChildren(...breakable(front), element("b", {}, back))
    part("count").textContent = state && !ending ? countSentence(state) : ""
    const share = state?.joined ? Math.min(1, state.voted / state.joined) : 0
    part("progress").style.setProperty("--share", String(share))
    const follow = state ? followSentence(state, this.isModelOpen ? this.link : "") : ""
    const notices = [follow, this.note, outageSentence(this)]
    const lines = ending ? [] : notices.filter(Boolean)
    const said = part("notices")
    if ([...said.children].map((line) => line.textContent).join("\n") !== lines.join("\n")) {
      said.replaceChildren(...lines.map((line) => element("p", {}, line)))
    }
    this.tick()
  }

  tick() {
    part("timer").textContent = this.ending ? "" : timerText(secondsLeft(this.state?.timer ?? null))
  }

  /** Give everything its place and size, where something is another than before: text is fitted slowly. */
  lay() {
    const { body } = document, { state } = this
    const isNarrow = body.dataset.screen === "reveal" && state?.asking && !isWide(state.asking)
    const mayStandBeside = isNarrow && innerWidth >= WIDE && innerHeight >= HIGH
    const mayOpen = body.dataset.screen !== "question" || (state?.asking && isOver(state.asking))
    const isPossible = this.link !== "" && !this.ending && Boolean(mayOpen)
    const way = !isPossible ? "" : this.isModelOpen ? "full" : mayStandBeside ? "beside" : ""
    if (fitKeyOf(way) !== this.fitKey) {
      body.dataset.model = way
      if (!fitText(part("screen")) && way === "beside") {
        body.dataset.model = ""
        fitText(part("screen"))
      }
      this.drawn?.draw?.()
      this.fitKey = fitKeyOf(way)
    }
    this.frame.show(body.dataset.model ? frameAddress(this.link, course, pageTheme()) : "")
    offer({ model: isPossible, gain: Boolean(state?.asking?.gain) })
  }
}

const projector = new Projector()
const act = (/** @type {Action} */ action) => projector.act(action)
buildTools(part("tools"), act)
hearKeys(window, act, false)
addEventListener("resize", () => projector.show())
addEventListener("pagehide", () => projector.tellHost(true))
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => projector.show())
setInterval(() => {
  projector.tick()
  projector.frame.catchUp()
}, 250)
new RoomStream(code, {
  state: (state) => projector.take(state),
  position: (position) => projector.frame.move(position),
  reached: (isReached) => {
    if (isReached === (projector.lostAt === "")) return
    projector.show({ lostAt: isReached ? "" : new Date().toTimeString().slice(0, 5) })
  },
  away: (isAway) => projector.show({ isAway }),
  over: ({ status, message }) => projector.show({ ending: status === 410 ? "This room is over." : message }),
})
networkAddress(projector.address, code).then(
  (address) => {
    if (projector.address === joinAddress(course, code)) projector.address = address
    projector.show()
  },
  () => {}, // the room is over, or the server out of reach: both are said above
)
