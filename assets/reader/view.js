// The reader: texts to walk through, what was expected at the chosen character, and heat maps of what the
// network did with it; a part of the drawings of the sampling page. Python computed all of it; here it is
// looked up.

/** @import { Choice, ReaderData, State } from "./types.js" */
import { element } from "../shared/dom.js"
import { decodeInt16 } from "../shared/numbers.js"
import { buildMap, fillMap, showChoice, unitValues } from "./map.js"
import { buildDetails, fillDetails, unpackDetails } from "./details.js"
import { buildButtons, reveal, toggleReveal } from "./reveal.js"
import { buildText, colourText, fillText, markText } from "./text.js"

/** @type {ReaderData} */
const NOTHING = {
  texts: [], maps: [], units: [], symbol: "", details: null, bounds: [], palette: [], spans: null,
}

/**
 * Build a reader in an element of its own, `root` of what is returned; onChoice: hears of what the visitor
 * has chosen.
 * @param {State["onChoice"]} onChoice
 * @returns {State}
 */
export function buildReader(onChoice) {
  const { buttons, pauseButton, allButton } = buildButtons()
  const mapsPlace = element("div", { class: "maps" }), textsPlace = element("div", { class: "texts" })
  const details = buildDetails()
  const root = element("div", { class: "reader" }, buttons, mapsPlace, textsPlace, details.place)
  /** @type {State} */
  const state = {
    root, data: NOTHING, at: -1, unit: -1, texts: [], maps: [], textsPlace, mapsPlace, details,
    expected: null, buttons, pauseButton, revealed: 0, running: false, onChoice,
  }
  pauseButton.onclick = () => toggleReveal(state)
  allButton.onclick = () => reveal(state, Infinity)
  return state
}

/**
 * Show texts, maps and what is chosen.
 * @param {State} state
 * @param {ReaderData} data
 * @param {Choice} choice
 */
export function showReader(state, data, { at, unit }) {
  const { texts, maps } = state
  Object.assign(state, { data, at, unit })
  resize(texts, data.texts.length, () => buildText(state.textsPlace, state, (at) => choose(state, at)))
  resize(maps, data.maps.length, (k) =>
    buildMap(state.mapsPlace, state, k, (unit, at) => pick(state, unit, at)))
  state.root.classList.toggle("two", data.texts.length > 1)
  const isNew = data.texts.map((text, k) => fillText(texts[k], text)).some(Boolean)
  data.maps.forEach((map, k) => fillMap(maps[k], data, map))
  state.expected = data.details && unpackDetails(data.details)
  showChosen(state)
  if (isNew) reveal(state, Infinity)
}

/**
 * Make a list of views as long as it has to be.
 * @template {{box: HTMLElement}} View
 * @param {View[]} views
 * @param {number} count
 * @param {(k: number) => View} buildView
 */
function resize(views, count, buildView) {
  while (views.length > count) views.pop()?.box.remove()
  while (views.length < count) views.push(buildView(views.length))
}

/** @param {State} state */
function showChosen(state) {
  const { data, texts, maps, at, unit } = state
  texts.forEach((text, k) => {
    const map = maps[k], { tints } = data.texts[k]
    const values = map ? unitValues(map, data, unit) : tints ? decodeInt16(tints) : null
    colourText(text, values, data, data.units.indexOf(unit))
    markText(text, at)
  })
  maps.forEach((map) => showChoice(map, state))
  fillDetails(state.details, state.expected, texts[0]?.chars ?? [], at)
}

/**
 * Choose a character in the text.
 * @param {State} state
 * @param {number} at
 */
function choose(state, at) {
  if (state.running) reveal(state, Infinity)
  state.details.place.classList.remove("later")
  pick(state, state.unit, at)
}

/**
 * Choose a unit and a character.
 * @param {State} state
 * @param {number} unit
 * @param {number} at
 */
function pick(state, unit, at) {
  Object.assign(state, { unit, at })
  showChosen(state)
  state.onChoice({ at, unit })
}
