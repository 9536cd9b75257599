// One character's way through a network: formats numbers and maps them to pixels. Every number comes from
// Python, in hundredths; nothing of the model is computed here.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
/** @import { Gate, State, VectorsData } from "./types.js" */
import { register } from "../drawing/register.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { find, setText } from "../shared/dom.js"
import { closest, findAll } from "../shared/search.js"
import { markSides } from "../shared/sideways.js"
import { setPalette } from "../shared/theme.js"
import { characters, hidden, outputLayer, stateTables, tabs } from "./build.js"
import { fillNumbers, markCharacters } from "./fill.js"
import { matrix } from "./matrix.js"
import { written } from "./parts.js"
import { light, unitOf } from "./units.js"

/** @type {WeakMap<HTMLElement, State>} */
const states = new WeakMap()

/**
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
function buildVectors(place, panel) {
  place.innerHTML = panel.data.look.markup // ours
  find(place, ".chosen").replaceWith(panel.boxes.char)
  markSides(find(place, ".wide"))
}

/**
 * Show another step, or another text.
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function drawVectors(place, frame, panel) {
  const data = /** @type {VectorsData} */ (frame), state = states.get(place) ?? begin(place, data, panel)
  const shadow = /** @type {ShadowRoot} */ (place.getRootNode())
  const focus = /** @type {HTMLElement | null} */ (shadow.activeElement)
  const isFollowed = focus?.dataset.step !== undefined // the focus goes along with the character
  state.data = data
  if (state.pinned !== null && state.pinned >= data.H) state.pinned = null
  setPalette(place, panel.data.look.palette)
  build(state)
  fill(state)
  setText(find(place, ".complaint"), data.complaint)
  setMarkup(find(place, ".counted"), data.counted)
  if (isFollowed) find(place, `[data-step="${data.t}"]`).focus()
  chooseCharacter(state, panel)
}

/**
 * @param {HTMLElement} place
 * @param {VectorsData} data
 * @param {Panel} panel
 * @returns {State}
 */
function begin(place, data, panel) {
  /** @type {State} */
  const state = { root: place, data, gate: "f", source: "", text: data.text.join(""), pinned: null }
  states.set(place, state)
  listen(state, panel)
  return state
}

/**
 * The slider is as wide as the characters below it, so that its thumb stands above the one that is read. A
 * new text begins anew, and a character that it does not have is not chosen.
 * @param {State} state
 * @param {Panel} panel
 */
function chooseCharacter(state, panel) {
  const { text, t, first } = state.data, box = panel.boxes.char
  const input = /** @type {HTMLInputElement} */ (panel.inputs.char)
  input.max = String(text.length - 1)
  input.value = String(t)
  box.style.width = `min(100%, ${Math.max(240, 44 * text.length)}px)`
  const own = text.join(""), isNew = own !== state.text
  state.text = own
  if (isNew) panel.set({ char: String(first) })
  else if (Number(panel.setting.char) > text.length) panel.set({ char: String(t + 1) })
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
  find(root, ".output .row").replaceChildren(hidden(data.H), outputLayer(data))
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
 * @param {Panel} panel
 */
function listen(state, panel) {
  const { root } = state
  const choose = (/** @type {number} */ step) => panel.set({ char: String(step + 1) })
  for (const type of ["pointerover", "focusin"]) {
    root.addEventListener(type, (event) => light(state, unitOf(event) ?? state.pinned))
  }
  for (const type of ["pointerleave", "focusout"]) {
    root.addEventListener(type, () => light(state, state.pinned))
  }
  panel.root.addEventListener("change", () => { // a control is let go
    setText(find(root, ".spoken"), find(root, ".say").textContent ?? "")
  })
  find(root, ".strip").addEventListener("pointerenter", () => panel.take("char"))
  root.addEventListener("click", (event) => {
    const step = closest(event, "[data-step]")?.dataset.step
    const gate = closest(event, "[data-gate]")?.dataset.gate
    const unit = unitOf(event)
    if (step !== undefined) choose(Number(step))
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
    if (next >= 0 && next < state.data.text.length) choose(next)
  })
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) =>
  showPanel(root, data, { build: buildVectors, draw: drawVectors }))
