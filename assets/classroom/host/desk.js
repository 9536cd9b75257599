// The lecturer's desk: what is asked in the room that is led from here, and the next step.

/** @import { Asking } from "../types.js" */
/** @import { HostData, Step, Stop } from "./types.js" */

import { totalOf } from "./review.js"
import { Rooms } from "./rooms.js"
import { isPast, nextStep, revealAgain, secondsOf, stepBack } from "./steps.js"

export const CLOSE = "Close it on the projector"
const TWICE = 500 // milliseconds: quicker than anybody reads what comes next
const UNDO = 2_000 // milliseconds in which a reveal can be taken back: it is sent only after them

/** @param {Asking} asking */
const voteOf = ({ id, round }) => `${id}/${round}`

export class Desk extends Rooms {
  /**
   * @param {HostData} data
   * @param {() => void} changed
   */
  constructor(data, changed) {
    super(data, changed)
    this.revealing = 0 // the timer of a reveal that can still be taken back
    this.hidden = "" // the vote of which the answer was revealed, and hidden again
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

  get state() {
    return this.room?.state ?? null
  }

  /** The stops of the plan that the room follows. */
  get stops() {
    return (this.state?.plan && this.data.plans[this.state.plan.minutes]) || null
  }

  /** @returns {Stop | null} */
  get stop() {
    return (this.state?.plan && this.stops?.[this.state.plan.stop]) || null
  }

  /** Whether what was asked last is over, and the class does something else. */
  get isPast() {
    return this.state !== null && isPast(this.state, this.stop)
  }

  /** The result of what is asked now. */
  get result() {
    return this.room?.results?.askings.find(({ id }) => id === this.state?.asking?.id) ?? null
  }

  /** Whether an answer to what is asked is right; what a lecturer has typed may have none. */
  get hasRight() {
    return this.result?.right !== null
  }

  /** Ids of the questions that the room was asked. */
  get before() {
    const ids = (this.room?.results?.askings ?? []).map(({ question }) => question)
    return new Set([...ids, this.state?.asking?.question ?? ""])
  }

  /** @returns {Step | null} */
  get next() {
    const { state, before, stops, hasRight } = this
    if (!state || !this.room?.results) return null
    const { asking } = state
    if (asking?.stage === "talk" && this.hidden === voteOf(asking)) return revealAgain(asking)
    return nextStep(state, before, stops, hasRight)
  }

  /** The open vote, if the next step closes it and nobody has answered; "": it is not so. */
  get emptyVote() {
    const { asking, voted = 0 } = this.state ?? {}
    const isOpen = asking?.stage === "vote" && voted === 0
    return isOpen && !totalOf(this.result?.rounds[asking.round - 1]) ? voteOf(asking) : ""
  }

  /** @returns {Step | null} */
  get back() {
    if (this.projected) return { act: "close", label: CLOSE }
    return this.state && stepBack(this.state, this.stops, this.hasRight)
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
    await this.#settle()
    if (this.next && JSON.stringify(this.next) === wanted) await this.take(this.next)
  }

  /** Take the reveal back that waits, or do what goes one step back. */
  async goBack() {
    if (this.revealing) return this.keepHidden()
    if (this.#isTwice("back")) return
    const wanted = JSON.stringify(this.back)
    await this.#settle()
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

  /** Wait for what is being done: no key is lost that was meant for what the screen says now. */
  async #settle() {
    while (this.busy) await this.doing
    if (document.hidden) await this.room?.refresh() // a tab that nobody sees listens to nothing
  }

  /** Take the reveal back that waits. */
  keepHidden() {
    clearTimeout(this.revealing)
    this.revealing = 0
    this.changed()
  }

  /** @param {Step} step */
  async take(step) {
    const plan = this.state?.plan
    if (step.act === "ask") await this.ask({ question: step.question })
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
    this.hidden = isHiding ? `${asking.id}/${round}` : ""
    await this.stage(stage, round, isHiding ? null : secondsOf(stage))
  }

  /** @param {number} round */
  #reveal(round) {
    clearTimeout(this.revealing)
    const { room } = this, before = this.state?.asking
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
    const query = stop.asks.some((id) => !this.before.has(id)) ? stop.query : stop.free_query
    return this.follow({ page: stop.page, query })
  }

  /**
   * @param {number} minutes
   * @param {number} stop
   */
  goTo(minutes, stop) {
    return this.follow({ plan: { minutes, stop } })
  }

  /** Go on without a plan. */
  leavePlan() {
    return this.follow({ plan: null })
  }
}
