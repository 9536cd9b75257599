// Elements with texts of the course. What somebody has typed is always text; markup is only what the course
// itself has made.

import { element } from "../../shared/dom.js"
import { marked } from "../markup.js"
import { gistOf } from "./view.js"

/** @typedef {import("../../shared/dom.js").Attributes} Attributes */

const GAP_TEXT = /(\{\d\})/ // where each student has a number of their own

/**
 * An element with a text of the course, which has formulas; without markup with the text as it is.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} attributes
 * @param {{text: string, html?: string}} words
 */
export function worded(tag, attributes, words) {
  return element(tag, attributes, ...marked(words.html, words.text))
}

/**
 * A question as an element; of one with other numbers for everybody, with boxes where the numbers stand.
 * @param {{text: string, html?: string, deals?: string[][]}} asking
 */
export function heading(asking) {
  const title = worded("h1", {}, asking)
  if (asking.deals) markGaps(title)
  return title
}

/**
 * Put boxes where each student has a number of their own.
 * @param {Node} node
 */
export function markGaps(node) {
  for (const child of [...node.childNodes]) {
    if (child.nodeType !== Node.TEXT_NODE) {
      markGaps(child)
      continue
    }
    const parts = (child.nodeValue ?? "").split(GAP_TEXT)
    const nodes = parts.map((part) => (GAP_TEXT.test(part) ? gap() : document.createTextNode(part)))
    child.replaceWith(...nodes)
  }
}

function gap() {
  return element("span", { class: "gap", role: "img", "aria-label": "a number of your own" }, "…")
}

/**
 * A reply, of which on a full screen only the sentence that answers stays.
 * @param {string} reply
 * @param {string} [kind]
 */
export function replyOf(reply, kind = "reply") {
  const [before, gist, after] = gistOf(reply).map((part) => ({ text: "", html: part }))
  const rest = (/** @type {{text: string, html: string}} */ part) => worded("span", { class: "rest" }, part)
  return element("p", { class: kind }, rest(before), worded("span", {}, gist), rest(after))
}
