// Numbers into what was built: as text, as widths of wires, as heights of gauges, as dots on curves.

/** @import { Fixed, Places, Values } from "./types.js" */
/** @typedef {ReadonlySet<string>} Names */
import { setAttributes, setText } from "../shared/dom.js"
import { findAll } from "../shared/search.js"
import { ONE, formatNumber } from "../shared/numbers.js"
import { stepsText } from "./numbers.js"

const STATES = ["C", "C_prev", "kept_part", "x"] // quantities that go beyond 1: wires show them up to 4
const COVERED = "?" // in place of a number that would answer the question above
const THINNEST = 2.5, THICKER = 9 // pixels: of a wire that carries 0, and how much it grows at most

/**
 * The width of a wire: gates by their share, states by how far they are from 0.
 * @param {string} name
 * @param {number} hundredths
 */
export function thickness(name, hundredths) {
  const size = Math.abs(hundredths) / ONE
  return THINNEST + THICKER * Math.min(1, STATES.includes(name) ? Math.sqrt(size / 4) : size)
}

/**
 * Collect everything that shows a number, once: looking for it in every frame costs more than drawing it.
 * @param {HTMLElement} root
 * @returns {Places}
 */
export const collectPlaces = (root) => ({
  texts: named(root, "value"),
  wires: named(root, "width"),
  gauges: named(root, "gauge").map((place) => {
    const { from, height } = place.element.dataset
    return { ...place, from: Number(from), height: Number(height) }
  }),
  dots: named(root, "dot").map(({ element, name }) => {
    const [z, value] = name.split(",")
    return { element, z, value, low: Number(element.dataset.low) }
  }),
})

/**
 * The elements with a data attribute, and what it says.
 * @param {HTMLElement} root
 * @param {string} attribute
 */
function named(root, attribute) {
  const elements = [...findAll(root, `[data-${attribute}]`)]
  return elements.map((element) => ({ element, name: element.dataset[attribute] ?? "" }))
}

/**
 * @param {Places} places
 * @param {Fixed} fixed
 * @param {Values} values
 * @param {Names} covered names of the numbers that are not to be seen
 */
export function drawNumbers({ texts, wires, gauges, dots }, fixed, values, covered) {
  // Most numbers stay as they are while a slider moves, and need no work.
  const isNew = (/** @type {{name: string, shown?: number}} */ place) => {
    const now = covered.has(place.name) ? Infinity : values[place.name]
    if (place.shown === now) return false
    place.shown = now
    return true
  }
  for (const { element, name } of texts.filter(isNew)) {
    if (!(name in values)) continue
    const value = values[name]
    setText(element, covered.has(name) ? COVERED
      : name === "half_life" ? stepsText(value, fixed.largest) : formatNumber(value))
  }
  for (const { element, name } of wires.filter(isNew)) {
    const value = covered.has(name) ? 0 : values[name] ?? 0
    element.style.setProperty("--width", String(thickness(name, value)))
    element.style.opacity = String(0.4 + 0.6 * Math.min(1, Math.abs(value) / ONE))
    element.classList.toggle("negative", value < 0)
  }
  for (const { element, name, from, height } of gauges.filter(isNew)) {
    const level = height * Math.min(1, Math.abs(values[name] ?? 0) / ONE)
    setAttributes(element, { y: from + height - level, height: level })
    element.classList.toggle("negative", values[name] < 0)
  }
  for (const { element, z, value, low } of dots) {
    const cx = Math.max(-8, Math.min(8, values[z] / ONE))
    setAttributes(element, { cx, cy: 4 - (8 * (values[value] / ONE - low)) / (1 - low) })
  }
}

const SPOKEN = {
  f: "forget gate", i: "input gate", C_tilde: "candidate", o: "output gate", C: "cell state",
  h: "hidden state",
}

/**
 * Say to a screen reader what the drawing shows; not at every frame, only when the cell rests.
 * @param {HTMLElement} root
 * @param {Values} values
 * @param {Names} covered
 */
export function describe(root, values, covered) {
  const text = (/** @type {string} */ name) => covered.has(name) ? COVERED : formatNumber(values[name] ?? 0)
  for (const part of findAll(root, "[data-name]")) {
    setAttributes(part, { "aria-label": `${part.dataset.name}: ${text(part.dataset.symbol ?? "")}` })
  }
  const parts = Object.entries(SPOKEN).map(([name, spoken]) => `${spoken} ${text(name)}`)
  for (const drawing of findAll(root, "[data-drawing]")) {
    setAttributes(drawing, { "aria-label": "The LSTM cell. " + parts.join(", ") })
  }
}
