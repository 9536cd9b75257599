// Making elements. What somebody has typed is always text; markup is only what the course itself has made.

import { marked } from "../markup.js"

const SVG = "http://www.w3.org/2000/svg"

/**
 * @typedef {Record<string, string | number | boolean>} Attributes
 */

/**
 * @template {Element} T
 * @param {T} element
 * @param {Attributes} attributes
 * @param {(Node | string)[]} children
 */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false) continue
    element.setAttribute(name, value === true ? "" : String(value))
  }
  element.append(...children)
  return element
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes]
 * @param {(Node | string)[]} children
 */
export function html(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children)
}

/**
 * @param {string} tag
 * @param {Attributes} [attributes]
 * @param {(Node | string)[]} children
 */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children)
}

/**
 * An element with a text of the course, which has formulas; without markup with the text as it is.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} attributes
 * @param {{text: string, html?: string}} words
 */
export function worded(tag, attributes, words) {
  return html(tag, attributes, ...marked(words.html, words.text))
}
