// Streaming: a text that has been computed is shown at a pace that can be read; it can be stopped and
// skipped.

/** @import { State } from "./types.js" */
import { element, setText } from "../shared/dom.js"

const SPEED = 40 // characters a second

/** The buttons of the text that is being written, hidden at first. */
export function buildButtons() {
  const pauseButton = element("button"), allButton = element("button", {}, "Show all")
  const buttons = element("div", { class: "buttons" }, pauseButton, allButton)
  buttons.hidden = true
  return { buttons, pauseButton, allButton }
}

/**
 * Write the first text from a character on.
 * @param {State} state
 * @param {number} from
 */
export function startReveal(state, from) {
  state.revealed = from
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return reveal(state, Infinity)
  reveal(state, from + 1) // the first character comes at once
  run(state)
}

/** @param {State} state */
export function toggleReveal(state) {
  if (state.running) stop(state)
  else run(state)
}

/** @param {State} state */
function run(state) {
  state.running = true
  let before = performance.now(), due = 0 // characters
  const frame = (/** @type {number} */ now) => {
    if (!state.running) return
    due += ((now - before) * SPEED) / 1000
    before = now
    if (due >= 1) reveal(state, state.revealed + Math.floor(due))
    due %= 1
    if (state.running) requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  setText(state.pauseButton, "Stop")
}

/** @param {State} state */
function stop(state) {
  state.running = false
  setText(state.pauseButton, "Go on")
}

/**
 * Show the first text up to a character.
 * @param {State} state
 * @param {number} upto
 */
export function reveal(state, upto) {
  const { spans, paper } = state.texts[0], end = Math.min(upto, spans.length)
  spans.forEach((span, k) => { if (span.hidden !== k >= end) span.hidden = k >= end })
  state.revealed = end
  if (end === spans.length) stop(state)
  state.buttons.hidden = end === spans.length
  // What comes is not told before it is seen.
  state.details.place.classList.toggle("later", end < spans.length)
  if (upto !== Infinity) paper.scrollTop = paper.scrollHeight
}
