// How a student gets on with challenges, for the class: solved or not, how many tries, what fails first.

/** @import { Ballot } from "../vote.js" */
/** @import { Attempt } from "./types.js" */

const KIND = "challenge/", PAUSE = 2_000 // milliseconds: of attempts that follow each other the last is sent

/** @typedef {{solved: boolean, tries: number, fails?: string, query?: string}} Progress */

export class Attempts {
  /** @param {Pick<Ballot, "commit">} ballot */
  constructor(ballot) {
    this.ballot = ballot
    /** @type {Map<string, Progress>} */
    this.progress = new Map()
    /** @type {Map<string, number>} */
    this.timers = new Map()
  }

  /** Another student, or another class, begins. */
  clear() {
    for (const timer of this.timers.values()) clearTimeout(timer)
    this.timers.clear()
    this.progress.clear()
  }

  /**
   * Take over what was committed before: after a reload, on another device.
   * @param {Record<string, {value: unknown}>} commits
   */
  restore(commits) {
    for (const [kind, { value }] of Object.entries(commits)) {
      const name = kind.slice(KIND.length)
      if (!kind.startsWith(KIND) || !value || typeof value !== "object" || this.progress.has(name)) continue
      const { solved = false, tries = 0, ...rest } = /** @type {Partial<Progress>} */ (value)
      this.progress.set(name, { ...rest, solved, tries })
    }
  }

  /** @param {Attempt} attempt */
  add({ name, solved, fails, query }) {
    const { tries = 0, solved: isSolved = false } = this.progress.get(name) ?? {}
    /** @type {Progress} */
    const progress = { solved: solved || isSolved, tries: tries + 1 } // what is solved stays so
    if (fails && !progress.solved) progress.fails = fails.slice(0, 200)
    if (query) progress.query = query.slice(0, 600)
    this.#set(name, progress)
  }

  /**
   * The page's script, which checks some challenges itself, says of one that it is solved, or how often it
   * was tried.
   * @param {string} name
   * @param {boolean} solved
   * @param {number} count
   */
  hear(name, solved, count) {
    const before = this.progress.get(name) ?? { tries: 0, solved: false }
    if (solved && before.solved) return
    const tries = Math.max(before.tries, solved ? 1 : count || 0)
    this.#set(name, { ...before, solved: solved || before.solved, tries })
  }

  /**
   * @param {string} name
   * @param {Progress} progress
   */
  #set(name, progress) {
    this.progress.set(name, progress)
    clearTimeout(this.timers.get(name))
    const send = () => this.ballot.commit(KIND + name, this.progress.get(name))
    this.timers.set(name, setTimeout(send, progress.solved ? 0 : PAUSE * Math.random()))
  }
}
