// The one way to ask the server what a picture needs: plain HTTP to the server's own address, below whatever
// base path. Where a host lets no such request through, the same question goes through Streamlit's channel.
// What is on the screen stays until there is an answer.

/** @import { Channel } from "./streamlit.js" */
import { base } from "./base.js"

/** @typedef {Record<string, string>} Question */

const FIRST_PAUSE = 250 // milliseconds between a question that failed and its repetition
const DOUBLINGS = 5 // of the pause, at most
const PATIENCE = 15_000 // milliseconds until an answer counts as lost
const NO_CHANNEL = 100 // milliseconds until it is looked again whether the channel is there

/** The server can't be reached, or has too much to do: the question is worth asking again. */
class Unreachable extends Error {}
/** The question itself is wrong: it is not asked again. */
class Refused extends Error {}

/**
 * Asks the questions of one picture: one under way at a time, the newest wins, and what failed is asked again
 * with growing pauses.
 * @template Answer
 */
export class Asker {
  /**
   * root: while it is in the page, questions are asked; it has the class "unreachable", and says so, while
   * the server is.
   * take: gets each answer with its question. byPost: the question holds a visitor's own text. channel: the
   * question is about what only the visitor's session has. refuse: gets the sentence that says what is wrong
   * with a question.
   * @param {{name: string, root: HTMLElement, take: (answer: Answer, question: Question) => void,
   *   byPost?: boolean, channel?: boolean, refuse?: (sentence: string, question: Question) => void}} options
   */
  constructor({ name, root, take, byPost = false, channel = false, refuse = undefined }) {
    this.name = name
    this.root = root
    this.take = take
    this.refuse = refuse ?? ((/** @type {string} */ sentence) => console.error(`${name}: ${sentence}`))
    this.byPost = byPost
    this.channel = channel
    /** @type {Question | null} */
    this.newest = null // what is to be asked next
    /** @type {Question | null} */
    this.underWay = null // what the server has been asked
    this.busy = false
    this.failures = 0
    /** @type {HTMLElement | null} */
    this.notice = null // that the server can't be reached
  }

  /**
   * Ask, as soon as the question under way is answered.
   * @param {Question} question
   */
  ask(question) {
    this.newest = question
    if (!this.busy) this.#work()
  }

  async #work() {
    this.busy = true
    while (this.newest && this.root.isConnected) {
      const question = this.newest
      this.newest = null
      this.underWay = question
      try {
        const answer = await reply(this.name, question, this)
        this.#reached(true)
        if (this.root.isConnected) this.take(/** @type {Answer} */ (answer), question)
      } catch (error) {
        if (error instanceof Refused) {
          this.refuse(error.message, question)
          continue
        }
        if (!(error instanceof Unreachable)) {
          this.busy = false
          throw error
        }
        this.newest ??= question
        this.#reached(false)
        await pause(FIRST_PAUSE << Math.min(DOUBLINGS, this.failures - 1))
      } finally {
        this.underWay = null
      }
    }
    this.busy = false
  }

  /** @param {boolean} isReached */
  #reached(isReached) {
    this.failures = isReached ? 0 : this.failures + 1
    const isAway = this.failures > 1
    this.root.classList.toggle("unreachable", isAway)
    if (isAway && !this.notice) {
      this.notice = document.createElement("p")
      this.notice.setAttribute("role", "status")
      this.notice.style.color = "var(--st-primary-color)"
      this.notice.textContent = "The server does not answer at the moment. What you see is from before."
      this.root.append(this.notice)
    } else if (!isAway) {
      this.notice?.remove()
      this.notice = null
    }
  }
}

/**
 * Wait; shorter if the network comes back or the visitor does.
 * @param {number} milliseconds
 */
function pause(milliseconds) {
  const aside = milliseconds * (0.75 + Math.random() / 2) // a class does not come back at the same moment
  return new Promise((done) => {
    const stop = () => {
      clearTimeout(timer)
      window.removeEventListener("online", stop)
      document.removeEventListener("visibilitychange", stop)
      done(undefined)
    }
    const timer = setTimeout(stop, aside)
    window.addEventListener("online", stop)
    document.addEventListener("visibilitychange", stop)
  })
}

/**
 * @param {string} name
 * @param {Question} question
 * @param {{byPost: boolean, channel: boolean}} way
 */
async function reply(name, question, { byPost, channel }) {
  if (channel || window.lstmNoHttp) return throughChannel(name, question)
  const fields = new URLSearchParams(question)
  const url = new URL(`api/${name}`, base())
  if (!byPost) {
    // Another version's answers are not this one's.
    if (window.lstmVersion) fields.set("v", window.lstmVersion)
    url.search = fields.toString()
  }
  let response
  try {
    const signal = AbortSignal.timeout(PATIENCE)
    response = await fetch(url, byPost ? { method: "POST", body: fields, signal } : { signal })
  } catch (error) {
    throw new Unreachable(String(error))
  }
  if (!response.headers.get("content-type")?.startsWith("application/json")) {
    if (response.status >= 500) throw new Unreachable(String(response.status))
    // Something between here and the server, or the server itself, knows no such address.
    window.lstmNoHttp = true
    return throughChannel(name, question)
  }
  compareVersions(response.headers.get("course-version"))
  let answer
  try {
    answer = await response.json()
  } catch (error) {
    throw new Unreachable(String(error))
  }
  if (response.ok) return answer
  if (response.status === 503) throw new Unreachable(answer.error)
  throw new Refused(answer.error)
}

/**
 * Ask through Streamlit: its script runs, and the same function answers.
 * @param {string} name
 * @param {Question} question
 * @returns {Promise<unknown>}
 */
async function throughChannel(name, question) {
  /** @type {Channel | undefined} */
  let channel
  while (!(channel = window.lstmChannel)) await pause(NO_CHANNEL)
  const { answer, error } = await Promise.race([
    channel.ask(name, question),
    new Promise((_, fail) => setTimeout(() => fail(new Unreachable("no answer")), PATIENCE)),
  ])
  if (error !== undefined) throw new Refused(error)
  return answer
}

/**
 * Say something while the page is being closed; there is no answer.
 * @param {string} name
 * @param {Question} question
 */
export function sendLast(name, question) {
  if (!window.lstmNoHttp) navigator.sendBeacon(new URL(`api/${name}`, base()), new URLSearchParams(question))
}

/**
 * Say that the page must be loaded again if the server has another version than it.
 * @param {string | null} version
 */
function compareVersions(version) {
  if (!version || !window.lstmVersion || version === window.lstmVersion) return
  if (document.querySelector("#lstm-new-version")) return
  const notice = document.createElement("div")
  notice.id = "lstm-new-version"
  notice.setAttribute("role", "status")
  const button = document.createElement("button")
  button.textContent = "Reload the page"
  button.addEventListener("click", () => location.reload())
  notice.append("The course has been updated since this page was opened. ", button)
  document.body.append(notice)
}
