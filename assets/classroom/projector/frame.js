// The course in a frame: the model in the question's state, live.

import { html } from "./elements.js"
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
    frame.addEventListener("load", () => {
      const { contentWindow, contentDocument } = frame
      if (!this.address || !contentWindow || !contentDocument) return
      hearKeys(contentWindow, act, true)
      // The lecturer's browser leads a class: the bar of that is for the lecturer alone.
      contentDocument.head.append(html("style", {}, "#lstm-bar { display: none }"))
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
    if (address) this.frame.src = address
    else this.frame.removeAttribute("src")
  }
}
