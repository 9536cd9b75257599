// One bar a row. Python sends lengths in hundredths of a per cent, and all texts.

import { element, find, setAttributes, setText } from "../shared/dom.js"

/**
 * A row: its character, what is written at its bar, the bar's length, and that of the bar before, null for
 * none.
 * @typedef {[character: string, says: string, length: number, before: number | null]} Row
 */

/**
 * Draw bars in a place of their own, the first time or again.
 * @param {HTMLElement} root
 * @param {{alt: string, colour: string, grey: string, rows: Row[]}} data
 */
export function drawBars(root, data) {
  setAttributes(root, { role: "img", "aria-label": data.alt })
  root.style.setProperty("--bar", data.colour)
  root.style.setProperty("--before", data.grey)
  while (root.children.length > data.rows.length) root.lastElementChild?.remove()
  while (root.children.length < data.rows.length) root.append(emptyRow())
  data.rows.forEach((row, k) => fillRow(/** @type {HTMLElement} */ (root.children[k]), row))
}

function emptyRow() {
  const parts = ["before", "bar", "says"].map((name) => element("span", { class: name }))
  return element("div", { class: "row" },
    element("span", { class: "character" }), element("span", { class: "track" }, ...parts))
}

/**
 * @param {HTMLElement} place
 * @param {Row} row
 */
function fillRow(place, [character, says, length, before]) {
  setText(find(place, ".character"), character)
  setText(find(place, ".says"), says)
  place.title = `${(length / 100).toFixed(2)}%`
  find(place, ".bar").style.width = trackShare(length)
  find(place, ".says").style.left = trackShare(before === null ? length : Math.max(length, before))
  find(place, ".before").style.width = trackShare(before ?? 0)
  place.classList.toggle("two", before !== null)
}

/**
 * A length of the track, which leaves room for the number behind the longest bar.
 * @param {number} length
 */
const trackShare = (length) => `calc((100% - 4em) * ${length / 10000})`
