// The size of the text: the largest with which everything is on the screen.

import { pageTheme } from "./look.js"

const SMALLEST = 28 / 720, LARGEST = 58 / 720, LAST = 14 / 720 // of the screen's height at 16 : 9
const EASY = 40 / 720 // with which there is room for all of a reply
const PRECISION = 0.25 // pixels

/** A pixel of a screen of 1280 × 720, on this screen. */
function screenUnit() {
  return 720 * Math.min(innerHeight / 720, innerWidth / 1280)
}

/**
 * What the size of the text depends on; while it stays the same, nothing has to be fitted anew.
 * @param {string} way  how the model stands beside it
 */
export function fitKeyOf(way) {
  const parts = ["header", "footer", "#screen"].map((one) => document.querySelector(one))
  const heights = parts.slice(0, 2).map((line) => line?.clientHeight)
  return JSON.stringify([way, innerWidth, innerHeight, pageTheme(), heights, parts[2]?.textContent])
}

/**
 * Give an element the largest text with which nothing of it is cut off. Where it does not fit with large
 * text, only the sentence of a reply that answers is left; where it does not fit with text that can be read
 * from the last row, it is tight: what is least needed becomes smaller.
 * @param {HTMLElement} element
 * @returns {boolean}  whether it fits with text that can be read from the last row
 */
export function fitText(element) {
  const unit = screenUnit()
  for (const tight of ["", "brief", "close", "small"]) {
    element.dataset.tight = tight
    const least = (tight ? SMALLEST : EASY) * unit
    if (fits(element, least)) {
      search(element, least, LARGEST * unit)
      return true
    }
  }
  search(element, LAST * unit, SMALLEST * unit) // a typed question may be as long as it likes
  return false
}

/**
 * @param {HTMLElement} element
 * @param {number} low
 * @param {number} high
 */
function search(element, low, high) {
  while (high - low > PRECISION) {
    const size = (low + high) / 2
    if (fits(element, size)) low = size
    else high = size
  }
  fits(element, low)
}

/**
 * @param {HTMLElement} element
 * @param {number} size
 */
function fits(element, size) {
  element.style.fontSize = `${size}px`
  return element.scrollHeight <= element.clientHeight && element.scrollWidth <= element.clientWidth
}
