// Where the lesson is that is led from here: its plan, what is asked, and what comes next.

/** @import { Asking } from "../types.js" */
/** @import { Flow, HostData, Lesson as Now, Step, Stop } from "./types.js" */

import { flowOf, hasRight } from "./flows.js"
import { totalOf } from "./review.js"
import { Rooms } from "./rooms.js"
import { isPast, nameOf, nextStep, revealAgain, wentOn } from "./steps.js"
import { againOf, isAlone, itemsNow } from "./testing.js"

/** @param {Pick<Asking, "id" | "round">} asking */
export const voteOf = ({ id, round }) => `${id}/${round}`

export class Lesson extends Rooms {
  /**
   * @param {HostData} data
   * @param {() => void} changed
   */
  constructor(data, changed) {
    super(data, changed)
    this.hidden = "" // the vote of which the answer was revealed, and hidden again
    this.skipped = "" // the asking that is not asked once more with other numbers
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

  get askings() {
    return this.room?.results?.askings ?? []
  }

  /** How what is asked is led. @returns {Flow} */
  get flow() {
    const { asking } = this.state ?? {}
    return asking ? flowOf(asking, hasRight(this.result), isAlone(this.askings, asking.id)) : "talk"
  }

  /** Names of the questions that the room was asked. */
  get before() {
    const { asking } = this.state ?? {}, all = asking ? [...this.askings, asking] : this.askings
    return new Set(all.map(({ question, test }) => nameOf(question, test?.part)))
  }

  /** The question that could come next because it asks the last one with other numbers; "": none. */
  get again() {
    const { state, askings } = this
    return state && !wentOn(state) && this.skipped !== state.asking?.id ? againOf(askings, state) : ""
  }

  /** @returns {Now} */
  get lesson() {
    const { state, stop, stops, askings, flow, before, again } = this
    const isVotedTwice = (state?.asking?.round ?? 1) > 1
    const items = state ? itemsNow(state, stop, askings) : []
    return { before, stops, flow, items, again: isVotedTwice ? again : "" }
  }

  /** @returns {Step | null} */
  get next() {
    const { state, lesson } = this
    if (!state || !this.room?.results) return null
    const { asking } = state
    if (asking?.stage === "talk" && this.hidden === voteOf(asking)) return revealAgain(asking, lesson)
    return nextStep(state, lesson)
  }

  /** What the plan says next, where a question could be asked once more before it. */
  get instead() {
    const { state, lesson } = this
    return state && lesson.again ? nextStep(state, { ...lesson, again: "" }) : null
  }

  /** The open vote, if the next step closes it and nobody has answered; "": it is not so. */
  get emptyVote() {
    const { asking, voted = 0 } = this.state ?? {}
    const isOpen = asking?.stage === "vote" && voted === 0
    return isOpen && !totalOf(this.result?.rounds[asking.round - 1]) ? voteOf(asking) : ""
  }
}
