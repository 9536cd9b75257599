// The elements of the drawing, for sizes H and V: which vectors stand beside each other. No numbers yet.

/** @import { VectorsData } from "./types.js" */
import { element } from "../shared/dom.js"
import { GATES, SYMBOL, cell, character, each, head, symbol, written } from "./parts.js"

/** @typedef {{value: string, name: HTMLElement, again?: boolean}} VectorColumn */
/** @typedef {{sign: string, again?: boolean}} Operator */
/** @typedef {VectorColumn | Operator} Column */

// -- ⊙: vectors beside each other, one line a unit --

const TIMES = { sign: "⊙" }, PLUS = { sign: "+" }, EQUALS = { sign: "=" }

/**
 * @param {string} value
 * @param {string} letter
 * @param {string} index
 * @returns {VectorColumn}
 */
const vector = (value, letter, index) => ({ value, name: symbol(letter, index, SYMBOL[value] ?? value) })

/**
 * @param {string} value
 * @param {string} shown
 * @returns {VectorColumn}
 */
const word = (value, shown) =>
  ({ value, name: element("i", { "data-symbol": SYMBOL[value], class: "word" }, shown) })

/**
 * Columns that stand here on narrow screens only, where they are too far from their first place.
 * @param {...Column} columns
 */
const again = (...columns) => columns.map((column) => ({ ...column, again: true }))

/**
 * @param {string} label
 * @param {number} H
 * @param {Column[]} columns
 */
const beside = (label, H, columns) => {
  const header = element("tr", {}, element("th", { scope: "col" }, element("small", {}, "unit")),
    ...columns.map((column) => "sign" in column ? operator(column) : columnHead(column, H)))
  const lines = each(H, (k) => element("tr", {},
    element("th", { scope: "row", "data-unit": k }, String(k)),
    ...columns.map((column) =>
      "sign" in column ? operator(ofNumbers(column)) : marked(cell(column.value, k), column))))
  return element("table", { "aria-label": label },
    element("thead", {}, header), element("tbody", {}, ...lines))
}

/**
 * @param {VectorColumn} column
 * @param {number} H
 */
const columnHead = (column, H) => marked(head(column.name, `(${H},)`), column)

/**
 * Between numbers, which are rounded.
 * @param {Operator} column
 */
const ofNumbers = (column) => column.sign === "=" ? { ...column, sign: "≈" } : column

/** @param {Operator} column */
const operator = (column) =>
  marked(element("td", { class: "operator", "aria-hidden": "true" }, column.sign), column)

/**
 * @param {HTMLElement} place
 * @param {Column} column
 */
const marked = (place, { again }) => {
  place.classList.toggle("again", Boolean(again))
  return place
}

/** @param {string} sign */
const between = (sign) => element("span", { class: "between", "aria-hidden": "true" }, sign)

/** @param {number} H */
export const stateTables = (H) => [
  beside("What is kept: f times C before, unit by unit", H,
    [vector("f", "f", "t"), TIMES, vector("C_prev", "C", "t−1"), EQUALS, word("kept_part", "kept")]),
  between("+"),
  beside("What is added: i times candidate, unit by unit", H,
    [vector("i", "i", "t"), TIMES, vector("C_tilde", "C̃", "t"), EQUALS, word("added_part", "added")]),
  between("="),
  beside("The cell state: kept plus added", H,
    [...again(word("kept_part", "kept"), PLUS, word("added_part", "added"), EQUALS), vector("C", "C", "t")]),
]

/** @param {number} H */
export const hidden = (H) => beside("The hidden state: o times tanh C, unit by unit", H, [
  vector("o", "o", "t"), TIMES,
  { value: "tanh_C", name: element("span", {}, "tanh ", symbol("C", "t", "C")) }, EQUALS,
  vector("h", "h", "t"),
])

// -- the prediction: a bar for each character --

/**
 * @param {string[]} chars
 * @param {number} first
 */
const guess = (chars, first) => element("table",
  { "aria-label": "The prediction: a probability for every character" },
  element("thead", {}, element("tr", {}, element("td"), element("th", { scope: "col" }, "logit"),
    element("th", { scope: "col" }, symbol("y", "t", "x")), element("td"))),
  element("tbody", {}, ...chars.map((char, k) => element("tr", { "data-char": first + k },
    element("th", { scope: "row" }, character(char)),
    cell("logits", first + k, null), cell("y", first + k, null), element("td", { class: "mark" })))))

/** @param {VectorsData} data */
export const outputLayer = ({ V, chars, equations }) => {
  const half = V > 8 ? Math.ceil(V / 2) : V // long alphabets stand in two columns
  const parts = [guess(chars.slice(0, half), 0)]
  if (V > half) parts.push(guess(chars.slice(half), half))
  return element("div", { class: V > 8 ? "output-layer long" : "output-layer" },
    element("p", { class: "equation" }, ...written(equations.y)),
    element("div", { class: "guess" }, ...parts), element("p", { class: "loss" }))
}

// -- what is chosen with: the characters of the text, the gates --

/** @param {string[]} text */
export const characters = (text) => text.map((char, step) => element("button",
  { type: "button", "data-step": step, "aria-label": `Character ${step + 1}: ${char}` }, character(char)))

export const tabs = () => Object.entries(GATES).map(([gate, [spoken, letter]]) => element("button",
  { type: "button", "data-gate": gate, "data-symbol": gate }, symbol(letter, "t", gate), ` ${spoken}`))
