// A rehearsal: a room of its own, joined by forty students whom this browser plays, through the public
// interface.

/** @import { Value, RoomState } from "../types.js" */
/** @import { HostData, LecturersRoom, RehearsalRecord, Result, Results, Simulated } from "./types.js" */

import { keep, read } from "../device.js"
import { askRoom } from "../server.js"
import { humanPause, simulatedAnswer, UNSURE_ID } from "./simulated.js"

const STUDENTS = 40, SILENT = 2 // SILENT: of those who are in the room but never vote
const JOINING = 9_000, VOTING = 22_000, TRYING = 60_000 // milliseconds that the slowest take
const LOOK = 1_000 // milliseconds between two looks at the room
const REHEARSAL = "lstm_room/rehearsal"

/**
 * The rehearsal that this browser has not ended yet, null if none.
 * @returns {RehearsalRecord | null}
 */
export function rehearsalRecord() {
  const record = read(REHEARSAL)
  // An earlier version wrote students without their seats: they can't go on.
  return record?.students.every((/** @type {unknown} */ each) => typeof each === "object") ? record : null
}

export class Rehearsal {
  /**
   * @param {LecturersRoom} room
   * @param {Simulated[]} students  those who are in already
   * @param {HostData} data
   */
  constructor(room, students, data) {
    this.room = room
    this.students = students
    this.data = data
    /** @type {Map<string, Value>} */
    this.answers = new Map() // by student's number and asking: what they said last
    /** @type {Set<string>} */
    this.planned = new Set() // rounds and stops that are on their way
    this.open = "" // the round that was open when it looked last
    this.n = Date.now()
    this.ended = false
    this.#write()
    for (let at = students.length; at < STUDENTS; at++) this.#later(JOINING, () => this.#join())
    this.timer = setInterval(() => this.#look(), LOOK)
  }

  /** End it: nothing of it stays, here or on the server. */
  async end() {
    this.stop()
    keep(REHEARSAL, null)
    await askRoom("DELETE", `/${this.room.code}`, { token: this.room.host })
  }

  /** Play no longer, but let the room stand. */
  stop() {
    this.ended = true
    clearInterval(this.timer)
  }

  async #join() {
    const joined = await askRoom("POST", `/${this.room.code}/join`, { body: {} })
    this.students.push({ token: joined.token, seat: joined.seat })
    this.#write()
  }

  #write() {
    keep(REHEARSAL, { ...this.room, students: this.students })
  }

  async #look() {
    try {
      /** @type {RoomState} */
      const { asking, plan } = await askRoom("GET", `/${this.room.code}`)
      this.open = asking?.stage === "vote" ? `${asking.id}/${asking.round}` : ""
      if (asking?.stage === "vote") await this.#vote(asking.id, asking.round)
      const stop = plan && this.data.plans[plan.minutes]?.[plan.stop]
      if (stop?.challenge) this.#try(stop.challenge)
    } catch {
      // it looks again
    }
  }

  /**
   * @param {string} id  of the asking
   * @param {number} round
   */
  async #vote(id, round) {
    const key = `${id}/${round}`
    if (this.planned.has(key) || this.students.length < STUDENTS / 2) return
    this.planned.add(key)
    /** @type {Results} */
    const results = await askRoom("GET", `/${this.room.code}/results`, { token: this.room.host })
    const question = results.askings.find((asking) => asking.id === id)
    if (!question) return
    const voters = this.students.slice(SILENT)
    voters.forEach((student, at) => this.#later(VOTING, () => this.#answer(question, round, at, student)))
  }

  /**
   * @param {Result} question
   * @param {number} round
   * @param {number} at  which student
   * @param {Simulated} student
   */
  async #answer(question, round, at, { token, seat }) {
    if (this.open !== `${question.id}/${round}`) return // too late
    const key = `${question.id}/${at}`
    const before = round > 1 ? this.answers.get(key) ?? UNSURE_ID : null
    const answer = simulatedAnswer(question, before, Math.random, { at, seat })
    this.answers.set(key, answer)
    const body = { asking: question.id, round, answer, n: ++this.n }
    await askRoom("POST", `/${this.room.code}/vote`, { token, body })
  }

  /** @param {string} challenge */
  #try(challenge) {
    if (this.planned.has(challenge)) return
    this.planned.add(challenge)
    const { fails = [] } = this.data.challenges[challenge] ?? {}
    for (const { token } of this.students.slice(SILENT)) {
      const tries = 1 + Math.floor(7 * Math.random())
      for (let each = 1; each <= tries; each++) {
        const solved = each === tries && Math.random() < 0.6
        const words = solved ? "" : fails[Math.floor(fails.length * Math.random())] ?? ""
        const value = { solved, tries: each, ...(words ? { fails: words } : {}) }
        const body = { kind: `challenge/${challenge}`, value, n: ++this.n }
        this.#later(TRYING, () => askRoom("POST", `/${this.room.code}/commit`, { token, body }))
      }
    }
  }

  /**
   * @param {number} most  milliseconds
   * @param {() => Promise<unknown>} task
   */
  #later(most, task) {
    setTimeout(async () => {
      if (this.ended) return
      try {
        await task()
      } catch {
        // too late, or the server is busy: so it is with people
      }
    }, humanPause(most))
  }
}
