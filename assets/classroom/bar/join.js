// Joining a class by a code that is typed in My course. The page is told who one is, and what is wrong.

import { membership, setMembership } from "../device.js"
import { askRoom, hasStatus, isPassing } from "../server.js"
import { pageInView } from "./follow.js"

const FIELD = '[class*="st-key-class_join"], [class*="st-key-class_leave"]' // in My course
const LENGTH = 6 // of a code
const COMING = 700 // milliseconds until it is looked again whether the field is there
const NOTHING_TOLD = JSON.stringify({ handle: "", refusal: "" })

export class Joining {
  constructor() {
    this.count = 0 // of what the page has wanted
    this.refusal = ""
    this.told = NOTHING_TOLD
    this.timer = 0
  }

  /** Another session of the page begins: it has wanted nothing, and knows nothing. */
  begin() {
    this.count = 0
    this.told = NOTHING_TOLD
  }

  /**
   * Whether the page wants something new: to join by a code, or to leave, by none.
   * @param {[number, string]} wanted
   */
  isNew([count]) {
    const isNew = count > this.count
    this.count = count
    return isNew
  }

  /** @param {string} text */
  async join(text) {
    const code = text.replace(/[^A-Za-z0-9]/g, "").toUpperCase()
    this.refusal = code.length === LENGTH ? "" : "A code has six letters and digits."
    if (this.refusal) return
    try {
      const joined = await askRoom("POST", `/${encodeURIComponent(code)}/join`, { body: {} })
      setMembership({ code, ...joined, n: 0 })
    } catch (error) {
      const { message } = /** @type {Error} */ (error)
      this.refusal = hasStatus(error, 503) ? "The class’s database does not answer. Try again in a moment."
        : isPassing(error) ? "The class can’t be reached now. Try again in a moment."
        : hasStatus(error, 404) ? "There is no class with this code. Compare it with the code on the screen."
        : hasStatus(error, 410) ? "This class is over." : message
    }
  }

  /**
   * Tell the page with the field, once it is in view, what is new.
   * @param {(joined: {handle: string, refusal: string}) => void} send
   */
  tell(send) {
    const joined = { handle: membership()?.handle ?? "", refusal: this.refusal }
    const text = JSON.stringify(joined)
    clearTimeout(this.timer)
    if (text === this.told) return
    if (document.querySelector(FIELD)) {
      this.told = text
      send(joined)
    } else if (pageInView() === "") this.timer = setTimeout(() => this.tell(send), COMING)
  }
}
