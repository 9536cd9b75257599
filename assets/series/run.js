// A run of the page Series that is watched: it works as long as somebody asks.

/** @import { DrawingRoot } from "../shared/streamlit.js" */
/** @import { RunLook, SeriesLook, SeriesNews } from "./types.js" */
import { drawCurves } from "../curves/curves.js"
import { setMarkup } from "../panel/look.js"
import { Asker } from "../shared/ask.js"
import { find, setText } from "../shared/dom.js"

const STANDING = 5 // seconds between two questions of who has paused: they are still there

/** Asks what is new of a run. */
export class RunWatch {
  /**
   * @param {HTMLElement} root
   * @param {() => void} redraw
   */
  constructor(root, redraw) {
    this.root = /** @type {DrawingRoot} */ (root)
    this.redraw = redraw
    /** @type {RunLook | null} */
    this.run = null
    /** @type {SeriesNews | null} */
    this.news = null
    this.isPaused = false
    this.error = ""
    this.timer = 0
    this.solved = ""
    /** @type {Asker<SeriesNews>} */
    this.asker = new Asker({
      name: "series/news", root,
      take: (news, question) => this.#take(news, question.runs),
      refuse: (sentence, question) => {
        if (question.runs !== this.run?.id) return // another run has begun meanwhile
        this.error = sentence
        this.redraw()
      },
    })
    document.addEventListener("visibilitychange", () => this.ask())
  }

  /**
   * Look at a run, or at none.
   * @param {RunLook | null} run
   */
  look(run) {
    const isNew = run?.id !== this.run?.id || run?.visit !== this.run?.visit
    const isOther = JSON.stringify(run?.also) !== JSON.stringify(this.run?.also)
    this.run = run
    if (isNew) Object.assign(this, { news: null, isPaused: false, error: "", solved: "" })
    if (isNew || isOther) this.ask()
  }

  pauseOrGoOn() {
    this.isPaused = !this.isPaused
    this.ask()
    this.redraw()
  }

  /** Ask what is new, unless nobody looks. */
  ask() {
    clearTimeout(this.timer)
    if (!this.run || document.hidden || !this.root.isConnected) return
    const { id, watcher, also } = this.run
    const goal = this.isPaused ? String(this.news?.step ?? 0) : "all"
    this.asker.ask({ ...also, runs: id, watcher, goal })
  }

  /**
   * @param {SeriesNews} news
   * @param {string} id
   */
  #take(news, id) {
    if (id !== this.run?.id) return
    Object.assign(this, { news, error: "" })
    const names = (news.solved ?? []).join()
    if (names && names !== this.solved) this.root.send?.("solved", names)
    this.solved = names
    if (!news.ended) this.timer = setTimeout(() => this.ask(), 1000 * (this.isPaused ? STANDING : news.again))
    this.redraw()
  }
}

/**
 * Show how far a run is, and its losses beside the baselines.
 * @param {HTMLElement} place
 * @param {RunWatch} watch
 * @param {SeriesLook} look
 */
export function showRun(place, { run, news, isPaused, error }, { tones, mantissas }) {
  setText(find(place, ".error"), error || (news?.error ?? ""))
  const pause = find(place, ".pause"), losses = news?.losses
  pause.hidden = !run || !news || news.ended
  setText(pause, isPaused ? "Go on" : "Pause")
  setText(find(place, ".progress"), !run ? "" : progressText(news))
  find(place, ".run").hidden = !losses
  if (!losses || !run) return
  setMarkup(find(place, ".run h3"), run.name)
  const curve = { label: "", dash: "", before: "", end: null }
  drawCurves(find(place, ".run .curves"), {
    ...losses, mantissas,
    curves: [
      { ...curve, name: "training loss", colour: tones.training, width: 1.5, start: 1,
        logs: losses.training },
      { ...curve, name: "test loss", colour: tones.test, width: 2.5, logs: losses.test, start: 0 },
    ],
  })
}

/** @param {SeriesNews | null} news */
function progressText(news) {
  if (!news?.begun) return "getting ready"
  const done = `update ${news.step} of ${news.steps}`
  return [done, news.ended ? "done" : news.status].filter(Boolean).join(" · ")
}
