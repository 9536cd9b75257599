// Fingers on sliders. A finger that sets out up or down scrolls the page and changes nothing: a slider moves
// with a finger that goes along it, and with a tap. The slider in hand stays in view (panel.css), and what it
// changes comes into view when it is let go.

import { bringIntoView } from "./view.js"

const FAR_TO_GO = 8 // pixels, from which on a movement has a direction
const SMALLEST = 60 // pixels: the height of a picture
const TOUCHED_PICTURES =
  [".time > svg", ".drawing > svg", "svg.picture", "svg", ".matrix", ".frame", ".paper"]

/**
 * value: what the slider stood at; last: where the finger would have put it; way: of the finger, so far.
 * @typedef {{input: HTMLInputElement, x: number, y: number, value: string, last: string,
 *   way: "open" | "along" | "away"}} Touch
 */

/** Listen, once a visit. */
export function guardSliders() {
  if (window.lstmTouch) return
  window.lstmTouch = { touch: null }
  const state = window.lstmTouch
  const listen = (/** @type {string} */ type, /** @type {(event: any) => void} */ act) =>
    addEventListener(type, act, { capture: true, passive: true })
  listen("touchstart", (event) => { state.touch = beginTouch(event) })
  listen("touchmove", (event) => state.touch && followTouch(state.touch, event))
  listen("touchcancel", () => endTouch(state, "away"))
  listen("touchend", () => endTouch(state, "along"))
  listen("input", (event) => state.touch && holdValue(state.touch, event))
}

/**
 * @param {TouchEvent} event
 * @returns {Touch | null}
 */
function beginTouch(event) {
  const [input] = event.composedPath(), [finger] = event.touches
  if (!(input instanceof HTMLInputElement) || input.type !== "range" || event.touches.length > 1) return null
  const tree = /** @type {ShadowRoot} */ (input.getRootNode())
  tree.querySelectorAll(".in-hand").forEach((label) => label.classList.remove("in-hand"))
  input.closest("label")?.classList.add("in-hand")
  const { value } = input
  return { input, x: finger.clientX, y: finger.clientY, value, last: value, way: "open" }
}

/**
 * @param {Touch} touch
 * @param {TouchEvent} event
 */
function followTouch(touch, { touches: [finger] }) {
  if (touch.way !== "open") return
  const across = Math.abs(finger.clientX - touch.x), down = Math.abs(finger.clientY - touch.y)
  if (Math.max(across, down) < FAR_TO_GO) return
  touch.way = across >= down ? "along" : "away"
  if (touch.way === "along") setByTouch(touch)
}

/**
 * Until the finger has a direction, and if it goes another way, the slider stands where it stood.
 * @param {Touch} touch
 * @param {Event} event
 */
function holdValue(touch, event) {
  if (event.composedPath()[0] !== touch.input || touch.way === "along") return
  touch.last = touch.input.value
  touch.input.value = touch.value
  event.stopImmediatePropagation()
}

/**
 * @param {{touch: Touch | null}} state
 * @param {"along" | "away"} way what a finger without a direction has meant
 */
function endTouch(state, way) {
  const { touch } = state
  if (!touch) return
  if (touch.way === "open") {
    touch.way = way
    if (way === "along") setByTouch(touch)
  }
  setTimeout(() => { // the browser has its own last word first
    if (state.touch === touch) state.touch = null
    if (touch.way === "along") showTouchedPicture(touch.input)
  })
}

/**
 * Put the slider where the finger is.
 * @param {Touch} touch
 */
function setByTouch({ input, value, last }) {
  if (last === value) return
  input.value = last
  input.dispatchEvent(new Event("input", { bubbles: true, composed: true }))
}

/** @param {HTMLInputElement} input */
function showTouchedPicture(input) {
  const tree = /** @type {ShadowRoot} */ (input.getRootNode())
  const pictures = TOUCHED_PICTURES.flatMap((selector) => [...tree.querySelectorAll(selector)])
  const isLarge = (/** @type {Element} */ one) => one.getBoundingClientRect().height > SMALLEST
  const picture = pictures.find((one) => isLarge(one) && one.checkVisibility({ visibilityProperty: true }))
  if (picture) bringIntoView(picture)
}
