// The bar and what it opens, in a shadow root of its own at the end of the page.

/** @import { Value } from "../types.js" */
/** @import { View } from "./types.js" */

import { element, setText } from "../../shared/dom.js"
import { hosted } from "../hosted.js"
import { membership } from "../device.js"
import { secondsLeft } from "../phone/situation.js"
import { serverTime } from "../server.js"
import { Focus } from "./focus.js"
import { isOnPage } from "./session.js"
import { showSheet } from "./sheet.js"
import { buttonWords, stageWords } from "./words.js"

const ROOM = "44px" // of the bar: the page ends above it
const MAIN = '[data-testid="stMain"]'
// Who leads has the lecturer's own screen on the page Class: there the bar would cover its button.
const DESK = "body:has(.st-key-classroom_host):has(#lstm-bar.leads)"
const PAGE = `body:not(${DESK}) {
    [data-testid="stApp"] { bottom: ${ROOM} !important; }
    [data-testid="stApp"] :is(${MAIN}, :has(> ${MAIN})) { height: calc(100dvh - ${ROOM}) !important; }
  }
  ${DESK} > #lstm-bar { display: none; }`

/**
 * vote, see: as in the sheet; alone: whether I go my own way; lead: whether my sliders move theirs; bring:
 * all to where I am; leave: the class; close: what was said is read.
 * @typedef {object} BarActions
 * @property {(answer: Value) => void} vote
 * @property {() => void} see
 * @property {(isAlone: boolean) => void} alone
 * @property {(isLeading: boolean) => void} lead
 * @property {() => void} bring
 * @property {() => void} leave
 * @property {() => void} close
 */

export class BarLook {
  /**
   * @param {string} look
   * @param {BarActions} actions
   */
  constructor(look, actions) {
    this.actions = actions
    this.host = element("div", { id: "lstm-bar" })
    this.page = element("style", {}, PAGE)
    const root = this.host.attachShadow({ mode: "open" })
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(look)
    root.adoptedStyleSheets = [sheet]
    this.code = element("button", { type: "button", class: "code", "aria-expanded": "false" })
    this.words = element("span", { class: "words", role: "status" })
    this.button = element("button", { type: "button", class: "main" })
    this.close = element("button", { type: "button", class: "code", "aria-label": "Close the message" }, "×")
    this.bring = element("button", { type: "button", class: "main" }, "Bring all here")
    this.follow = toggle("Follow", "Off: you are on your own.", (isOn) => actions.alone(!isOn))
    this.lead = toggle("Lead", "Your sliders move theirs.", (isOn) => actions.lead(isOn))
    this.leave = element("button", { type: "button", class: "leave" }, "Leave the class")
    this.about = element("p", { class: "note" })
    this.sheet = element("section", { class: "sheet", "aria-label": "The question of your class" })
    const name = { class: "sheet menu", "aria-label": "Your class", tabindex: -1 }
    this.menu = element("section", name, this.about, this.leave)
    this.eyes = element("div", { class: "eyes" }, element("h1", { tabindex: -1 }, "Look up, please."),
      element("p", {}, "This page comes back by itself."))
    this.bar = element("div", { class: "bar", role: "region", "aria-label": "Class" },
      this.code, this.words, this.close, this.button, this.bring, this.follow.box, this.lead.box)
    this.shade = element("div", { class: "shade" }) // while the class answers, no page gives the answer away
    root.append(this.shade, this.eyes, this.sheet, this.menu, this.bar)
    this.clock = 0 // of the soft timer
    this.focus = new Focus(root, [this.eyes, this.sheet, this.menu], [this.button, this.code])
    this.eyes.hidden = true
    this.open("")
    this.code.addEventListener("click", () => {
      this.open(this.menu.hidden ? "menu" : "")
      if (!this.menu.hidden) this.focus.enter()
    })
    this.button.addEventListener("click", () => {
      this.open(this.sheet.hidden ? "sheet" : "")
      if (!this.sheet.hidden) this.focus.enter()
    })
    this.bring.addEventListener("click", actions.bring)
    this.leave.addEventListener("click", actions.leave)
    this.close.addEventListener("click", actions.close)
    root.addEventListener("keydown", (event) => {
      if (/** @type {KeyboardEvent} */ (event).key === "Escape") this.open("")
      event.stopPropagation() // the page's keys are the page's
    })
  }

  /**
   * Open the sheet or the menu; "" closes both.
   * @param {"" | "sheet" | "menu"} what
   */
  open(what) {
    this.#change(() => {
      this.sheet.hidden = what !== "sheet"
      this.menu.hidden = what !== "menu"
      this.code.setAttribute("aria-expanded", String(what === "menu"))
      if (this.view) this.#showButton(this.view)
    })
  }

  /** @param {View} view */
  show(view) {
    this.#change(() => this.#show(view))
  }

  /** @param {() => void} change */
  #change(change) {
    this.focus.keep(change, () => this.host.isConnected && !(this.shade.hidden && this.eyes.hidden))
  }

  /** @param {View} view */
  #show(view) {
    this.view = view
    if (!this.host.isConnected) {
      document.body.append(this.host)
      document.head.append(this.page)
    }
    const { code, state, isStudent, isHost, isUp } = view, app = document.querySelector("[data-testid=stApp]")
    if (app) this.host.style.colorScheme = getComputedStyle(app).colorScheme // the theme that was chosen
    this.host.classList.toggle("leads", hosted() !== null)
    setText(this.code, code || "Class")
    this.code.setAttribute("aria-label", `Class ${code}`)
    setText(this.words, stageWords(view))
    this.close.hidden = !view.refusal
    if (isUp && this.eyes.hidden) this.open("") // what was open would stand over the words
    this.eyes.hidden = !isUp
    this.bar.classList.toggle("asks", isStudent && state?.asking?.stage === "vote" && !view.answer)
    this.#showButton(view)
    this.follow.box.hidden = !isStudent || isHost
    this.follow.input.checked = !view.isAlone
    this.lead.box.hidden = this.bring.hidden = !isHost
    this.lead.input.checked = view.isLeading
    const way = view.isAlone ? "You are on your own." : "Your page goes where the lecturer goes."
    const name = `Your name here is ${membership()?.handle}. Nobody sees who you are.`
    const leaving = "If you leave, your answers in it are deleted."
    setText(this.about, `You are in the class ${code}. ${isStudent ? `${name} ` : ""}${way} ${leaving}`)
    this.leave.hidden = !isStudent
    this.#showSheet(view)
  }

  /** @param {View} view  the soft timer goes on from second to second; it closes nothing */
  #showSheet(view) {
    clearTimeout(this.clock)
    const { asking, timer } = view.state ?? {}
    const seconds = timer && asking?.stage === "vote" ? secondsLeft(timer, serverTime()) : null
    showSheet(this.sheet, { ...view, seconds }, this.actions)
    if (seconds && this.host.isConnected) this.clock = setTimeout(() => this.#showSheet(view), 1000)
  }

  /** @param {View} view */
  #showButton({ state, answer, isStudent, isUp }) {
    const words = isStudent && !isUp ? buttonWords(state, !this.sheet.hidden, answer !== null) : ""
    setText(this.button, words)
    this.button.hidden = !words
    this.button.classList.toggle("quiet", words === "Close")
    if (!words) this.sheet.hidden = true
    const { question = "", stage = "" } = state?.asking ?? {} // the question's own page covers what it must
    this.shade.hidden = this.sheet.hidden || stage === "revealed" || isOnPage(question)
    this.button.setAttribute("aria-expanded", String(!this.sheet.hidden))
  }

  /** No longer in the page. */
  remove() {
    this.open("")
    clearTimeout(this.clock)
    this.#change(() => this.host.remove())
    this.page.remove()
  }
}

/**
 * @param {string} name
 * @param {string} help
 * @param {(isOn: boolean) => void} change
 */
function toggle(name, help, change) {
  const input = element("input", { type: "checkbox", role: "switch", "aria-description": help })
  input.addEventListener("change", () => change(input.checked))
  return { input, box: element("label", { title: help }, input, name) }
}
