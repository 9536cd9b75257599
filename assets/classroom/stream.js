// What changes in a room: server-sent events, or, where they do not come, asking again and again.
//
// One stream a browser: of all tabs that show a room one listens and tells the others; a hidden tab has none.

/** @import { Refusal } from "./server.js" */
/** @import { Arrived, News, RoomState, Said } from "./types.js" */

import { readEvents } from "./events.js"
import { longer, Outage, pauseAfter } from "./outage.js"
import { askRoom, hasStatus, isMistake, roomsAddress, spread, tabsOf } from "./server.js"

const ASKING = 2_000 // milliseconds between two questions where there are no events
const SLOW = 1_000 // milliseconds after which the state is asked for, while the first event is on its way
const AGAIN = 60_000 // milliseconds after which events are tried again where there were none
// Milliseconds after which another tab is taken for closed, and that the clock jumps by after sleep.
const LEADER = 6_000, SLEEP = 10_000

export class RoomStream {
  #changes = 0 // of the state, in this tab
  #failures = 0 // since the server was reached last
  #unheard = 0 // streams in a row that brought nothing in time
  #listeners = new AbortController() // ends what is listened to
  #questions = 0 // timer of the next question, while there are no events; 0: none is needed
  #text = "" // the state as JSON
  #closed = false
  #request = /** @type {AbortController | null} */ (null)
  #timer = 0 // of the next attempt to listen
  #news
  #away

  /**
   * @param {string} code
   * @param {News} news
   */
  constructor(code, news) {
    this.code = code
    this.#news = news
    this.state = /** @type {RoomState | null} */ (null)
    this.me = Math.random()
    this.#away = new Outage((isAway) => this.#closed || news.away?.(isAway))
    this.tabs = tabsOf(`lstm-room-${code}`, (said) => this.#hear(said))
    const { signal } = this.#listeners
    document.addEventListener("visibilitychange", () => this.#look(), { signal })
    addEventListener("online", () => this.#look(), { signal })
    addEventListener("offline", () => this.#news.reached?.(false), { signal }) // a stream may hang for long
    addEventListener("pageshow", ({ persisted }) => persisted && this.#look(), { signal })
    this.now = Date.now()
    this.beat = setInterval(() => this.#beat(), LEADER / 3)
    this.#look()
  }

  /** No longer listen. */
  close() {
    if (this.#closed) return
    this.#tell({ free: true })
    this.#closed = true
    this.#stop()
    clearInterval(this.beat)
    this.#listeners.abort()
    this.tabs?.close()
  }

  /** Ask for the present state now; returns whether the server has answered. */
  async refresh() {
    const changes = this.#changes
    try {
      const state = await askRoom("GET", `/${this.code}`), isPresent = this.#changes === changes
      if (this.#closed) return true
      this.#take(isPresent ? state : { ...state, away: this.#away.isOn }, { isPresent })
      this.#reach(true)
      return true
    } catch (error) {
      if (this.#closed || this.#ends(error)) return false
      if (!this.#request || !this.state) {
        const isThere = hasStatus(error, 503) // the server, but it can't read the room
        this.#away.set(isThere)
        this.#news.reached?.(isThere)
      }
      if (isMistake(error)) throw error // a mistake of ours
      return false
    }
  }

  /** Tell other tabs that this one listens, and notice that the device has slept. */
  #beat() {
    const before = this.now
    this.now = Date.now()
    if (Math.abs(this.now - before) > SLEEP) this.#look()
    else if (this.#request) this.#tell({ lead: this.me })
  }

  /** Somebody looks at this tab, or nobody does. */
  #look() {
    const isLeader = this.#request !== null
    this.#stop()
    if (this.#closed) return
    if (document.hidden) return isLeader ? this.#tell({ free: true }) : undefined
    this.#failures = 0
    this.#tell({ who: this.me })
    if (this.state === null || this.#unheard) this.refresh()
    if (this.#unheard) this.#ask()
    this.#later(() => this.#listen(), this.tabs ? 50 + 100 * Math.random() : 0)
  }

  /** @param {Said} said  by another tab */
  #hear({ lead, who, free, state, position, reached }) {
    if (this.#closed) return
    if (who !== undefined && this.#request) this.#tell({ lead: this.me, state: this.state })
    if (free && !document.hidden && !this.#request) this.#later(() => this.#listen(), 300 * Math.random())
    if (lead !== undefined) this.#follow(lead)
    if (state) this.#take(state, { tell: false })
    if (reached !== undefined) this.#news.reached?.(reached)
    if (position && !document.hidden) this.#news.position?.(position)
  }

  /** @param {number} lead  another tab's number: of two that listen the lower one goes on */
  #follow(lead) {
    if (this.#request && lead > this.me) return this.#tell({ lead: this.me })
    this.#stop()
    if (!document.hidden) this.#later(() => this.#listen(), LEADER * (1 + Math.random() / 4))
  }

  /** Listen.  While another tab does, this is put off again and again. */
  async #listen() {
    if (this.#closed || document.hidden || this.#request) return
    const request = (this.#request = new AbortController())
    this.#tell({ lead: this.me })
    /** @type {Arrived} */
    const arrived = { pieces: 0, isSilent: false }
    const slow = setTimeout(() => arrived.pieces === 0 && !this.#questions && this.refresh(), SLOW)
    /** @type {unknown} */
    let error = null
    try {
      await readEvents(`${roomsAddress()}/${this.code}/events`, request, arrived, (kind, value, isFirst) => {
        if (this.#request === request) this.#event(kind, value, isFirst)
      })
    } catch (thrown) {
      error = thrown
    }
    clearTimeout(slow)
    if (this.#request !== request) return // stopped, or another one has its place
    this.#request = null
    if (this.#ends(error)) return
    if (error && isMistake(error)) reportError(error) // a mistake of ours
    if (arrived.pieces > 1) this.#unheard = 0
    if (arrived.pieces > 1 || (arrived.pieces && !arrived.isSilent)) this.#again(arrived.pieces > 1 ? 0 : 1)
    // Of a server that has just died a proxy says so once or twice.
    else if (!arrived.isSilent && !this.#questions && this.#failures < 2) this.#again(this.#failures + 1)
    else await this.#withoutEvents(arrived.isSilent)
  }

  /** @type {(kind: string, value: any, isFirst: boolean) => void} */
  #event(kind, value, isFirst) {
    if (isFirst) this.#reach(true, true)
    else this.#stopAsking() // after the first piece another one has come: nothing collects them
    if (kind === "state") this.#take(value, { isPresent: isFirst })
    else if (kind === "position") {
      this.#tell({ position: value })
      this.#news.position?.(value)
    } else if (this.state) this.#take({ ...this.state, ...(kind === "away" ? { away: value } : value) })
  }

  /**
   * Take a state, unless it is an older one that arrives late. What is surely the present one counts even
   * where its versions are lower: a server that could not store a change has taken it back.
   * @param {RoomState} state
   * @param {{tell?: boolean, isPresent?: boolean}} [how]  tell: other tabs
   */
  #take(state, { tell = true, isPresent = false } = {}) {
    const { stage_version: stage = -1, tally_version: tally = -1 } = this.state ?? {}
    const isOlder = state.stage_version < stage || state.tally_version < tally, text = JSON.stringify(state)
    if (isOlder && !isPresent) return
    this.#away.set(state.away)
    if ((isOlder && state.away) || text === this.#text) return // without its database a server may lag behind
    this.state = state
    this.#text = text
    this.#changes += 1
    if (tell) this.#tell({ state })
    this.#news.state(state)
  }

  /** @param {unknown} error  whether it says that the room is over; then nothing more is listened to */
  #ends(error) {
    const over = hasStatus(error, 404, 410)
    if (over) {
      this.close()
      this.#news.over?.(/** @type {Refusal} */ (error))
    }
    return over
  }

  /**
   * Ask again and again, if the server can be reached at all; later try events again.
   * @param {boolean} isSilent  whether a stream was opened and nothing came: something collects it on its way
   */
  async #withoutEvents(isSilent) {
    const isReached = await this.refresh()
    if (this.#closed || document.hidden || this.#request) return
    if (!isReached && !isSilent && !this.#questions) return this.#again(this.#failures + 1)
    this.#unheard = Math.min(10, this.#unheard + 1)
    if (!this.#questions) this.#ask()
    this.#later(() => this.#listen(), spread(AGAIN * this.#unheard))
  }

  /** Ask in a moment, and so on until events come. */
  #ask() {
    clearTimeout(this.#questions)
    this.#questions = setTimeout(async () => {
      this.#failures = (await this.refresh()) ? 0 : this.#failures + 1
      if (this.#questions) this.#ask()
    }, spread(longer(this.#failures, ASKING)))
  }

  /** @param {number} failures  since the server was reached last */
  #again(failures) {
    this.#failures = failures
    if (failures > 1 && !this.#away.isOn) this.#reach(false, true)
    this.#later(() => this.#listen(), pauseAfter(failures))
  }

  /** @type {(isReached: boolean, tell?: boolean) => void}  tell: other tabs, which hear it from here only */
  #reach(isReached, tell) {
    if (isReached) this.#failures = 0
    if (tell) this.#tell({ reached: isReached })
    this.#news.reached?.(isReached)
  }

  #stopAsking() {
    clearTimeout(this.#questions)
    this.#questions = 0
  }

  #stop() {
    clearTimeout(this.#timer)
    this.#stopAsking()
    this.#request?.abort()
    this.#request = null
  }

  /** @type {(task: () => void, milliseconds: number) => void} */
  #later(task, milliseconds) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(task, milliseconds)
  }

  /** @param {Said} said */
  #tell(said) {
    if (!this.#closed) this.tabs?.postMessage(said)
  }
}
