// Marking a stretch of a text: by dragging over its characters, by Shift and a click, by Shift and the keys
// that walk through it.

/** @import { State, TextView } from "./types.js" */

/**
 * Let a text's stretches be marked.
 * @param {TextView} view
 * @param {State} state
 * @param {(from: number, to: number) => void} onMark gets the first and the last character
 */
export function listenForMarks({ paper, spans }, state, onMark) {
  let start = -1, before = -1, anchor = -1, isDrag = false
  const at = (/** @type {MouseEvent} */ event) => {
    const root = /** @type {ShadowRoot | Document} */ (paper.getRootNode())
    return spans.indexOf(/** @type {HTMLElement} */ (root.elementFromPoint(event.clientX, event.clientY)))
  }
  const mark = (/** @type {number} */ one, /** @type {number} */ other) => {
    if (one >= 0 && other >= 0) onMark(Math.min(one, other), Math.max(one, other))
  }
  paper.classList.add("markable")
  paper.addEventListener("pointerdown", (event) => {
    start = event.button ? -1 : at(event)
    isDrag = false
  })
  paper.addEventListener("pointermove", (event) => {
    if (!(event.buttons & 1) || start < 0) return
    const here = at(event)
    isDrag ||= here >= 0 && here !== start
    if (isDrag) mark(start, here)
  })
  paper.addEventListener("click", (event) => {
    if (!isDrag && event.shiftKey) mark(state.at, at(event))
    if (isDrag || event.shiftKey) event.stopPropagation() // it chooses no character
    isDrag = false
  }, true)
  paper.addEventListener("keydown", () => { before = state.at }, true)
  paper.addEventListener("keydown", (event) => { // the text's own listener has chosen a character by now
    if (event.key === "Shift") return
    anchor = event.shiftKey ? (anchor < 0 ? before : anchor) : -1
    if (event.shiftKey && state.at !== before) mark(anchor, state.at)
  })
}

/**
 * Show which stretch is marked.
 * @param {TextView} view
 * @param {number} from the first character, from 0
 * @param {number} to the last one
 */
export function showMark({ spans }, from, to) {
  spans.forEach((span, k) => span.classList.toggle("marked", k >= from && k <= to))
}
