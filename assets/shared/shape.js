// Elements of SVG.

/** @import { Attributes } from "./dom.js" */

import { complete } from "./dom.js"

/**
 * Make an SVG element. Strings become text, never markup.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function shape(tag, attributes = {}, ...children) {
  return complete(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children)
}
