// A setting that each student chooses: its sliders, and its words.

/** @import { Asking, Setting, Value } from "./types.js" */

import { element, setAttributes, setText } from "../shared/dom.js"
import { marked } from "./markup.js"
import { outcomeOf } from "./own.js"

/** @typedef {Pick<Asking, "settings" | "surface" | "right">} Judged */

/** @param {string} value  as an address says it */
const valueText = (value) => value.replace(/^-/, "−")

/**
 * A setting in words: b_f = −2, b_i = 0.
 * @param {Setting[]} settings
 * @param {string} answer  the places of its values
 * @param {"text" | "html"} kind
 */
export const settingText = (settings, answer, kind) => answer.split(",").map((place, k) => {
  const { text, [kind]: name, values } = settings[k]
  return `${name || text}\u00a0=\u00a0${valueText(values[Number(place)])}`
}).join(", ")

/** @type {(settings: Setting[], answer: string) => number}  its place in the surface; NaN: it is none */
const surfacePlace = (settings, answer) =>
  answer.split(",").reduce((row, place, k) => row * settings[k].values.length + Number(place), 0)

/**
 * What came of a setting, in the words of the question.
 * @param {Asking} asking
 * @param {string} answer
 */
export const outcomeWords = ({ settings = [], surface }, answer) =>
  surface?.words[surfacePlace(settings, answer)] ?? ""

/** @type {(asking: Judged, answer: unknown) => number | undefined}  what came of a setting, as a height */
const heightOf = ({ settings = [], surface }, answer) =>
  surface?.heights[surfacePlace(settings, String(answer))]

/**
 * Whether an answer is right; of settings several can be as good as the best one.
 * @type {(asking: Asking, answer: Value | null) => boolean}
 */
export const isRightAnswer = (asking, answer) => {
  const { right = null, surface } = asking
  return right !== null && (surface ? heightOf(asking, answer) === heightOf(asking, right)
    : outcomeOf(asking, answer) === right)
}

/** @param {Judged} asking  what its best setting is called, as which others may be as good */
export function bestName(asking) {
  const best = heightOf(asking, asking.right)
  const { length } = (asking.surface?.heights ?? []).filter((height) => height === best)
  return length > 1 ? `One of the ${length} best` : "Best"
}

/** @param {Setting} setting  the ends of its slider */
export const endsOfSetting = ({ values }) => element(
  "p", { class: "ends", "aria-hidden": "true" },
  ...[values[0], values[values.length - 1]].map((value) => element("span", {}, valueText(value))),
)

/**
 * A slider for each setting; nothing is chosen before each of them was touched.
 * @param {Setting[]} settings
 * @param {() => void} changed
 */
export function slidersOf(settings, changed) {
  const controls = settings.map((setting, k) => sliderOf(setting, `setting${k}`, () => {
    isTouched = true
    changed()
  }))
  let isTouched = false
  return {
    nodes: controls.flatMap(({ nodes }) => nodes),
    /** The answer, "" as long as there is none. */
    read: () => (controls.some(({ slider }) => slider.className) ? "" :
      String(controls.map(({ slider }) => slider.value))),
    /** @param {string} answer  the one before, which moves nothing that is in hand */
    show: (answer) => answer.split(",").forEach((place, k) => isTouched || controls[k].set(place)),
  }
}

/**
 * @param {Setting} setting
 * @param {string} id
 * @param {() => void} touched
 */
function sliderOf(setting, id, touched) {
  const { html, text, values } = setting, last = values.length - 1
  const slider = element("input", { id, type: "range", max: last, value: last >> 1 })
  const words = element("b", { "aria-hidden": "true" }) // the slider says it itself
  const label = element("label", { for: id }, ...marked(html, text), words)
  const set = (/** @type {string} */ place) => {
    slider.value = place
    const value = valueText(values[Number(place)])
    setText(words, ` = ${value}`)
    setAttributes(slider, { "aria-valuetext": value, class: "" })
  }
  setAttributes(slider, { "aria-valuetext": "none yet", class: "unset" })
  for (const event of ["input", "click"]) { // a click: also the value in the middle can be meant
    slider.addEventListener(event, () => {
      set(slider.value)
      touched()
    })
  }
  return { nodes: [label, slider, endsOfSetting(setting)], slider, set }
}
