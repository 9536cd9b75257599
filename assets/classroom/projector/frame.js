// The course in a frame: the model in the question's state, live.

import { hearKeys } from "./keys.js"

/** @import { Action } from "./keys.js" */

export class CourseFrame {
  /**
   * @param {HTMLIFrameElement} frame
   * @param {(action: Action) => void} act  for the keys of a clicker, which a frame with the focus swallows
   */
  constructor(frame, act) {
    this.frame = frame
    this.address = ""
    frame.addEventListener("load", () => {
      if (this.address && frame.contentWindow) hearKeys(frame.contentWindow, act, true)
    })
  }

  /**
   * Show an address of the course; the one that stands there goes on as it is. "": nothing.
   * @param {string} address
   */
  show(address) {
    if (address === this.address) return
    this.address = address
    if (address) this.frame.src = address
    else this.frame.removeAttribute("src")
  }
}
