// A room that is led from this device: its state, its results, and what is sent to it with the host's secret.

/** @import { RoomState } from "../types.js" */
/** @import { CourseQuestion, LecturersRoom, Results } from "./types.js" */

import { askRoom, isPassing, Refusal } from "../server.js"
import { RoomStream } from "../stream.js"

const RESULTS = 700 // milliseconds between a change and the results that are asked for
const PROGRESS = 5_000 // milliseconds between two looks at challenges, which no event tells

/**
 * @typedef {object} Reports
 * @property {() => void} changed
 * @property {(refusal: Error) => void} over
 * @property {(error: unknown) => void} failed
 * @property {() => void} back  the server, or the room's database, answers again
 */

/**
 * Whether an answer was overtaken by another one on its way.
 * @param {Results} one
 * @param {Results} other
 */
const isOlder = (one, other) =>
  one.stage_version < other.stage_version || one.tally_version < other.tally_version

export class LedRoom {
  /**
   * @param {LecturersRoom} room
   * @param {Reports} reports
   */
  constructor({ code, host }, reports) {
    this.code = code
    this.host = host
    this.reports = reports
    /** @type {RoomState | null} */
    this.state = null
    /** @type {Results | null} */
    this.results = null
    /** @type {CourseQuestion[] | null} */
    this.questions = null
    this.isReached = true
    this.isAway = false // the room's database
    this.closed = false
    this.later = 0
    this.poll = setInterval(() => document.hidden || this.askResults(), PROGRESS)
    this.stream = new RoomStream(code, {
      state: (state) => this.#take(state),
      reached: (isReached) => this.#hear({ isReached }),
      away: (isAway) => this.#hear({ isAway }),
      over: reports.over,
    })
    this.#loadQuestions()
    this.askResults()
  }

  /** No longer listen. */
  close() {
    this.closed = true
    clearInterval(this.poll)
    clearTimeout(this.later)
    this.stream.close()
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   */
  async send(method, path, body) {
    // A stage that changes once the database is back, when nobody expects it, is worse than none.
    if (this.isAway && method !== "GET") throw new Refusal(503, "")
    return askRoom(method, `/${this.code}${path}`, { token: this.host, body })
  }

  /** Ask for the present state, and for its results, which nobody waits for. */
  async refresh() {
    await this.stream.refresh()
    clearTimeout(this.later) // what it has brought asks for them, too
    this.later = 0
    this.askResults()
  }

  async askResults() {
    try {
      const results = await this.send("GET", "/results")
      if (this.closed || this.results && isOlder(results, this.results)) return
      this.results = results
      this.reports.changed()
    } catch (error) {
      if (!this.closed && !isPassing(error)) this.reports.failed(error) // else the stream tells
    }
  }

  /** Ask which questions there are, and what they are about; the first time the server makes them. */
  async #loadQuestions() {
    try {
      this.questions = await this.send("GET", "/questions")
      if (!this.closed) this.reports.changed()
    } catch (error) {
      if (!this.closed) setTimeout(() => this.closed || this.#loadQuestions(), PROGRESS)
    }
  }

  /** @param {RoomState} state */
  #take(state) {
    this.state = state
    this.reports.changed()
    // At most so often: while a class votes, something changes all the time.
    this.later ||= setTimeout(() => {
      this.later = 0
      this.askResults()
    }, RESULTS)
  }

  /** @param {{isReached?: boolean, isAway?: boolean}} news */
  #hear({ isReached = this.isReached, isAway = this.isAway }) {
    const isBack = (isReached && !this.isReached) || (this.isAway && !isAway)
    const isNew = isReached !== this.isReached || isAway !== this.isAway
    Object.assign(this, { isReached, isAway })
    if (isBack) this.reports.back()
    else if (isNew) this.reports.changed()
  }
}
