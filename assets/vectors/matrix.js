// A gate: what it reads, its matrix below, one row a unit.

/** @import { Gate, VectorsData } from "./types.js" */
import { element } from "../shared/dom.js"
import { GATES, cell, character, each, head, symbol } from "./parts.js"

/**
 * @param {VectorsData} data
 * @param {Gate} gate
 */
export const matrix = (data, gate) => {
  const { H, V } = data
  const [, letter] = GATES[gate]
  const dense = 57 * H + 50 * V > 790 // pixels: there is no room for every number
  const columns = ["first", ...Array(H).fill("of-h"), ...Array(V).fill("of-x"), "bias", "sum", "sum"]
  return element("table",
    {
      class: dense ? "matrix dense" : "matrix",
      "aria-label": `The weights W of ${letter}, one row for each unit`,
    },
    element("colgroup", {}, ...columns.map((column) => element("col", { class: column }))),
    element("thead", {}, groupRow(data), concatRow(data, gate), matrixName(data, gate)),
    element("tbody", {}, ...each(H, (k) => unitRow(data, gate, k))))
}

/**
 * What the columns of the matrix meet: the units of h before, then the characters of x.
 * @param {VectorsData} data
 */
const groupRow = ({ H, V }) => {
  const group = { scope: "colgroup", class: "group" }
  return element("tr", {}, element("td"),
    head(symbol("h", "t−1", "h"), `(${H},)`, { ...group, colspan: H }),
    head(symbol("x", "t", "x"), `(${V},), one-hot`, { ...group, colspan: V }), element("td", { colspan: 3 }))
}

/**
 * The vector [h, x] that the gates and the candidate read, and the names of what comes of it.
 * @param {VectorsData} data
 * @param {Gate} gate
 */
const concatRow = ({ H, V, chars }, gate) => {
  const [, letter, squash, index] = GATES[gate]
  const z = () => element("i", { "data-symbol": gate }, "z")
  return element("tr", { class: "concat" }, head("[h, x]", `(${H + V},)`, { scope: "row" }),
    ...each(H, (k) => cell("h_prev", k)),
    ...chars.map((char, k) => element("td", { class: "hot", "data-column": k, "data-symbol": "x" },
      character(char), element("span", { class: "bit" }))),
    head(element("span", {}, "+ ", symbol("b", index, gate)), `(${H},)`, { class: "bias" }),
    head(element("span", {}, "= ", z()), `(${H},)`),
    head(element("span", {}, symbol(letter, "t", gate), ` = ${squash} `, z()), `(${H},)`))
}

/**
 * @param {VectorsData} data
 * @param {Gate} gate
 */
const matrixName = ({ H, V }, gate) => element("tr", { class: "name" }, element("td"),
  element("td", { colspan: H + V + 3 }, symbol("W", GATES[gate][3], gate),
    element("small", {}, ` (${H}, ${H + V}): one row for each unit; the 1 in `), symbol("x", "t", "x"),
    element("small", {}, " picks one column")))

/**
 * Row k of the matrix, and the bias, z and gate of unit k.
 * @param {VectorsData} data
 * @param {Gate} gate
 * @param {number} k
 */
const unitRow = ({ H, V }, gate, k) => {
  const index = GATES[gate][3]
  const weight = (/** @type {number} */ c) => {
    const place = { "data-weight": `${k},${c}`, "data-unit": k }
    const attributes = { class: "value weight", "data-symbol": gate, ...place }
    return element("td", c < H ? attributes : { ...attributes, "data-column": c - H }, element("span"))
  }
  const follow = element("button",
    { type: "button", "data-unit": k, "aria-label": `Row ${k}: follow unit ${k}` },
    element("span", {}, "row "), String(k))
  return element("tr", {}, element("th", { scope: "row", "data-unit": k }, follow),
    ...each(H + V, weight), cell(`b_${index}`, k), cell(`z_${index}`, k), cell(gate, k))
}
