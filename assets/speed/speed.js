// A measurement of speed that is watched: its tables fill while it goes on.

/** @import { Component, DrawingRoot } from "../shared/streamlit.js" */
import { register } from "../drawing/register.js"
import { setMarkup } from "../panel/look.js"
import { Asker } from "../shared/ask.js"
import { element, find, setText } from "../shared/dom.js"

/**
 * share: of the fastest; null while it is not measured.
 * @typedef {{value: string, speed: string, share: number | null}} Row
 */
/**
 * share: of the settings that are measured; words: HTML.
 * @typedef {object} SpeedNews
 * @property {number} again seconds
 * @property {boolean} ended
 * @property {string} error
 * @property {string} progress
 * @property {number} share
 * @property {{what: string, rows: Row[]}[]} tables
 * @property {string} words
 */
/** @typedef {{data: {run: string, watcher: string}, asker: Asker<SpeedNews>, timer: number}} SpeedView */

/** @type {WeakMap<HTMLElement, SpeedView>} */
const speedViews = new WeakMap()

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, drawSpeed)

/**
 * @param {DrawingRoot} root
 * @param {SpeedView["data"]} data
 */
function drawSpeed(root, data) {
  const view = speedViews.get(root) ?? buildSpeed(root, data)
  speedViews.set(root, view)
  view.data = data
  askSpeed(view)
}

/**
 * @param {DrawingRoot} root
 * @param {SpeedView["data"]} data
 * @returns {SpeedView}
 */
function buildSpeed(root, data) {
  root.append(
    element("p", { class: "error", role: "alert" }), element("p", { class: "progress" }),
    element("div", { class: "track" }, element("div")), element("div", { class: "tables" }),
    element("ul", { class: "words" }),
  )
  /** @type {SpeedView} */
  const view = {
    data, timer: 0,
    asker: new Asker({
      name: "troubles/speed", root,
      take: (news) => {
        showSpeed(root, news)
        if (!news.ended) view.timer = setTimeout(() => askSpeed(view), 1000 * news.again)
      },
      refuse: (sentence) => setText(find(root, ".error"), sentence),
    }),
  }
  document.addEventListener("visibilitychange", () => askSpeed(view))
  return view
}

/** @param {SpeedView} view */
function askSpeed({ data: { run, watcher }, asker, timer }) {
  clearTimeout(timer)
  if (!document.hidden) asker.ask({ runs: run, watcher, goal: "all" })
}

/**
 * @param {HTMLElement} root
 * @param {SpeedNews} news
 */
function showSpeed(root, { error, progress, share, tables, words }) {
  setText(find(root, ".error"), error)
  setText(find(root, ".progress"), progress)
  find(root, ".track").hidden = !progress
  find(root, ".track > div").style.width = `${100 * share}%`
  find(root, ".tables").replaceChildren(...tables.map(({ what, rows }) => speedTable(what, rows)))
  setMarkup(find(root, ".words"), words)
}

/**
 * @param {string} what
 * @param {Row[]} rows
 */
function speedTable(what, rows) {
  const head = element("tr", {},
    element("th", { scope: "col" }, what), element("th", { scope: "col" }, "characters/s"))
  const body = rows.map(({ value, speed, share }) => {
    const bar = element("div", { class: "bar", style: `width: ${100 * (share ?? 0)}%` })
    return element("tr", {},
      element("th", { scope: "row" }, value), element("td", {}, bar, element("span", {}, speed)))
  })
  return element("table", {}, element("thead", {}, head), element("tbody", {}, ...body))
}
