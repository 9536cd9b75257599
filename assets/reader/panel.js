// What the network expected at the chosen character: bars before and after temperature, and what is said of
// it.

/** @import { Details, DetailsData, Panel, PanelRow } from "./types.js" */
import { element, setText } from "../shared/dom.js"
import { decodeUint16, formatNumber } from "../shared/numbers.js"
import { percent, visible } from "./format.js"

const CONTEXT = 12 // characters that are shown before the chosen one
const NAMED = 3 // bars that a screen reader names

/** @returns {Panel} */
export function buildPanel() {
  const head = element("p", { class: "head" }), facts = element("dl")
  const status = element("p", { class: "status", role: "status" })
  const legend = element("p", { class: "legend" }), bars = element("div", { class: "bars" }, legend)
  const words = element("div", { class: "words" }, head, facts, status)
  const place = element("div", { class: "panel" }, words, bars)
  return { place, head, facts, status, bars, legend, rows: [] }
}

/**
 * @param {DetailsData} data
 * @returns {Details}
 */
export function unpackDetails({ codes, chars, given, each }) {
  const columns = Object.entries(codes).map(([name, code]) => [name, decodeUint16(code)])
  return { ...Object.fromEntries(columns), chars, given, each }
}

/**
 * @param {Panel} panel
 * @param {Details | null} details
 * @param {string[]} chars
 * @param {number} at
 */
export function fillPanel(panel, details, chars, at) {
  panel.place.hidden = !details || at < 0
  if (!details || at < 0) return
  setText(panel.head, headline(chars, at))
  fillFacts(panel.facts, facts(details, at))
  setText(panel.legend, details.given)
  fillBars(panel, details, chars, at)
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
 * What is said of the chosen character, [name, text] each.
 * @param {Details} details
 * @param {number} at
 */
function facts({ surprise, entropy, among, rank, chars }, at) {
  const bits = (/** @type {number} */ hundredths) => `${formatNumber(hundredths)} bits`
  const place = rank[at] === 1 ? "the likeliest came" : `number ${rank[at]} of ${chars.length} came`
  return [
    ["surprise", bits(surprise[at])],
    ["entropy", `${bits(entropy[at])}, as unsure as among ${formatNumber(among[at], 1)}`],
    ["place", place],
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
 * @param {Panel} panel
 * @param {Details} details
 * @param {string[]} chars
 * @param {number} at
 */
function fillBars({ rows, bars, status }, details, chars, at) {
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
    row.before.style.width = `${before / 100}%`
    row.after.style.width = `${after / 100}%`
    row.place.classList.toggle("came", char === chars[at])
    if (k < NAMED) names.push(`${visible(char)} ${percent(before)}`)
  })
  setText(status, `Expected: ${names.join(", ")}.`)
}

/**
 * @param {HTMLElement} bars
 * @returns {PanelRow}
 */
function addRow(bars) {
  const char = element("span", { class: "char" }), says = element("span", { class: "says" })
  const before = element("span", { class: "before" }), after = element("span", { class: "after" })
  const track = element("span", { class: "track" }, before, after)
  const place = element("div", { class: "row" }, char, track, says)
  bars.append(place)
  return { place, char, before, after, says }
}
