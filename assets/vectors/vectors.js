// One character's way through a network: formats numbers and maps them to pixels. Every number comes from
// Python, in hundredths; nothing of the model is computed here.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Gate, Palette, State, VectorsData } from "./types.js" */
import { closest, find, findAll, isDark } from "../shared/dom.js"
import { characters, hidden, readout, stateTables, tabs } from "./build.js"
import { fillNumbers, markCharacters } from "./fill.js"
import { matrix } from "./matrix.js"
import { written } from "./parts.js"
import { light, unitOf } from "./units.js"

/** @param {Component<Palette>} component */
export default function ({ data: palette, parentElement }) {
  const root = find(parentElement, ".vectors")
  const tone = isDark(root) ? "dark" : "light"
  for (const [name, tones] of Object.entries(palette)) root.style.setProperty(`--${name}`, tones[tone])
  if (root.dataset.ready) return // the script ran again, for another theme
  root.dataset.ready = "yes"
  /** @type {State | null} */
  let state = null
  const receive = () => {
    if (!root.isConnected) { // the visitor went to another page
      document.removeEventListener("lstm-vectors-data", receive)
      return
    }
    if (!window.lstmVectors) return
    const { data } = window.lstmVectors
    if (!state) listen((state = { root, data, gate: "f", source: "", pinned: null }))
    show(state, data)
  }
  document.addEventListener("lstm-vectors-data", receive)
  receive()
}

/**
 * Show another step, or another text.
 * @param {State} state
 * @param {VectorsData} data
 */
function show(state, data) {
  const shadow = /** @type {ShadowRoot} */ (state.root.getRootNode())
  const focus = /** @type {HTMLElement | null} */ (shadow.activeElement)
  const isFollowed = focus?.dataset.step !== undefined // the focus goes along with the character
  state.data = data
  if (state.pinned !== null && state.pinned >= data.H) state.pinned = null
  build(state)
  fill(state)
  if (isFollowed) find(state.root, `[data-step="${data.t}"]`).focus()
}

/**
 * Build the elements, unless they are there for these sizes and this text.
 * @param {State} state
 */
function build(state) {
  const { root, data } = state
  const source = JSON.stringify([data.H, data.text])
  if (source === state.source) return
  state.source = source
  find(root, ".strip").replaceChildren(...characters(data.text))
  find(root, ".tabs").replaceChildren(...tabs())
  find(root, ".state .row").replaceChildren(...stateTables(data.H))
  find(root, ".output .row").replaceChildren(hidden(data.H), readout(data))
  buildGate(state)
}

/** @param {State} state */
function buildGate({ root, data, gate }) {
  for (const tab of findAll(root, "[data-gate]")) {
    tab.setAttribute("aria-pressed", String(tab.dataset.gate === gate))
  }
  find(root, ".gate .equation").replaceChildren(...written(data.equations[gate]))
  find(root, ".wide").replaceChildren(matrix(data, gate))
}

/** @param {State} state */
function fill(state) {
  fillNumbers(state)
  markCharacters(state)
  light(state, state.pinned)
}

/**
 * Point at units; choose units, gates and characters.
 * @param {State} state
 */
function listen(state) {
  const { root } = state
  for (const type of ["pointerover", "focusin"]) {
    root.addEventListener(type, (event) => light(state, unitOf(event) ?? state.pinned))
  }
  for (const type of ["pointerleave", "focusout"]) {
    root.addEventListener(type, () => light(state, state.pinned))
  }
  root.addEventListener("click", (event) => {
    const step = closest(event, "[data-step]")?.dataset.step
    const gate = closest(event, "[data-gate]")?.dataset.gate
    const unit = unitOf(event)
    if (step !== undefined) window.lstmVectors?.choose(Number(step))
    if (gate) {
      state.gate = /** @type {Gate} */ (gate)
      buildGate(state)
      fill(state)
    }
    if (unit === null) return
    state.pinned = state.pinned === unit ? null : unit
    light(state, state.pinned)
  })
  root.addEventListener("keydown", (event) => {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!move || !closest(event, "[data-step]")) return
    event.preventDefault()
    const next = state.data.t + move
    if (next >= 0 && next < state.data.text.length) window.lstmVectors?.choose(next)
  })
}
