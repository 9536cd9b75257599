// The panel of series: what is to be predicted, where it is cut, a run that learns it, and the map of all
// settings.

/** @import { Component, DrawingRoot } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
import { buildCurves } from "../curves/curves.js"
import { register } from "../drawing/register.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { element, find, setText } from "../shared/dom.js"
import { drawMap } from "./map.js"
import { rememberRun } from "./memory.js"
import { RunWatch, showRun } from "./run.js"
import { buildStage, drawStage } from "./stage.js"

/** @type {WeakMap<HTMLElement, RunWatch>} */
const watches = new WeakMap()

/**
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
function build(place, panel) {
  const start = element("button", { type: "button", class: "start" }, "Train")
  const pause = element("button", { type: "button", class: "pause" }, "Pause")
  const root = /** @type {DrawingRoot} */ (panel.root)
  start.addEventListener("click", () => root.send?.("start", { ...panel.setting }))
  place.append(buildStage(() => redraw(place, panel)),
    element("div", { class: "acts" }, start, pause, element("span", { class: "progress" })),
    element("p", { class: "error", role: "alert" }), element("p", { class: "cover-note" }),
    element("div", { class: "words", role: "status" }), element("div", { class: "both" },
      element("div", { class: "run" }, element("h3", {}), buildCurves()),
      element("div", { class: "map" })))
  const watch = new RunWatch(panel.root, () => redraw(place, panel))
  watches.set(place, watch)
  pause.addEventListener("click", () => watch.pauseOrGoOn())
}

/**
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
function redraw(place, panel) {
  if (panel.frame) draw(place, panel.frame, panel)
}

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function draw(place, frame, panel) {
  const { look, covered, cover } = panel.data, watch = /** @type {RunWatch} */ (watches.get(place))
  for (const [name, tone] of Object.entries(look.tones)) place.style.setProperty(`--${name}`, String(tone))
  const isCovered = covered.includes(frame.task), picture = frame.picture ?? look.picture
  watch.look(isCovered ? null : look.run)
  rememberRun(/** @type {DrawingRoot} */ (panel.root), look.run, look.watcher)
  const isOther = Object.entries(look.run?.setting ?? {}).some(([name, value]) =>
    panel.setting[name] !== value)
  const bias = panel.inputs[look.bias]
  if (bias instanceof HTMLInputElement) bias.disabled = !frame.hasGate
  place.classList.toggle("covered-task", isCovered)
  find(place, ".stage").hidden = !picture
  // What joins a mark to its question, and what is left of the state, help to answer.
  const hidden = isCovered ? { pairs: [], left: [] } : {}
  const predictions = watch.news?.predictions ?? []
  if (picture) drawStage(find(place, ".stage"), { ...frame, ...picture, ...hidden }, predictions, isOther)
  /** @type {HTMLButtonElement} */
  const start = find(place, ".start")
  start.disabled = frame.task === "own" && !picture
  setText(find(place, ".cover-note"), isCovered ? cover : "")
  showRun(place, watch, look)
  const news = watch.news?.words, before = `<p>${frame.words}</p>`
  const last = `<p class="last">Last run (${look.run?.name ?? ""}):</p>`
  const said = isCovered ? "" : !news ? before : isOther ? before + last + news : news
  const verdict = isCovered ? "" : watch.news?.verdict ?? ""
  setMarkup(find(place, ".words"), said + verdict)
  drawMap(find(place, ".map"), isCovered ? null : frame.map, panel, watch.news?.cell ?? null)
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) => showPanel(root, data, { build, draw }))
