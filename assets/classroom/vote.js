// A student's votes and commits: shown as committed at once, as stored once the server has said so, and sent
// until it has.

/** @import { Mine, OwnAnswer, Unsent, Value } from "./types.js" */

import { membership, nextCounter, rowsOf, setMembership, setRow, UNSENT } from "./device.js"
import { askRoom, isPassing, spread, tabsOf } from "./server.js"

const AT_FIRST = 400, AT_LAST = 5_000 // milliseconds between two attempts

export class Ballot {
  /** @type {Map<string, Unsent>} */
  #waiting = new Map() // what is on its way, the newest of each kind
  /** @type {Set<() => void>} */
  #pauses = new Set() // each ends one
  #changed
  #refused

  /**
   * changed: called when what is committed, or on its way, has changed; refused: gets the server's sentence.
   * @param {{changed: () => void, refused: (sentence: string, status: number) => void}} told
   */
  constructor({ changed, refused }) {
    this.#changed = changed
    this.#refused = refused
    /** @type {Map<string, OwnAnswer>} */
    this.answers = new Map() // by asking and round
    this.tabs = tabsOf("lstm-votes", (stored) => this.#hear(stored))
    addEventListener("online", () => this.wake())
    document.addEventListener("visibilitychange", () => document.hidden || this.wake())
    this.resume()
  }

  /**
   * What this student has committed in a round, and whether it is stored.
   * @param {string} asking
   * @param {number} round
   */
  answer(asking, round) {
    return this.answers.get(`${asking}/${round}`) ?? null
  }

  /**
   * What the server has of this student in a round: no answer that is still on its way.
   * @param {string} asking
   * @param {number} round
   */
  stored(asking, round) {
    const own = this.answer(asking, round)
    return own?.sent ? own : own?.stored ?? null
  }

  /** Send what was on its way when the page was left. */
  resume() {
    const own = membership()
    /** @type {Record<string, Unsent>} */
    const rows = own ? rowsOf(UNSENT, own.code) : {}
    for (const [key, message] of Object.entries(rows)) {
      const { route, body: { n, answer } } = message
      if (route === "vote") this.#take(key, { answer: /** @type {Value} */ (answer), n, sent: false })
      this.#send(key, message)
    }
  }

  /** Send again now what waits for another attempt. */
  wake() {
    for (const end of [...this.#pauses]) end()
  }

  /** Forget all: another student is here. */
  clear() {
    this.answers.clear()
    this.#waiting.clear()
    this.wake()
  }

  /** Ask what this student has committed: after a reload, after sleep, after a vote that came too late. */
  async restore() {
    const own = membership()
    if (!own) return null
    /** @type {Mine} */
    const mine = await askRoom("GET", `/${own.code}/mine`, { token: own.token })
    const now = membership()
    if (now?.token !== own.token) return null // another student is here
    setMembership({ ...now, seat: mine.seat }) // what is kept of who is here lasts from now on
    for (const { asking, round, answer, n } of mine.answers) {
      this.#take(`${asking}/${round}`, { answer, n, sent: true })
    }
    this.#changed()
    return mine
  }

  /**
   * Commit an answer; a later one counts.
   * @param {string} asking
   * @param {number} round
   * @param {Value} answer
   */
  vote(asking, round, answer) {
    const key = `${asking}/${round}`, n = nextCounter()
    this.#take(key, { answer, n, sent: false })
    this.#send(key, { route: "vote", body: { asking, round, answer, n } })
    this.#changed()
  }

  /**
   * Commit what was set, reached or tried.
   * @param {string} kind
   * @param {unknown} value
   */
  commit(kind, value) {
    this.#send(`commit/${kind}`, { route: "commit", body: { kind, value, n: nextCounter() } })
  }

  /**
   * @param {string} key
   * @param {OwnAnswer} own
   */
  #take(key, own) {
    const last = this.answers.get(key), stored = last?.sent ? last : last?.stored
    if (!last || own.n > last.n || (own.n === last.n && own.sent)) this.answers.set(key, { stored, ...own })
    else if (own.sent) last.stored = own
  }

  /** @param {{code: string, key: string, own: OwnAnswer}} stored  by another tab */
  #hear({ code, key, own }) {
    if (membership()?.code !== code) return
    this.#take(key, own)
    this.#changed()
  }

  /**
   * @param {string} key
   * @param {Unsent} message
   */
  async #send(key, message) {
    const { route, body } = message, code = membership()?.code ?? ""
    this.#waiting.set(key, message)
    setRow(UNSENT, code, key, message)
    for (let pause = AT_FIRST; ; pause = Math.min(AT_LAST, 2 * pause)) {
      const own = membership()
      if (own?.code !== code || this.#waiting.get(key) !== message) return // a newer one is on its way
      let isCounted = false, refusal = null
      try {
        const reply = await askRoom("POST", `/${code}/${route}`, { token: own.token, body })
        isCounted = reply.counted
      } catch (error) {
        if (isPassing(error)) {
          await this.#pause(spread(pause))
          continue
        }
        refusal = error
      }
      if (this.#waiting.get(key) !== message) return
      this.#arrive(code, key, message, isCounted)
      return refusal ? this.#refuse(refusal) : undefined
    }
  }

  /** @type {(code: string, key: string, message: Unsent, isCounted: boolean) => void} */
  #arrive(code, key, { route, body }, isCounted) {
    this.#waiting.delete(key)
    setRow(UNSENT, code, key, null)
    if (route === "vote" && isCounted) {
      const own = { answer: /** @type {Value} */ (body.answer), n: body.n, sent: true }
      this.#take(key, own)
      this.tabs?.postMessage({ code, key, own })
    } else if (route === "vote") this.#reset(key)
    this.#changed()
  }

  /** @param {any} error  the server's refusal, or a mistake of ours */
  #refuse({ message, status = 0 }) {
    this.#refused(message, status)
  }

  /** @param {string} key  of an answer that does not count: what does is asked for */
  #reset(key) {
    this.answers.delete(key)
    this.restore().catch((error) => isPassing(error) || this.#refuse(error))
  }

  /** @param {number} milliseconds  a call of wake ends it */
  #pause(milliseconds) {
    return /** @type {Promise<void>} */ (new Promise((done) => {
      const end = () => {
        clearTimeout(timer)
        this.#pauses.delete(end)
        done()
      }
      const timer = setTimeout(end, milliseconds)
      this.#pauses.add(end)
    }))
  }
}
