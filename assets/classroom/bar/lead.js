// The lecturer's sliders while they are dragged: where they stand is told ten times a second at most, and the
// same drawings of those who follow stand there, too. They look up and paint: nothing runs on the server.

/** @import { DrawingRoot } from "../../shared/streamlit.js" */

import { hosted } from "../hosted.js"
import { askRoom } from "../server.js"
import { isDesk, pageInView } from "./follow.js"

const PACE = 100 // milliseconds between two positions
const TYPED = 400 // milliseconds after which what was typed surely counts
const LONGEST_POSITION = 100 // characters of a value

/** Tells where the lecturer's sliders are, while it is switched on. */
export class Lead {
  constructor() {
    this.isOn = false
    /** @type {Record<string, string> | null} */
    this.newest = null
    this.last = "" // position, as JSON
    this.busy = false
    for (const type of ["input", "click"]) document.addEventListener(type, (event) => this.#hear(event))
  }

  /** @param {Event} event  before which, or in a moment after which, a drawing's controls change */
  #hear(event) {
    if (!this.isOn) return
    const path = event.composedPath()
    const root = path.find((node) => node instanceof HTMLElement && isDrawing(node))
    if (!root) return
    for (const pause of [0, TYPED]) {
      setTimeout(() => this.#note(/** @type {DrawingRoot} */ (root), path, pause > 0), pause)
    }
  }

  /**
   * @param {DrawingRoot} root
   * @param {EventTarget[]} path
   * @param {boolean} isLate  whether it matters only if it is news
   */
  #note(root, path, isLate) {
    const position = positionOf(root, path), text = JSON.stringify(position)
    if (!this.isOn || !position || (isLate && text === this.last)) return
    this.last = text
    this.newest = position
    if (!this.busy) this.#work()
  }

  async #work() {
    this.busy = true
    for (let room = hosted(); room && this.newest; room = hosted()) {
      const position = this.newest, pause = new Promise((done) => setTimeout(done, PACE))
      this.newest = null
      // What is lost is not sent again: the next one says more.
      askRoom("POST", `/${room.code}/position`, { token: room.host, body: { position } }).catch(() => {})
      await pause
    }
    this.busy = false
  }
}

/** Lead the class to the page in view, as it is set. */
export async function bringAll() {
  const room = hosted(), body = { page: pageInView(), query: location.search.slice(1) }
  if (room && !isDesk()) await askRoom("POST", `/${room.code}/follow`, { token: room.host, body })
}

/** @param {HTMLElement} node */
const isDrawing = (node) => "panel" in node || "cell" in node

/**
 * Where the control stands that was used, or all of the cell's; a button of presets sets many.
 * @param {DrawingRoot} root
 * @param {EventTarget[]} path
 */
function positionOf({ cell, panel }, path) {
  if (cell) return cell.position()
  if (!panel) return null
  const box = path.find((node) => node instanceof HTMLElement && node.dataset.control)
  const isPreset = path.some((node) => node instanceof HTMLElement && node.matches(".presets button"))
  const name = box instanceof HTMLElement ? box.dataset.control ?? "" : ""
  const values = (isPreset ? Object.keys(panel.controls) : [name]).map((one) => [one, panel.setting[one]])
  const short = values.filter(([, value]) => value !== undefined && value.length <= LONGEST_POSITION)
  return short.length ? Object.fromEntries(short) : null
}
