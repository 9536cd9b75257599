// The course in a frame: the model in the question's state, live.

import { moveTo } from "../move.js"
import { hearKeys } from "./keys.js"

const COLUMN = 853 // pixels: the width of 1280 at 150 %

/** @import { Action } from "./keys.js" */

export class CourseFrame {
  /**
   * @param {HTMLIFrameElement} frame
   * @param {(action: Action) => void} act  for the keys of a clicker, which a frame with the focus swallows
   */
  constructor(frame, act) {
    this.frame = frame
    this.address = ""
    /** @type {Record<string, string> | null} */
    this.position = null // of the lecturer's sliders, until a drawing in the frame stands there
    frame.addEventListener("load", () => {
      if (this.address && frame.contentWindow) hearKeys(frame.contentWindow, act, true)
    })
  }

  /**
   * Show an address of the course; the one that stands there goes on as it is. "": nothing.
   * @param {string} address
   */
  show(address) {
    // The course is drawn for a column of text, and magnified as far as the screen is wider.
    const width = this.frame.parentElement?.clientWidth ?? 0
    this.frame.style.setProperty("--scale", String(Math.max(1, width / COLUMN)))
    if (address === this.address) return
    this.address = address
    this.position = null
    if (address) this.frame.src = address
    else {
      this.frame.removeAttribute("src")
      this.frame.blur() // it would swallow the clicker's keys, out of sight
    }
  }

  /**
   * Let the course in the frame stand where the lecturer's sliders are: an embedded page has no bar, which
   * does so elsewhere.
   * @param {Record<string, string>} position
   */
  move(position) {
    this.position = { ...this.position, ...position }
    this.catchUp()
  }

  /** Stand where the lecturer's sliders are, as soon as the page is there. */
  catchUp() {
    const { position } = this, page = this.frame.contentDocument
    if (position && page && this.address && moveTo(page, position)) this.position = null
  }
}
