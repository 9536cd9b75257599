// What changes in a room: server-sent events, or, where they do not come, asking again and again.
//
// One stream a browser: of all tabs that show a room one listens and tells the others; a tab that nobody sees
// has none.

/** @import { RoomState } from "./types.js" */

import { askRoom, isPassing, Refusal, roomsAddress } from "./server.js"

const ASKING = 2_000 // milliseconds between two questions where there are no events
const SILENCE = 40_000 // milliseconds without a sign of life, which comes every 15 s
const FIRST = 4_000 // milliseconds that the first event may take
const AGAIN = 60_000 // milliseconds after which events are tried again where there were none
const LONGEST = 20_000 // milliseconds between two attempts
const LEADER = 6_000 // milliseconds after which another tab is taken for closed

/**
 * @typedef {object} News
 * @property {(state: RoomState) => void} state  the state, whenever anything of it has changed
 * @property {(position: Record<string, string>) => void} [position]  where the lecturer's controls are
 * @property {(isReached: boolean) => void} [reached]
 * @property {(refusal: Refusal) => void} [over]  the room is over, or never was
 */

/**
 * What tabs say to each other. lead: the one that listens; who: one that wants to know; free: nobody listens.
 * @typedef {object} Said
 * @property {number} [lead]
 * @property {number} [who]
 * @property {boolean} [free]
 * @property {RoomState} [state]
 * @property {Record<string, string>} [position]
 */

export class RoomStream {
  /**
   * @param {string} code
   * @param {News} news
   */
  constructor(code, news) {
    this.code = code
    this.news = news
    this.address = roomsAddress()
    /** @type {RoomState | null} */
    this.state = null
    this.me = Math.random()
    this.failures = 0
    this.hasEvents = true
    this.closed = false
    /** @type {AbortController | null} */
    this.request = null
    this.timer = 0
    this.led = 0 // until when another tab tells what happens
    this.tabs = typeof BroadcastChannel === "function" ? new BroadcastChannel(`lstm-room-${code}`) : null
    this.tabs?.addEventListener("message", ({ data }) => this.#hear(data))
    this.look = () => this.#look()
    document.addEventListener("visibilitychange", this.look)
    addEventListener("online", this.look)
    addEventListener("pageshow", this.look)
    this.beat = setInterval(() => this.request && this.#tell({ lead: this.me }), LEADER / 3)
    this.#look()
  }

  /** No longer listen. */
  close() {
    this.closed = true
    this.#stop()
    clearInterval(this.beat)
    document.removeEventListener("visibilitychange", this.look)
    removeEventListener("online", this.look)
    removeEventListener("pageshow", this.look)
    this.tabs?.close()
  }

  /** Ask for the present state now. */
  async refresh() {
    try {
      this.#take(await askRoom("GET", `/${this.code}`, { address: this.address }))
      this.#reach(true)
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Somebody looks at this tab, or nobody does. */
  #look() {
    this.#stop()
    if (this.closed) return
    if (document.hidden) {
      this.#tell({ free: true })
      return
    }
    this.failures = 0
    this.refresh()
    this.#tell({ who: this.me })
    this.#later(() => this.#listen(), this.tabs ? 150 + 150 * Math.random() : 0)
  }

  /** @param {Said} said */
  #hear(said) {
    if (said.who !== undefined && this.request) this.#tell({ lead: this.me })
    if (said.free) this.led = 0
    if (said.lead !== undefined) {
      if (this.request && said.lead > this.me) return
      this.led = Date.now() + LEADER
      if (this.request) this.#stop() // two listen: the lower number does from now on
      this.#later(() => this.#listen(), LEADER * (1 + Math.random() / 4))
    }
    if (said.state) this.#take(said.state, false)
    if (said.position && !document.hidden) this.news.position?.(said.position)
  }

  /** Listen, unless another tab does. */
  async #listen() {
    if (this.closed || document.hidden || this.request) return
    if (Date.now() < this.led) {
      this.#later(() => this.#listen(), LEADER)
      return
    }
    if (!this.hasEvents) {
      await this.refresh()
      if (this.failures === 0) this.#later(() => this.#listen(), ASKING * (0.75 + Math.random() / 2))
      return
    }
    const request = (this.request = new AbortController())
    this.#tell({ lead: this.me })
    try {
      await this.#read(request)
      if (this.request === request) this.#again(0) // the server has ended it: it stops or reads the log
    } catch (error) {
      if (this.request !== request) return
      if (error instanceof Silence && error.first) this.#withoutEvents()
      else if (error instanceof Silence || isPassing(error)) this.#again(this.failures + 1)
      else this.#fail(error)
    }
  }

  /** @param {AbortController} request */
  async #read(request) {
    let first = true
    let watch = setTimeout(() => request.abort(new Silence(true)), FIRST)
    try {
      const response = await fetch(`${this.address}/${this.code}/events`, {
        signal: request.signal, cache: "no-store", headers: { accept: "text/event-stream" },
      })
      if (!response.ok || !response.body) throw new Refusal(response.status, "There are no events.")
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      let rest = ""
      for (;;) {
        const { value, done } = await reader.read()
        if (done) return
        clearTimeout(watch)
        watch = setTimeout(() => request.abort(new Silence(false)), SILENCE)
        const events = (rest + value).split("\n\n")
        rest = events.pop() ?? ""
        for (const event of events) this.#event(event)
        if (first) this.#reach(true)
        first = false
      }
    } finally {
      clearTimeout(watch)
    }
  }

  /** @param {string} text */
  #event(text) {
    const kind = /^event: (\w+)$/m.exec(text)?.[1], data = /^data: (.*)$/m.exec(text)?.[1]
    if (!kind || data === undefined) return // a sign of life
    const value = JSON.parse(data)
    if (kind === "state") this.#take(value)
    else if (kind === "tally" && this.state) this.#take({ ...this.state, ...value })
    else if (kind === "position") {
      this.#tell({ position: value })
      this.news.position?.(value)
    }
  }

  /**
   * @param {RoomState} state
   * @param {boolean} [tell]  other tabs
   */
  #take(state, tell = true) {
    const stage = this.state?.stage_version ?? -1, tally = this.state?.tally_version ?? -1
    if (state.stage_version < stage || state.tally_version < tally) return // an older answer, arrived late
    const isNew = state.stage_version !== stage || state.tally_version !== tally
    this.state = state
    if (tell) this.#tell({ state })
    if (isNew) this.news.state(state)
  }

  /** @param {unknown} error */
  #fail(error) {
    if (error instanceof Refusal && (error.status === 404 || error.status === 410)) {
      this.close()
      this.news.over?.(error)
    } else if (error instanceof Refusal && !isPassing(error)) this.#withoutEvents()
    else this.#again(this.failures + 1)
  }

  #withoutEvents() {
    this.#stop()
    this.hasEvents = false
    setTimeout(() => (this.hasEvents = true), AGAIN)
    this.#later(() => this.#listen(), ASKING * Math.random())
  }

  /** @param {number} failures  since the server was reached last */
  #again(failures) {
    this.#stop()
    this.failures = failures
    if (failures > 1) this.#reach(false)
    const pause = Math.min(LONGEST, 500 * 2 ** Math.min(failures, 6))
    this.#later(() => this.#listen(), pause * (0.5 + Math.random()))
  }

  /** @param {boolean} isReached */
  #reach(isReached) {
    if (isReached) this.failures = 0
    this.news.reached?.(isReached)
  }

  #stop() {
    clearTimeout(this.timer)
    const request = this.request
    this.request = null
    request?.abort()
  }

  /** @type {(task: () => void, milliseconds: number) => void} */
  #later(task, milliseconds) {
    clearTimeout(this.timer)
    this.timer = setTimeout(task, milliseconds)
  }

  /** @param {Said} said */
  #tell(said) {
    if (!this.closed) this.tabs?.postMessage(said)
  }
}

/** Nothing came. first: not even the first event. */
class Silence extends Error {
  /** @param {boolean} first */
  constructor(first) {
    super("no sign of life")
    this.first = first
  }
}
