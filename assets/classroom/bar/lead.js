// The lecturer's sliders while they are dragged: where they stand is told ten times a second at most, and the
// same drawings of those who follow stand there, too. They look up and paint: nothing runs on the server.

/** @import { DrawingRoot } from "../../shared/streamlit.js" */

import { hosted } from "../hosted.js"
import { askRoom } from "../server.js"
import { isDesk, pageInView } from "./follow.js"

const PACE = 100 // milliseconds between two positions
const LONGEST_POSITION = 100 // characters of a value

/** Tells where the lecturer's sliders are, while it is switched on. */
export class Lead {
  constructor() {
    this.isOn = false
    /** @type {Record<string, string> | null} */
    this.newest = null
    this.busy = false
    document.addEventListener("input", (event) => this.isOn && this.#note(event.composedPath()))
  }

  /** @param {EventTarget[]} path */
  #note(path) {
    const root = path.find((node) => node instanceof HTMLElement && isDrawing(node))
    const position = root ? positionOf(/** @type {DrawingRoot} */ (root), path) : null
    if (!position) return
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
 * @param {DrawingRoot} root
 * @param {EventTarget[]} path
 */
function positionOf({ cell, panel }, path) {
  if (cell) return cell.position()
  const box = path.find((node) => node instanceof HTMLElement && node.dataset.control)
  const name = box instanceof HTMLElement ? box.dataset.control ?? "" : "", value = panel?.setting[name]
  return value === undefined || value.length > LONGEST_POSITION ? null : { [name]: value }
}
