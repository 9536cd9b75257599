// The controls of a panel: sliders, choices, switches, fields; in view at once, or behind a button.

/** @import { Control, Panel } from "./types.js" */
import { element, find, setAttributes, setText } from "../shared/dom.js"

const TYPING = 300 // milliseconds without a key, after which what was typed counts

/**
 * What controls stand in: a panel, or another drawing with some of them.
 * @typedef {Pick<Panel, "root" | "inputs" | "boxes" | "setting" | "set"> & {
 *   data: Pick<Panel["data"], "controls" | "presets" | "moreLabel">}} ControlBox
 */

/**
 * take: a control is touched; move: it is set.
 * @typedef {object} Actions
 * @property {(control: Control, byPointer: boolean) => void} take
 * @property {(control: Control, value: string) => void} move
 */

/**
 * @param {ControlBox} panel
 * @param {Actions} actions
 */
export function buildControls(panel, actions) {
  const { root, data } = panel
  const main = element("div", { class: "controls" })
  const more = element("div", { class: "controls" })
  for (const control of data.controls) {
    if (control.kind === "drawing") continue
    const box = buildControl(panel, control, actions)
    if (control.byDrawing) panel.boxes[control.name] = box
    else if (control.more) more.append(box)
    else main.append(box)
  }
  if (data.presets.length) main.append(buildPresets(panel))
  root.append(main)
  if (more.childElementCount) {
    root.append(element("details", { class: "more" }, element("summary", {}, data.moreLabel), more))
  }
  data.controls.forEach((control) => showControl(panel, control))
}

/**
 * @param {ControlBox} panel
 * @param {Control} control
 * @param {Actions} actions
 */
function buildControl(panel, control, actions) {
  const name = element("span", { class: "name" })
  name.innerHTML = control.label // Python's, with symbols
  const parts = control.kind === "slider" ? slider(control, actions)
    : control.kind === "choice" ? choice(control, actions)
    : control.kind === "switch" ? toggle(control, actions)
    : field(control, actions)
  panel.inputs[control.name] = parts.input
  const tag = control.kind === "choice" ? "fieldset" : "label"
  const attributes = { class: `control ${control.kind}`, "data-control": control.name }
  const box = element(tag, attributes, name, ...parts.nodes)
  if (control.help) box.title = control.help
  return box
}

/**
 * @param {Control} control
 * @param {Actions} actions
 */
function slider(control, { take, move }) {
  const { values, spoken } = control
  const last = values.length - 1
  const input = element("input", { type: "range", min: 0, max: last, step: 1, "aria-label": spoken })
  for (const type of ["pointerenter", "pointerdown", "focus"]) {
    input.addEventListener(type, () => take(control, type !== "focus" || input.matches(":hover")))
  }
  input.addEventListener("input", () => move(control, values[Number(input.value)]))
  return { input, nodes: [element("output"), input] }
}

/**
 * @param {Control} control
 * @param {Actions} actions
 */
function choice(control, { move }) {
  const group = element("span", { class: "options", role: "radiogroup", "aria-label": control.spoken })
  const name = `${control.name}-${Math.random()}` // radio buttons of two panels are not one group
  control.values.forEach((value, k) => {
    const input = element("input", { type: "radio", name, value })
    input.addEventListener("change", () => move(control, value))
    group.append(element("label", {}, input, element("span", {}, control.texts[k])))
  })
  return { input: group, nodes: [group] }
}

/**
 * @param {Control} control
 * @param {Actions} actions
 */
function toggle(control, { move }) {
  const input = element("input", { type: "checkbox", role: "switch", "aria-label": control.spoken })
  input.addEventListener("change", () => move(control, String(input.checked)))
  return { input, nodes: [input] }
}

/**
 * A field for a number or a text: what was typed counts after a pause, or with Enter.
 * A number that is entered becomes a whole one within its range.
 * @param {Control} control
 * @param {Actions} actions
 */
function field(control, { move }) {
  const [low, high] = control.values, isNumber = control.kind === "number"
  const input = element("input", isNumber
    ? { type: "number", min: low, max: high, step: 1, "aria-label": control.spoken }
    : { type: "text", "aria-label": control.spoken, autocomplete: "off" })
  if (control.longest) input.maxLength = control.longest
  let timer = 0
  const whole = () => String(Math.max(Number(low), Math.min(Number(high), Math.round(Number(input.value)))))
  const count = () => {
    clearTimeout(timer)
    if (!isNumber) move(control, input.value)
    else if (input.value.trim() !== "") move(control, whole())
  }
  input.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(count, TYPING)
  })
  input.addEventListener("change", () => {
    count()
    if (isNumber && input.value.trim() !== "") input.value = whole() // what counts is what is read
  })
  return { input, nodes: [input] }
}

/** @param {ControlBox} panel */
function buildPresets(panel) {
  const buttons = panel.data.presets.map(({ label, setting }) => {
    const button = element("button", { type: "button" }, label)
    button.addEventListener("click", () => panel.set(setting))
    return button
  })
  return element("div", { class: "presets" }, ...buttons)
}

/**
 * Show where a control stands; one that is being typed into is left alone.
 * @param {ControlBox} panel
 * @param {Control} control
 */
export function showControl({ root, inputs, setting }, control) {
  if (control.kind === "drawing") return
  const value = setting[control.name], input = inputs[control.name]
  if (control.kind === "choice") {
    for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (input.querySelectorAll("input"))) {
      radio.checked = radio.value === value
    }
    return
  }
  if (!(input instanceof HTMLInputElement)) return
  if (control.kind === "switch") input.checked = value === "true"
  else if (control.kind === "slider") {
    const at = control.values.indexOf(value), text = control.texts[at] ?? value
    if (Number(input.value) !== at) input.value = String(at)
    setText(find(/** @type {HTMLElement} */ (input.parentElement), "output"), text)
    setAttributes(input, { "aria-valuetext": `${control.spoken} ${text}` })
  } else if (input !== /** @type {ShadowRoot} */ (root.getRootNode()).activeElement) input.value = value
}
