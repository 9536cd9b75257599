// Runs that are watched: the browser asks what is new of them and keeps it. Each visitor has a place of their
// own in them. No look, no pause and no step runs a script.

/** @import { Component, DrawingRoot } from "../shared/streamlit.js" */
/** @import { RunData, View } from "./types.js" */
import { register } from "../drawing/register.js"
import { sendLast } from "../shared/ask.js"
import { element } from "../shared/dom.js"
import { shape } from "../shared/shape.js"
import { passKeysOn } from "../shared/keys.js"
import { askNews, askSentences, newsAsker, sentencesAsker, takeNews, takeSentences } from "./asking.js"
import { goOneStep, goTo, pauseOrGoOn, play } from "./cursor.js"
import { showView } from "./look.js"
import { visitOf } from "./memory.js"

const TICK = 100 // milliseconds between two positions of a cursor that plays
/** @type {WeakMap<HTMLElement, View>} */
const views = new WeakMap()
/** @type {Record<string, string>} */
const ICONS = {
  pause: "M5 3h3v10H5zM9.5 3h3v10h-3z", play: "M4.5 2.5v11l9-5.5z", step: "M3 3v10l6.5-5zM11 3h2v10h-2z",
  reset: "M8 3V.8L4.2 4 8 7.2V5a4 4 0 1 1-4 4H2.2A5.8 5.8 0 1 0 8 3z",
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, drawVisit)

/**
 * @param {DrawingRoot} root
 * @param {RunData} data
 */
function drawVisit(root, data) {
  const view = views.get(root) ?? buildView(root)
  views.set(root, view)
  const visit = visitOf(root, data)
  if (visit !== view.visit) {
    for (const place of [view.parts.bars, view.parts.beside]) place.replaceChildren()
    view.asked = ""
  }
  view.visit = visit
  showView(view)
  askNews(view)
  askSentences(view)
}

/**
 * @param {DrawingRoot} root
 * @returns {View}
 */
function buildView(root) {
  const parts = buildParts(root)
  /** @type {View} */
  const view = {
    root, parts, visit: null, timer: 0, clock: setInterval(() => tick(view), TICK),
    movedAt: performance.now(), asked: "", askedAt: 0,
    news: newsAsker(root, (answer, question) => {
      takeNews(view, answer, question)
      showView(view)
    }, (sentence) => {
      if (view.visit) view.visit.gone = sentence
      showView(view)
    }),
    sentences: sentencesAsker(root, (answer, question) => {
      takeSentences(view, answer, question)
      showView(view)
    }),
  }
  const act = (/** @type {(visit: NonNullable<View["visit"]>) => void} */ change) => () => {
    if (!view.visit) return
    change(view.visit)
    showView(view)
    askNews(view)
    askSentences(view)
  }
  parts.toggle.addEventListener("click", act(pauseOrGoOn))
  parts.step.addEventListener("click", act(goOneStep))
  parts.reset.addEventListener("click", act((visit) => goTo(visit, 0)))
  const slider = /** @type {HTMLInputElement} */ (parts.slider)
  slider.addEventListener("input", act((visit) => goTo(visit, Number(slider.value))))
  parts.drawer.addEventListener("toggle", () => askSentences(view))
  passKeysOn(root)
  listenToPage(view)
  return view
}

/** @param {HTMLElement} root */
function buildParts(root) {
  const toggle = button("pause", "Pause", ""), step = button("step", "Step", "One update of the weights.")
  const reset = button("reset", "Reset",
    "Go back to the weights that the run began with. What was computed is kept and can be shown again.")
  const slider = element("input", { type: "range", step: 1, "aria-label": "Look at step" })
  const way = element("label", { class: "way" },
    element("span", {}, "Look at step "), element("output"), slider)
  const bars = element("div", { class: "bars" }), trouble = element("p", { class: "trouble", role: "alert" })
  const cover = element("p", { class: "cover" })
  const picture = element("div", { class: "losses" }), beside = element("div", { class: "beside" })
  const words = element("div", { class: "words" }), checklist = element("div", { class: "checklist" })
  const drawer = element("details", {},
    element("summary", {}, "Debugging checklist, and the gates"), checklist)
  drawer.hidden = true
  root.append(
    element("div", { class: "buttons" }, toggle, step, reset, way), bars, trouble, cover,
    element("div", { class: "body" }, picture, beside), words, drawer,
  )
  return { toggle, step, reset, way, slider, bars, trouble, cover, picture, beside, words, drawer, checklist }
}

/**
 * @param {string} icon
 * @param {string} label
 * @param {string} help
 */
function button(icon, label, help) {
  const paths = Object.entries(ICONS).map(([name, d]) => shape("path", { class: name, d }))
  const picture = shape("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, ...paths)
  return element("button", { type: "button", title: help, "data-icon": icon },
    picture, element("span", {}, label))
}

/** @param {View} view */
function tick(view) {
  if (!view.root.isConnected) return clearInterval(view.clock)
  const now = performance.now(), seconds = (now - view.movedAt) / 1000
  view.movedAt = now
  if (!view.visit) return
  if (play(view.visit, seconds)) showView(view)
  askSentences(view)
}

/**
 * Who comes back asks at once; who closes the page says so.
 * @param {View} view
 */
function listenToPage(view) {
  const stop = new AbortController(), { signal } = stop
  const whileHere = (/** @type {() => void} */ act) => () => (view.root.isConnected ? act() : stop.abort())
  document.addEventListener("visibilitychange", whileHere(() => askNews(view)), { signal })
  window.addEventListener("pagehide", whileHere(() => {
    if (view.visit) sendLast("runs/leave", { watcher: view.visit.data.watcher })
  }), { signal })
}
