// What a tab remembers of the run that it looks at, so that it is there again when the page is loaded anew.

/** @import { DrawingRoot } from "../shared/streamlit.js" */
/** @import { RunLook } from "./types.js" */

const KEY = "lstm-series-run"
let known = "" // of what is remembered

/**
 * Remember the run; where the page has none and its session is new, as after the page was loaded again, tell
 * the session of the one that is remembered.
 * @param {DrawingRoot} root
 * @param {RunLook | null} run
 * @param {string} watcher  the session's
 */
export function rememberRun(root, run, watcher) {
  const now = `${run?.visit} ${watcher}`
  if (now === known) return
  known = now
  try {
    if (run) {
      sessionStorage.setItem(KEY, JSON.stringify({ id: run.id, visit: run.visit, watcher }))
      return
    }
    const last = JSON.parse(sessionStorage.getItem(KEY) ?? "null")
    if (!last || last.watcher === watcher) return
    sessionStorage.removeItem(KEY) // whether it is still there or not, it is asked for once
    root.send?.("back", { runs: [last.id], visit: last.visit })
  } catch {
    // Not in every frame: then the run is there until the page is loaded again.
  }
}
