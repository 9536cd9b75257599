// The smallest parts of the drawing: symbols, characters, headings, places of numbers.

/** @import { Attributes } from "../shared/dom.js" */
/** @import { Gate, Tree } from "./types.js" */
import { element } from "../shared/dom.js"

/** @type {Record<Gate, [spoken: string, letter: string, squash: string, index: string]>} */
export const GATES = { // spoken, letter, what squashes z, and the index of W, b and z
  f: ["forget", "f", "σ", "f"], i: ["input", "i", "σ", "i"],
  C_tilde: ["candidate", "C̃", "tanh", "C"], o: ["output", "o", "σ", "o"],
}
/** @type {Record<string, string>} */
export const SYMBOL = { // whose colour a vector has, where it isn't its own
  h_prev: "h", C_prev: "C", kept_part: "f", added_part: "i", tanh_C: "C", logits: "x", y: "x",
  z_f: "f", z_i: "i", z_C: "C_tilde", z_o: "o", b_f: "f", b_i: "i", b_C: "C_tilde", b_o: "o",
}

/**
 * Make what Python wrote as trees, [tag, attributes, ...children].
 * @param {Tree[]} parts
 * @returns {(Node | string)[]}
 */
export const written = (parts) => parts.map((part) => {
  if (typeof part === "string") return part
  const [tag, attributes, ...children] = part
  return element(tag, attributes, ...written(children))
})

/**
 * Make so many of something; k counts from 0.
 * @template Thing
 * @param {number} count
 * @param {(k: number) => Thing} make
 */
export const each = (count, make) => Array.from({ length: count }, (_, k) => make(k))

/**
 * @param {string} letter
 * @param {string} index
 * @param {string} of whose colour it has
 */
export const symbol = (letter, index, of) =>
  element("i", { "data-symbol": of }, letter, element("sub", {}, index))

/** @param {string} char */
export const character = (char) => element("span", { class: "char" }, char)

/**
 * @param {Node | string} name
 * @param {string} shape
 * @param {Attributes} [attributes]
 */
export const head = (name, shape, attributes = {}) =>
  element("th", { scope: "col", ...attributes }, name, " ", element("small", {}, shape))

/**
 * The place of a number: entry k of a vector; unit: the one that it lights up with, null for none.
 * @param {string} name
 * @param {number} k
 * @param {number | null} [unit]
 */
export const cell = (name, k, unit = k) => {
  const attributes = { class: "value", "data-value": name, "data-k": k, "data-symbol": SYMBOL[name] ?? name }
  return element("td", unit === null ? attributes : { ...attributes, "data-unit": unit })
}
