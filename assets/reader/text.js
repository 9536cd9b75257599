// A text whose characters can be chosen, coloured and revealed one by one.

/** @import { Colouring, State, TextData, TextView } from "./types.js" */
import { element, setText } from "../shared/dom.js"
import { colourOf, faint } from "./format.js"

const PAGE = 20 // characters that PageUp and PageDown go
const SAME_LINE = 4 // pixels that characters of a line may differ in height

/**
 * @param {HTMLElement} place
 * @param {State} state
 * @param {(at: number) => void} choose
 * @returns {TextView}
 */
export function buildText(place, state, choose) {
  const name = element("p", { class: "name" })
  const paper = element("div",
    { class: "paper", tabindex: 0, role: "application", "aria-roledescription": "text to walk through" })
  const box = element("div", { class: "box" }, name, paper)
  place.append(box)
  /** @type {TextView} */
  const view = { box, name, paper, spans: [], chars: [], tints: [], chosenSpan: null, source: "" }
  paper.onclick = (event) => {
    const at = view.spans.indexOf(/** @type {HTMLElement} */ (event.target))
    if (at >= 0) choose(at)
  }
  paper.onkeydown = (event) => {
    const last = view.spans.length - 1, at = nextByKey(event.key, view, state.at)
    if (at === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    choose(Math.max(0, Math.min(last, at)))
  }
  return view
}

/**
 * Where a key leads to from a character; beyond the text's ends as well.
 * @param {string} key
 * @param {TextView} view
 * @param {number} at
 */
function nextByKey(key, view, at) {
  switch (key) {
    case "ArrowRight": return at + 1
    case "ArrowLeft": return at - 1
    case "ArrowDown": return vertical(view.spans, at, 1)
    case "ArrowUp": return vertical(view.spans, at, -1)
    case "PageDown": return at + PAGE
    case "PageUp": return at - PAGE
    case "Home": return 0
    case "End": return view.spans.length - 1
  }
}

/**
 * The character above (direction −1) or below (1) another one on the page.
 * @param {HTMLElement[]} spans
 * @param {number} at
 * @param {1 | -1} direction
 */
function vertical(spans, at, direction) {
  const from = spans[at]?.getBoundingClientRect()
  if (!from) return 0
  for (let k = at + direction, line = null; spans[k]; k += direction) {
    const place = spans[k].getBoundingClientRect()
    if (Math.abs(place.top - from.top) < SAME_LINE) continue
    line ??= place.top
    if (Math.abs(place.top - line) > SAME_LINE) return k - direction
    if (direction > 0 ? place.left >= from.left - 2 : place.left <= from.left + 2) return k
  }
  return direction > 0 ? spans.length - 1 : 0
}

/**
 * Put a text on its paper; tells whether it is another than before.
 * @param {TextView} view
 * @param {TextData} text
 */
export function fillText(view, text) {
  view.name.hidden = !text.name
  setText(view.name, text.name)
  view.paper.setAttribute("aria-label", text.alt)
  const source = JSON.stringify([text.chars, text.start, text.first])
  if (view.source === source) return false
  view.source = source
  const chars = Array.from(text.chars)
  while (view.spans.length > chars.length) view.spans.pop()?.remove()
  view.tints.length = chars.length
  // What stays the same is left alone: while a slider is dragged a text follows each of its positions.
  chars.forEach((char, k) => {
    const span = view.spans[k] ?? addCharacter(view)
    if (view.chars[k] !== char || !span.firstChild) span.textContent = char === "\n" ? "⏎\n" : char
    const names = [
      char === "\n" ? "line" : "", k < text.start ? "given" : "", k === text.first ? "first" : "",
    ].join(" ")
    if (span.className !== names) span.className = names
  })
  view.chars = chars
  return true
}

/** @param {TextView} view */
function addCharacter(view) {
  const span = element("span")
  view.paper.append(span)
  view.tints[view.spans.length] = ""
  view.spans.push(span)
  return span
}

/**
 * Colour the characters by values, in hundredths; row: of the unit that they belong to.
 * @param {TextView} view
 * @param {ArrayLike<number> | null} values
 * @param {Colouring} colouring
 * @param {number} row
 */
export function colourText(view, values, colouring, row) {
  view.spans.forEach((span, k) => {
    const value = values?.[k]
    const colour = value === undefined ? "" : faint(colourOf(value, colouring, row))
    if (view.tints[k] !== colour) span.style.backgroundColor = view.tints[k] = colour
  })
}

/**
 * Mark the chosen character, and scroll to it.
 * @param {TextView} view
 * @param {number} at
 */
export function markText(view, at) {
  const { paper } = view
  view.chosenSpan?.classList.remove("chosen")
  view.chosenSpan = view.spans[at] ?? null
  if (!view.chosenSpan) return
  view.chosenSpan.classList.add("chosen")
  const { offsetTop, offsetHeight } = view.chosenSpan
  if (offsetTop + offsetHeight > paper.scrollTop + paper.clientHeight) {
    paper.scrollTop = offsetTop - paper.clientHeight / 2
  } else if (offsetTop < paper.scrollTop) paper.scrollTop = offsetTop - 30
}
