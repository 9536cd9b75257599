// What a tab remembers of the runs that its visitor looks at, of each part of a page by itself: across pages,
// and when a page is loaded again.

/** @import { DrawingRoot } from "../shared/streamlit.js" */
/** @import { RunData, Visit } from "./types.js" */
import { newRecord } from "./record.js"

const KEY = "lstm-runs"
const MOST = 6 // parts whose runs are remembered: fewer than the page's session does

/**
 * @param {RunData} data
 * @param {boolean} late
 * @returns {Visit}
 */
export const newVisit = (data, late) => ({
  data, records: data.runs.map(newRecord), cursors: data.runs.map(() => 0), playing: true, late, goal: null,
  axes: null, sentences: null, gone: "", isSolvedSent: false,
})

/**
 * The look that a page is about, null for none. Where the page's session is new, as after the page was loaded
 * again or the server was, it is the one that the tab remembers, and the session is told.
 * @param {DrawingRoot} root
 * @param {RunData} data
 */
export function visitOf(root, data) {
  const visits = window.lstmVisits ??= restored(), visit = visits[data.about]
  if (data.visit) {
    if (visit?.data.visit === data.visit) visit.data = data
    else store(visits, newVisit(data, false))
    return visits[data.about]
  }
  if (!visit) return null
  visit.data = { ...visit.data, covered: data.covered, cover: data.cover }
  if (visit.data.watcher !== data.watcher) {
    visit.data = { ...visit.data, watcher: data.watcher }
    root.send?.("back", { runs: visit.data.runs.map(({ id }) => id), visit: visit.data.visit })
  }
  return visit
}

/**
 * @param {Record<string, Visit>} visits
 * @param {Visit} visit
 */
function store(visits, visit) {
  const { about } = visit.data, others = Object.keys(visits).filter((name) => name !== about)
  for (const name of [about, ...others.slice(0, Math.max(0, others.length + 1 - MOST))]) delete visits[name]
  visits[about] = visit
  try {
    sessionStorage.setItem(KEY, JSON.stringify(Object.values(visits).map(({ data }) => data)))
  } catch {
    // Not in every frame: then the page remembers until it is loaded again.
  }
}

/** @returns {Record<string, Visit>} by the part of the page */
function restored() {
  try {
    /** @type {RunData[]} */
    const all = JSON.parse(sessionStorage.getItem(KEY) ?? "[]")
    return Object.fromEntries(all.map((data) => [data.about, newVisit(data, true)]))
  } catch {
    return {}
  }
}
