// Keys of a clicker and of the keyboard, those that the projector passes on as well.

/**
 * @typedef {object} KeyTasks
 * @property {() => void} next
 * @property {() => void} back
 * @property {(on: boolean) => void} hold
 * @property {() => void} hello  the projector has opened
 * @property {(shows: {link: string, isBlack: boolean}) => void} projects  what it shows for a moment
 */

const FORWARD = new Set(["PageDown", "ArrowRight", " "]), BACKWARD = new Set(["PageUp", "ArrowLeft"])
const WRITES = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]"
const PRESSES = "button, a, summary, input, [role=button], [role=radio]"
// Milliseconds until a projector that is black, or shows something for a moment, is asked whether it is still
// there, and that it has for its answer: a window that is closed may not come to say so.
const STILL = 3_000, ANSWER = 1_500

/** Listens to keys while the lecturer's screen is there. */
export class DeskKeys {
  /** @param {KeyTasks} tasks */
  constructor(tasks) {
    this.tasks = tasks
    this.down = (/** @type {KeyboardEvent} */ event) => this.#press(event)
    this.up = (/** @type {KeyboardEvent} */ { key }) => key.toLowerCase() === "h" && tasks.hold(false)
    /** @type {BroadcastChannel | null} */
    this.clicker = null
    this.code = ""
    this.later = 0 // until the projector is asked, or has not answered
    addEventListener("keydown", this.down, true)
    addEventListener("keyup", this.up, true)
  }

  /**
   * Listen to the projector of a room, too.
   * @param {string} code  "" for none
   */
  listenTo(code) {
    if (code === this.code) return
    this.code = code
    this.clicker?.close()
    const canHear = code && typeof BroadcastChannel === "function"
    this.clicker = canHear ? new BroadcastChannel(`lstm-clicker-${code}`) : null
    this.#take({ link: "", isBlack: false })
    this.send({ who: true })
    this.clicker?.addEventListener("message", ({ data }) => {
      if (data?.key === "next") this.tasks.next()
      else if (data?.key === "back") this.tasks.back()
      else if (data?.hello) this.tasks.hello()
      else if (data?.projects) this.#take(data.projects)
    })
  }

  /** @param {{link: string, isBlack: boolean}} shows  what the projector shows for a moment */
  #take(shows) {
    clearTimeout(this.later)
    this.tasks.projects(shows)
    if (shows.link || shows.isBlack) this.later = setTimeout(() => this.#ask(), STILL)
  }

  #ask() {
    this.send({ who: true })
    this.later = setTimeout(() => this.#take({ link: "", isBlack: false }), ANSWER)
  }

  /**
   * Tell the projector something.
   * @param {object} words
   */
  send(words) {
    this.clicker?.postMessage(words)
  }

  /** No longer listen. */
  close() {
    clearTimeout(this.later)
    removeEventListener("keydown", this.down, true)
    removeEventListener("keyup", this.up, true)
    this.clicker?.close()
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { key } = event
    const target = event.composedPath()[0]
    if (!this.code || event.ctrlKey || event.altKey || event.metaKey) return
    if (target instanceof Element) {
      if (target.closest(`${WRITES}, dialog`)) return
      if (key === " " && target.closest(PRESSES)) return // it presses what has the focus
    }
    if (key.toLowerCase() === "h") this.tasks.hold(true)
    else if (FORWARD.has(key)) event.repeat || this.tasks.next()
    else if (BACKWARD.has(key)) event.repeat || this.tasks.back()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
}
