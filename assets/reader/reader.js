// The reader: texts to walk through, what was expected at the chosen character, and heat maps of what the
// network did with it. Python computed all of it; here it is looked up, and what was chosen is sent back.

/** @import { Component, DrawingRoot } from "../shared/streamlit.js" */
/** @import { ReaderData, State } from "./types.js" */
import { register } from "../drawing/register.js"
import { element } from "../shared/dom.js"
import { decodeInt16 } from "../shared/numbers.js"
import { buildMap, fillMap, showChoice, unitValues } from "./map.js"
import { buildPanel, fillPanel, unpackDetails } from "./panel.js"
import { buildButtons, reveal, startReveal, toggleReveal } from "./reveal.js"
import { buildText, colourText, fillText, markText } from "./text.js"

const REST = 250 // milliseconds without another choice, after which Python is told
/** @type {WeakMap<HTMLElement, State>} */
const states = new WeakMap()

/** @param {Component<{name: string, css: string}>} component */
export default function (component) {
  register(component, draw)
}

/**
 * @param {DrawingRoot} root
 * @param {ReaderData} data
 * @returns {State}
 */
function build(root, data) {
  const { buttons, pauseButton, allButton } = buildButtons()
  const mapsPlace = element("div", { class: "maps" }), textsPlace = element("div", { class: "texts" })
  const panel = buildPanel()
  root.append(buttons, mapsPlace, textsPlace, panel.place)
  /** @type {State} */
  const state = {
    root, data, at: 0, unit: -1, texts: [], maps: [], textsPlace, mapsPlace, panel, details: null, buttons,
    pauseButton, revealed: 0, running: false, timer: 0,
  }
  pauseButton.onclick = () => toggleReveal(state)
  allButton.onclick = () => reveal(state, Infinity)
  document.addEventListener("lstm-pointer", function listen() {
    if (root.isConnected) takePointer(state)
    else document.removeEventListener("lstm-pointer", listen)
  })
  return state
}

/**
 * @param {DrawingRoot} root
 * @param {ReaderData} data
 */
function draw(root, data) {
  const before = states.get(root)
  const state = before ?? build(root, data), stream = before?.data.stream
  states.set(root, state)
  state.data = data
  root.style.setProperty("--tone", data.tone)
  root.style.setProperty("--grey", data.grey)
  root.style.setProperty("--mark", data.mark)
  const isNew = fill(state)
  if (isNew && state.running) reveal(state, Infinity)
  takePointer(state, isNew)
  if (before && data.stream !== stream) startReveal(state, data.texts[0].start)
  else if (isNew) reveal(state, Infinity)
}

/**
 * Fill texts, maps and panel; tells whether a text is another than before.
 * @param {State} state
 */
function fill(state) {
  const { data, texts, maps } = state
  resize(texts, data.texts.length, () => buildText(state.textsPlace, state, (at) => choose(state, at)))
  resize(maps, data.maps.length, (k) =>
    buildMap(state.mapsPlace, state, k, (unit, at) => pick(state, unit, at)))
  state.root.classList.toggle("two", data.texts.length > 1)
  const isNew = data.texts.map((text, k) => fillText(texts[k], text)).some(Boolean)
  data.maps.forEach((map, k) => fillMap(maps[k], data, map))
  state.details = data.details && unpackDetails(data.details)
  return isNew
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

/**
 * Take over what Python has chosen. It travels by itself, in a message of a few bytes: lstmPointers holds the
 * newest. What the visitor has chosen meanwhile counts, unless the text is new; Python will hear of it.
 * @param {State} state
 * @param {boolean} [isNew]
 */
function takePointer(state, isNew = false) {
  const { at, unit } = window.lstmPointers?.[state.data.key] ?? { at: 0, unit: -1 }
  if (!state.timer || isNew) Object.assign(state, { at, unit })
  show(state)
}

/** @param {State} state */
function show(state) {
  const { data, texts, maps, at, unit } = state
  texts.forEach((text, k) => {
    const map = maps[k], { tints } = data.texts[k]
    const values = map ? unitValues(map, data, unit) : tints ? decodeInt16(tints) : null
    colourText(text, values, data, data.units.indexOf(unit))
    markText(text, at)
  })
  maps.forEach((map) => showChoice(map, state))
  fillPanel(state.panel, state.details, texts[0].chars, at)
}

/**
 * Choose a character in the text.
 * @param {State} state
 * @param {number} at
 */
function choose(state, at) {
  if (state.running) reveal(state, Infinity)
  state.panel.place.classList.remove("later")
  state.at = at
  show(state)
  sendLater(state)
}

/**
 * Choose a unit and a character in the map.
 * @param {State} state
 * @param {number} unit
 * @param {number} at
 */
function pick(state, unit, at) {
  Object.assign(state, { unit, at })
  show(state)
  sendLater(state)
}

/** @param {State} state */
function sendLater(state) {
  clearTimeout(state.timer)
  state.timer = setTimeout(() => {
    state.timer = 0
    state.root.send?.("chosen", [state.at, state.unit])
  }, REST)
}
