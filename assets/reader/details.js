// What the network expected at the chosen character: bars before and after temperature, and what is said of
// it.

/** @import { Details, DetailsData, DetailsRow, DetailsView } from "./types.js" */
import { element, setText } from "../shared/dom.js"
import { decodeUint16, formatNumber } from "../shared/numbers.js"
import { percent, visible } from "./format.js"

const CONTEXT = 12 // characters that are shown before the chosen one
const NAMED = 3 // bars that a screen reader names

/** @returns {DetailsView} */
export function buildDetails() {
  const head = element("p", { class: "head" }), facts = element("dl")
  const status = element("p", { class: "status", role: "status" })
  const legend = element("p", { class: "legend" }), bars = element("div", { class: "bars" }, legend)
  const words = element("div", { class: "words" }, head, facts, status)
  const place = element("div", { class: "details" }, words, bars)
  return { place, head, facts, status, bars, legend, rows: [] }
}

/**
 * @param {DetailsData} data
 * @returns {Details}
 */
export function unpackDetails({ codes, ...rest }) {
  const columns = Object.entries(codes).map(([name, code]) => [name, decodeUint16(code)])
  return { ...Object.fromEntries(columns), ...rest }
}

/**
 * @param {DetailsView} view
 * @param {Details | null} details
 * @param {string[]} chars
 * @param {number} at
 */
export function fillDetails(view, details, chars, at) {
  view.place.hidden = !details || at < 0
  if (!details || at < 0) return
  const isThere = at >= details.from && at < details.to, row = at - details.from + details.row
  // Late: what is there is of another character, its own is on the way.
  view.place.classList.toggle("late", !isThere)
  if (!isThere) return
  setText(view.head, headline(chars, at))
  fillFacts(view.facts, facts(details, row))
  setText(view.legend, details.given)
  fillBars(view, details, chars[at], row)
}

/**
 * Which character is chosen, and what stands before it.
 * @param {string[]} chars
 * @param {number} at
 */
function headline(chars, at) {
  const context = chars.slice(Math.max(0, at - CONTEXT), at).map(visible).join("")
  const after = context ? ` after “${at > CONTEXT ? "…" : ""}${context}”` : ""
  return `Character ${at + 1} of ${chars.length}: ‘${visible(chars[at])}’${after}`
}

/**
 * What is said of the chosen character, [name, text] each; row: where it is in the details.
 * @param {Details} details
 * @param {number} row
 */
function facts({ surprise, entropy, among, rank, chars, certainty }, row) {
  const bits = (/** @type {number} */ hundredths) => `${formatNumber(hundredths)} bits`
  const place = rank[row] === 1 ? "1: the likeliest character came" : `${rank[row]} of ${chars.length}`
  return [
    ["surprise", bits(surprise[row])],
    ["entropy", `${bits(entropy[row])}, like a choice among ${formatNumber(among[row], 1)} characters`],
    ["rank", place],
    ["the draw", certainty[row]],
  ]
}

/**
 * @param {HTMLElement} list
 * @param {string[][]} rows
 */
function fillFacts(list, rows) {
  while (list.children.length < 2 * rows.length) list.append(element("dt"), element("dd"))
  rows.forEach(([name, text], k) => {
    setText(list.children[2 * k], name)
    setText(list.children[2 * k + 1], text)
  })
}

/**
 * @param {DetailsView} view
 * @param {Details} details
 * @param {string} came
 * @param {number} at
 */
function fillBars({ rows, bars, status }, details, came, at) {
  const from = at * details.each
  while (rows.length < details.each) rows.push(addRow(bars))
  /** @type {string[]} */
  const names = []
  rows.forEach((row, k) => {
    row.place.hidden = k >= details.each
    if (row.place.hidden) return
    const char = details.chars[details.index[from + k]]
    const before = details.before[from + k], after = details.after[from + k]
    setText(row.char, visible(char))
    setText(row.says, `${percent(before)} → ${percent(after)}`)
    const longer = Math.max(before, after, 1) // in ten-thousandths
    row.place.style.setProperty("--longer", String(longer / 10000))
    row.before.style.width = `${(100 * before) / longer}%`
    row.after.style.width = `${(100 * after) / longer}%`
    row.place.classList.toggle("came", char === came)
    if (k < NAMED) names.push(`${visible(char)} ${percent(before)}`)
  })
  setText(status, `Expected: ${names.join(", ")}.`)
}

/**
 * @param {HTMLElement} bars
 * @returns {DetailsRow}
 */
function addRow(bars) {
  const char = element("span", { class: "char" }), says = element("span", { class: "says" })
  const before = element("span", { class: "before" }), after = element("span", { class: "after" })
  const track = element("span", { class: "track" }, before, after)
  const place = element("div", { class: "row" }, char, track, says)
  bars.append(place)
  return { place, char, before, after, says }
}
