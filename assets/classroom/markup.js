// The course's own markup of a text: what it may consist of is said here, all else becomes plain text.

import { element } from "../shared/dom.js"

const TAGS = ["i", "b", "em", "strong", "sub", "sup", "code"]

/**
 * Make nodes of a text with formulas; without markup, of the text alone.
 * @param {string | undefined} html  as the course has made it; "" or nothing: there is none
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function marked(html, text) {
  return html ? children(new DOMParser().parseFromString(html, "text/html").body) : [text]
}

/**
 * A plain text of the course with the indices of its symbols lowered, as in b_f.
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export const lowered = (text) => text.split(/\b([a-zA-Z]_[a-z])\b/).map((part, at) =>
  (at % 2 ? element("span", {}, element("i", {}, part[0]), element("sub", {}, part[2])) : part))

/**
 * The marks of answers: letters, or numbers where an answer is itself a letter, as C and h.
 * @param {{text: string}[]} answers
 */
export function marksOf(answers) {
  return answers.some(({ text }) => /^[A-H]$/.test(text)) ? "12345" : "ABCDE"
}

/**
 * @param {Node} parent
 * @returns {(Node | string)[]}
 */
function children(parent) {
  return [...parent.childNodes].flatMap((node) => {
    const tag = /** @type {"i"} */ (node.nodeName.toLowerCase())
    if (TAGS.includes(tag)) return [element(tag, {}, ...children(node))]
    return node.nodeType === 3 ? [node.nodeValue ?? ""] : children(node)
  })
}
