// The panel of Its own mistakes: a text read with and without one wrong character, what it costs at the next
// ones, and how long the states differ.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
import { buildCurves } from "../curves/curves.js"
import { drawFrameCurves } from "../curves/frames.js"
import { register } from "../drawing/register.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { element, find, setText } from "../shared/dom.js"
import { decodeInt16 } from "../shared/numbers.js"
import { buildBars, drawReadings } from "./bars.js"

/**
 * What is shown in each panel: the place of the mistake, the wrong characters there by their rank; and one
 * that was typed for a place that is still on its way, where it may have another rank.
 * @type {WeakMap<HTMLElement, {at: number, order: string, typed: string}>}
 */
const shownIn = new WeakMap()

/**
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
function build(place, panel) {
  const bars = buildBars()
  bars.onkeydown = (event) => typeMistake(event, place, panel)
  const title = "Distance of the states of the two readings (1: as far apart as at two random places)"
  place.append(bars, element("p", { class: "words", role: "status" }),
    element("p", { class: "curves-title" }, title), buildCurves(),
    element("p", { class: "states" }))
}

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function draw(place, frame, panel) {
  const { look, covered, cover } = panel.data
  for (const name of ["tone", "grey", "mark"]) place.style.setProperty(`--${name}`, look[name])
  const typed = shownIn.get(place)?.typed ?? ""
  shownIn.set(place, { at: frame.place, order: frame.order, typed })
  const { mean, low, high } = frame.means[frame.kind]
  drawReadings(find(place, ".reading"), {
    text: Array.from(frame.text), place: frame.place, wrong: frame.wrong, top: frame.top, low: frame.low,
    intact: decodeInt16(frame.intact), withMistake: decodeInt16(frame.withMistake),
    extra: decodeInt16(frame.extra), alt: frame.says, places: look.places,
    means: { mean: decodeInt16(mean), low: decodeInt16(low), high: decodeInt16(high) },
    cover: covered.includes("mistake") ? cover : "",
  }, (at) => choosePlace(panel, at))
  setMarkup(find(place, ".words"), frame.words)
  drawFrameCurves(find(place, ".curves"), { ...frame, still: frame.medians[frame.kind] }, panel)
  setText(find(place, ".states"), frame.alt)
  if (typed) readTyped(place, panel)
}

/**
 * Put the wrong character elsewhere, as far as its slider goes.
 * @param {Panel} panel
 * @param {number} place
 */
function choosePlace(panel, place) {
  if (panel.controls.place.values.includes(String(place))) panel.set({ place: String(place) })
}

/**
 * A character that is typed is read in place of the true one; arrow keys put it elsewhere.
 * @param {KeyboardEvent} event
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
function typeMistake(event, place, panel) {
  const shown = shownIn.get(place), way = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  if (!shown || event.ctrlKey || event.metaKey || event.altKey) return
  const char = event.key === "Enter" ? "\n" : event.key, isOnItsWay = Number(panel.setting.place) !== shown.at
  if (way) choosePlace(panel, Number(panel.setting.place) + way)
  else if (Array.from(char).length === 1 && (isOnItsWay || shown.order.includes(char))) {
    shown.typed = char
    readTyped(place, panel)
  } else return
  event.preventDefault()
}

/**
 * Read the character that was typed, as soon as the place that it was typed for is shown.
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
function readTyped(place, panel) {
  const shown = shownIn.get(place)
  if (!shown || Number(panel.setting.place) !== shown.at) return
  const rank = Array.from(shown.order).indexOf(shown.typed) + 1
  shown.typed = ""
  if (rank) panel.set({ wrong: String(rank) })
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) => showPanel(root, data, { build, draw }))
