// What a tab remembers of the runs that its visitor looks at: across pages, and when a page is loaded again.

/** @import { DrawingRoot } from "../shared/streamlit.js" */
/** @import { RunData, Visit } from "./types.js" */
import { newRecord } from "./record.js"

const KEY = "lstm-run"

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
  const visit = window.lstmVisit ?? restored()
  if (data.visit) {
    if (visit?.data.visit === data.visit) visit.data = data
    else store(newVisit(data, false))
    return window.lstmVisit ?? null
  }
  if (!visit || visit.data.about !== data.about || data.elsewhere) return null
  visit.data = { ...visit.data, covered: data.covered, cover: data.cover }
  if (visit.data.watcher !== data.watcher) {
    visit.data = { ...visit.data, watcher: data.watcher }
    root.send?.("back", { runs: visit.data.runs.map(({ id }) => id), visit: visit.data.visit })
  }
  window.lstmVisit = visit
  return visit
}

/** @param {Visit} visit */
function store(visit) {
  window.lstmVisit = visit
  try {
    sessionStorage.setItem(KEY, JSON.stringify(visit.data))
  } catch {
    // Not in every frame: then the page remembers until it is loaded again.
  }
}

/** @returns {Visit | null} */
function restored() {
  try {
    const text = sessionStorage.getItem(KEY)
    return text ? newVisit(JSON.parse(text), true) : null
  } catch {
    return null
  }
}
