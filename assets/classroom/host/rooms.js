// The rooms of this device: one is opened, paired, rehearsed or ended; and what came of a request is told.

/** @import { HostData, LecturersRoom, Rehearsed } from "./types.js" */

import { hosted, setHosted } from "../hosted.js"
import { askRoom, hasStatus, Refusal } from "../server.js"
import { LedRoom } from "./led.js"
import { Rehearsal, rehearsalRecord } from "./rehearsal.js"
import { totalOf } from "./review.js"

const LOST_SECRET = "This device no longer leads the room. Pair it again from the device that does."
const READ = 6_000 // milliseconds in which a notice is read that goes away by itself
const UNDONE =
  "This was not done, and is not done later: the room’s database does not answer. Press again when it does."
const UNREACHED = "The server can't be reached at present. Try again in a moment."

export class Rooms {
  /**
   * @param {HostData} data
   * @param {() => void} changed
   */
  constructor(data, changed) {
    this.data = data
    this.changed = changed
    /** @type {LedRoom | null} */
    this.room = null
    /** @type {Rehearsal | null} */
    this.rehearsal = null
    /** @type {Rehearsed | null} */
    this.rehearsed = null // the rehearsal that has just ended, until its summary is read
    this.notice = ""
    this.isPassing = false // whether the notice goes away by itself
    this.passing = 0
    this.busy = false
    /** @type {Promise<unknown>} */
    this.doing = Promise.resolve() // what is being done, or was last
    this.isWalled = false // the host lets nothing through to the rooms' interface
    const rehearsal = rehearsalRecord(), own = hosted()
    if (rehearsal) this.#enter(rehearsal, new Rehearsal(rehearsal, rehearsal.students, data))
    else if (own) this.#enter(own)
  }

  /** Leave the page: nothing is listened to any more. */
  close() {
    clearTimeout(this.passing)
    this.room?.close()
    this.rehearsal?.stop()
  }

  /** Open a room. */
  open() {
    return this.perform(async () => {
      const room = await this.#newRoom()
      setHosted(room)
      this.#enter(room)
    })
  }

  /**
   * Open a room with simulated students at a stop of a plan.
   * @param {{minutes: number, stop: number}} [plan]  if none is said the beginning of the shortest
   */
  rehearse(plan = { minutes: Math.min(...Object.keys(this.data.plans).map(Number)), stop: 0 }) {
    return this.perform(async () => {
      const room = await this.#newRoom()
      this.#enter(room, new Rehearsal(room, [], this.data))
      await this.room?.send("POST", "/follow", { plan })
    })
  }

  /** End the rehearsal: its room is deleted, and the one that was led before is there again. */
  endRehearsal() {
    return this.perform(async () => {
      await this.room?.askResults()
      const { state, results } = this.room ?? {}
      await this.rehearsal?.end()
      const askings = results?.askings.filter(({ rounds }) => rounds.some(totalOf)) ?? []
      this.#leave(askings.length ? "" : "The rehearsal is over, and its room is deleted.")
      if (askings.length) this.rehearsed = { joined: state?.joined ?? 0, askings, gain: results?.gain }
    })
  }

  /** Leave the summary of a rehearsal: for the room that was led before, or a new one. */
  async openReal() {
    this.rehearsed = null
    if (this.room) this.changed()
    else await this.open()
  }

  /**
   * Lead a room from here that another device leads, by a code for pairing; returns whether the code works.
   * @param {string} once
   */
  pair(once) {
    return this.perform(async () => {
      try {
        /** @type {LecturersRoom} */
        const room = await askRoom("POST", "/pair", { body: { once } })
        setHosted(room)
        this.#enter(room)
        return true
      } catch (error) {
        if (hasStatus(error, 403, 422)) return false
        throw error
      }
    })
  }

  /** Give this device another secret; those of all others end. */
  renew() {
    return this.perform(async () => {
      const { room } = this
      if (!room) return
      const { host } = await room.send("POST", "/host", {})
      room.host = host
      if (!this.rehearsal) setHosted({ code: room.code, host })
      this.notice = "This device has a new secret. Your other devices no longer lead the room."
    })
  }

  /** Delete the room and all that happened in it. */
  end() {
    return this.perform(async () => {
      await this.room?.send("DELETE", "")
      setHosted(null)
      this.#leave("The room and everything in it is deleted.")
    })
  }

  /**
   * Do something in the room; a refusal is told, and the state is asked for.
   * @param {string} path
   * @param {object} [body]
   */
  act(path, body) {
    return this.perform(async () => {
      const { room } = this
      const reply = (await room?.send("POST", path, body)) ?? {}
      await room?.refresh()
      return reply
    })
  }

  /** @returns {Promise<LecturersRoom>} */
  async #newRoom() {
    try {
      const room = await askRoom("POST", "", { body: {} })
      this.isWalled = false
      return room
    } catch (error) {
      this.isWalled = !(error instanceof Refusal && (error.isRoom || error.status >= 500))
      throw error
    }
  }

  /**
   * @param {LecturersRoom} room
   * @param {Rehearsal | null} [rehearsal]
   */
  #enter(room, rehearsal = null) {
    this.room?.close()
    this.rehearsal?.stop()
    this.rehearsal = rehearsal
    this.rehearsed = null
    this.notice = ""
    this.room = new LedRoom(room, {
      changed: this.changed,
      over: ({ message }) => this.#over(message),
      failed: (error) => this.tell(error),
      back: () => this.#pass(this.isPassing || this.notice === UNREACHED),
    })
  }

  /** @param {string} notice */
  #leave(notice) {
    const own = this.rehearsal ? hosted() : null
    this.room?.close()
    this.rehearsal?.stop()
    this.room = this.rehearsal = null
    if (own) this.#enter(own)
    this.notice = notice
    this.changed()
  }

  /** @param {string} sentence */
  #over(sentence) {
    if (this.rehearsal) this.rehearsal.end().catch(() => {}) // it is over already
    else setHosted(null)
    this.#leave(sentence)
  }

  /**
   * One thing at a time: what is wanted meanwhile is not done.
   * @template T
   * @param {() => Promise<T>} task
   * @returns {Promise<T | void>}
   */
  perform(task) {
    if (this.busy) return Promise.resolve()
    this.busy = true
    const doing = this.#doOne(task)
    this.doing = doing
    return doing
  }

  /**
   * @template T
   * @param {() => Promise<T>} task
   */
  async #doOne(task) {
    this.notice = ""
    this.isPassing = false
    this.changed()
    try {
      return await task()
    } catch (error) {
      this.tell(error)
    } finally {
      this.busy = false
      this.changed()
    }
  }

  /** What another device has done is to be seen by now; or what was said of the server is over. */
  #pass(isOver = this.isPassing) {
    if (isOver) this.notice = ""
    this.changed()
  }

  /**
   * Say why something was not done.
   * @param {unknown} error
   */
  tell(error) {
    const { status = 0, message = "" } = error instanceof Refusal && error.isRoom ? error : {}
    if (this.room && (status === 410 || status === 404)) return this.#over(message)
    if (this.room && (status === 401 || status === 403)) return this.#over(LOST_SECRET)
    if (status === 409) this.room?.refresh()
    const isUndone = this.room !== null && status === 503
    this.isPassing = status === 409 || isUndone
    clearTimeout(this.passing)
    if (this.isPassing) this.passing = setTimeout(() => this.#pass(), READ)
    this.notice = this.isWalled ? "" : isUndone ? UNDONE : message || UNREACHED
    this.changed()
  }
}
