// A student's votes and commits: shown as committed once the server has said so, and sent until it has.

/** @import { Mine, Value } from "./types.js" */

import { membership, nextCounter } from "./device.js"
import { askRoom, isPassing, roomsAddress } from "./server.js"

const LONGEST = 10_000 // milliseconds between two attempts

export class Ballot {
  /**
   * changed: called when what is committed, or on its way, has changed; refused: gets the server's sentence.
   * @param {{changed: () => void, refused: (sentence: string, status: number) => void}} told
   */
  constructor({ changed, refused }) {
    this.changed = changed
    this.refused = refused
    this.address = roomsAddress()
    /** @type {Map<string, {answer: Value, sent: boolean}>} */
    this.answers = new Map() // by asking and round
    /** @type {Map<string, object>} */
    this.waiting = new Map() // what is on its way, the newest of each kind
  }

  /**
   * What this student has committed in a round, and whether it is stored.
   * @param {string} asking
   * @param {number} round
   */
  answer(asking, round) {
    return this.answers.get(`${asking}/${round}`) ?? null
  }

  /** Ask what this student has committed: after a reload, on another device. */
  async restore() {
    const own = membership()
    if (!own) return null
    /** @type {Mine} */
    const mine = await askRoom("GET", `/${own.code}/mine`, { token: own.token, address: this.address })
    for (const { asking, round, answer } of mine.answers) {
      const key = `${asking}/${round}`
      if (!this.waiting.has(key)) this.answers.set(key, { answer, sent: true })
    }
    this.changed()
    return mine
  }

  /**
   * Commit an answer; a later one counts.
   * @param {string} asking
   * @param {number} round
   * @param {Value} answer
   */
  vote(asking, round, answer) {
    const key = `${asking}/${round}`
    this.answers.set(key, { answer, sent: false })
    this.changed()
    this.#send(key, "vote", { asking, round, answer, n: nextCounter() }, () => {
      this.answers.set(key, { answer, sent: true })
    })
  }

  /**
   * Commit what was set, reached or tried.
   * @param {string} kind
   * @param {unknown} value
   */
  commit(kind, value) {
    this.#send(`commit/${kind}`, "commit", { kind, value, n: nextCounter() }, () => {})
  }

  /**
   * @param {string} key
   * @param {string} route
   * @param {object} body
   * @param {() => void} done
   */
  async #send(key, route, body, done) {
    this.waiting.set(key, body)
    for (let pause = 400; ; pause = Math.min(LONGEST, 2 * pause)) {
      const own = membership()
      if (!own || this.waiting.get(key) !== body) return // a newer one is on its way
      try {
        await askRoom("POST", `/${own.code}/${route}`, { token: own.token, body, address: this.address })
        if (this.waiting.get(key) !== body) return
        this.waiting.delete(key)
        done()
        this.changed()
        return
      } catch (error) {
        if (!isPassing(error)) {
          this.waiting.delete(key)
          if (route === "vote") this.answers.delete(key)
          this.changed()
          const { message, status = 0 } = /** @type {Error & {status?: number}} */ (error)
          this.refused(message, status)
          return
        }
        await new Promise((done) => setTimeout(done, pause * (0.75 + Math.random() / 2)))
      }
    }
  }
}
