// The lecturer's desk: what is asked in the room that is led from here, and the next step.

/** @import { HostData, Step, Stop } from "./types.js" */

import { secondsOf } from "./flows.js"
import { Lesson, voteOf } from "./lesson.js"
import { askItem, isOver, nameOf, stepBack } from "./steps.js"
import { keepItems } from "./testing.js"

export const CLOSE = "Close it on the projector"
const TWICE = 500 // milliseconds: quicker than anybody reads what comes next
const LATE = 3_000 // milliseconds after which nobody expects any more what they have pressed
const UNDO = 2_000 // milliseconds in which a reveal can be taken back: it is sent only after them

export class Desk extends Lesson {
  /**
   * @param {HostData} data
   * @param {() => void} changed
   */
  constructor(data, changed) {
    super(data, changed)
    this.revealing = 0 // the timer of a reveal that can still be taken back
    this.revealingSince = 0
    this.projected = "" // what the projector in this browser shows for a moment: its link
    this.isBlack = false // whether it is black
    /** @type {(link: string) => void} */
    this.project = () => {} // shows a place of the course there for a moment; "": closes it
    this.warned = "" // the vote that nobody had answered when it was to be closed
    /** @type {Map<string, number>} */
    this.pressed = new Map() // when something was wanted last
  }

  /** Leave the page: nothing is listened to, and nothing is revealed any more. */
  close() {
    clearTimeout(this.revealing)
    super.close()
  }

  /** @returns {Step | null} */
  get back() {
    if (this.projected) return { act: "close", label: CLOSE }
    return this.state && stepBack(this.state, this.lesson)
  }

  /** Do the next step; a reveal waits, so that it can be taken back. */
  async goOn() {
    if (this.revealing || this.#isTwice("next")) return
    if (this.emptyVote && this.warned !== this.emptyVote) {
      this.warned = this.emptyVote
      this.changed()
      return
    }
    const wanted = JSON.stringify(this.next)
    if (await this.#isLate()) return
    if (this.next && JSON.stringify(this.next) === wanted) await this.take(this.next)
  }

  /** Take the reveal back that waits, or do what goes one step back. */
  async goBack() {
    if (this.revealing) return this.keepHidden()
    if (this.#isTwice("back")) return
    const wanted = JSON.stringify(this.back)
    if (await this.#isLate()) return
    if (this.back && JSON.stringify(this.back) === wanted) await this.take(this.back)
  }

  /**
   * Whether the same was wanted a moment ago: a clicker that is pressed twice does not go two steps.
   * @param {string} way
   */
  #isTwice(way) {
    const before = this.pressed.get(way) ?? 0
    this.pressed.set(way, Date.now())
    return Date.now() - before < TWICE
  }

  /**
   * Wait for what is being done: no key is lost that was meant for what the screen says now; returns whether
   * that took too long.
   */
  async #isLate() {
    const begin = Date.now()
    while (this.busy) await this.doing
    if (document.hidden) await this.room?.refresh() // a tab that nobody sees listens to nothing
    return Date.now() - begin > LATE
  }

  /** Take the reveal back that waits. */
  keepHidden() {
    clearTimeout(this.revealing)
    this.revealing = 0
    this.changed()
  }

  /** Take it back by the button that has begun it; the second click of a double one does not mean that. */
  stopReveal() {
    if (Date.now() - this.revealingSince >= TWICE) this.keepHidden()
  }

  /** @param {Step} step */
  async take(step) {
    const plan = this.state?.plan
    if (step.test) await this.#askItem(step)
    else if (step.act === "ask") await this.ask({ question: step.question })
    else if (step.act === "lead" && this.stop) await this.lead(this.stop)
    else if (step.act === "stop" && plan) await this.goTo(plan.minutes, step.stop ?? 0)
    else if (step.act === "close") this.project("")
    else if (step.stage === "revealed") this.#reveal(step.round ?? 1)
    else if (step.stage) await this.#goToStage(step.stage, step.round ?? 1)
  }

  /**
   * @param {"waiting" | "vote" | "talk"} stage
   * @param {number} round
   */
  async #goToStage(stage, round) {
    const { asking } = this.state ?? {}
    const isHiding = asking?.stage === "revealed" && stage === "talk"
    this.hidden = isHiding ? voteOf({ ...asking, round }) : ""
    await this.stage(stage, round, isHiding ? null : secondsOf(stage, asking))
  }

  /** @param {number} round */
  #reveal(round) {
    clearTimeout(this.revealing)
    if (this.room?.isAway) return this.stage("revealed", round) // it says why not
    const { room } = this, before = this.state?.asking
    this.revealingSince = Date.now()
    this.revealing = setTimeout(() => {
      this.revealing = 0
      const now = this.state?.asking
      const isSame = now?.id === before?.id && now?.stage === before?.stage && now?.round === before?.round
      if (isSame && this.room === room) this.stage("revealed", round)
      else this.changed()
    }, UNDO)
    this.changed()
  }

  /** @param {object} question  {question: id} or {typed: …} */
  ask(question) {
    const { plan = null, stage_version = null } = this.state ?? {}
    return this.act("/ask", { ...question, after: stage_version, ...(plan ? { plan } : {}) })
  }

  /**
   * Ask an item of a test, and open its vote: each reads and answers alone.
   * @param {Step} step
   */
  #askItem({ question, test }) {
    const { plan = null, stage_version = null } = this.state ?? {}
    const body = { question, test, after: stage_version, ...(plan ? { plan } : {}) }
    return this.perform(async () => {
      const { room } = this
      const { asking, stage_version: after } = await room?.send("POST", "/ask", body) ?? {}
      const seconds = secondsOf("vote", { kind: "choice", test })
      await room?.send("POST", "/stage", { asking, stage: "vote", round: 1, after, seconds })
      await room?.refresh()
    })
  }

  /**
   * Begin a test, beside the plan.
   * @param {"before" | "after"} part
   * @param {string[]} items  ids of questions
   */
  beginTest(part, items) {
    keepItems(items)
    return this.take(askItem(items, 0, part))
  }

  /**
   * @param {string} stage
   * @param {number} round
   * @param {number | null} [seconds]
   * @param {boolean} [bars]
   */
  async stage(stage, round, seconds = null, bars = false) {
    const { asking, stage_version = 0 } = this.state ?? {}
    if (!asking) return
    await this.act("/stage", { asking: asking.id, stage, round, after: stage_version, seconds, bars })
  }

  /** @param {object} where  {page, query}, {eyes_up}, {free} or {plan}, which may be null */
  follow(where) {
    return this.act("/follow", { ...where, after: this.state?.stage_version ?? null })
  }

  /**
   * Take the class to a stop: with its question, until the room was asked it.
   * @param {Stop} stop
   */
  lead(stop) {
    const isOpen = !stop.challenge && stop.asks.some((id) => !this.before.has(nameOf(id, stop.test)))
    const query = isOpen ? stop.query : stop.free_query
    return this.follow({ page: stop.page, query })
  }

  /**
   * @param {number} minutes
   * @param {number} stop
   */
  async goTo(minutes, stop) {
    const { asking } = this.state ?? {}
    // A rehearsal jumps: what is open there ends, as nobody waits for it.
    if (this.rehearsal && asking && !isOver(asking)) {
      await this.stage(asking.test?.part === "before" ? "talk" : "revealed", asking.round)
    }
    await this.follow({ plan: { minutes, stop } })
  }

  /** Go on without a plan. */
  leavePlan() {
    return this.follow({ plan: null })
  }
}
