// The questions of a look at runs: what is new, as long as somebody looks, and what is to be said.

/** @import { News, Sentences, View } from "./types.js" */
/** @import { Question } from "../shared/ask.js" */
import { Asker } from "../shared/ask.js"
import { hasEnded, play, reachGoal } from "./cursor.js"
import { addNews, isComplete } from "./record.js"

const STANDING = 5 // seconds between two questions of who has paused: they are still there
const STEPPING = 0.1 // seconds between two questions while a step is waited for
const THROUGH_CHANNEL = 1 // seconds between two questions where each of them runs a script
const SENTENCES = 1000 // milliseconds between two questions for sentences while it plays

/**
 * @param {View["root"]} root
 * @param {(answer: News, question: Question) => void} take
 * @param {(sentence: string) => void} refuse
 * @returns {Asker<News>}
 */
export const newsAsker = (root, take, refuse) => new Asker({ name: "runs/news", root, take, refuse })

/**
 * @param {View["root"]} root
 * @param {(answer: Sentences, question: Question) => void} take
 * @returns {Asker<Sentences>}
 */
export const sentencesAsker = (root, take) => new Asker({ name: "", root, take })

/**
 * @param {View} view
 * @param {Sentences} sentences
 * @param {Question} question
 */
export function takeSentences(view, sentences, question) {
  if (!view.visit || question.runs !== idsOf(view)) return
  view.visit.sentences = sentences
  sendSolved(view, sentences.solved ?? [])
}

/** @param {View} view */
const idsOf = ({ visit }) => visit?.data.runs.map(({ id }) => id).join() ?? ""

/**
 * @param {View} view
 * @param {News} news
 * @param {Question} question
 */
export function takeNews(view, news, question) {
  const visit = view.visit
  if (!visit || question.runs !== idsOf(view)) return
  news.runs.forEach((run, k) => addNews(visit.records[k], run, news.picture?.points[k] ?? null))
  if (news.picture) visit.axes = news.picture.axes
  if (visit.late && news.picture) {
    visit.cursors = visit.records.map(({ head }) => head)
    visit.late = false
  }
  reachGoal(visit)
  play(visit, 0)
  const soonest = window.lstmNoHttp ? THROUGH_CHANNEL : news.again
  const again = visit.goal ? STEPPING : Math.max(soonest, visit.playing ? 0 : STANDING)
  clearTimeout(view.timer)
  view.timer = setTimeout(() => askNews(view), 1000 * again)
}

/**
 * Ask what is new, unless nobody looks or nothing will come.
 * @param {View} view
 */
export function askNews(view) {
  const { visit, root } = view
  clearTimeout(view.timer)
  if (!visit || visit.gone || document.hidden || !root.isConnected || visit.records.every(isComplete)) return
  view.news.ask({
    runs: idsOf(view),
    since: visit.records.map(({ head }) => head).join(),
    width: String(visit.axes?.width ?? 0),
    watcher: visit.data.watcher,
    goal: visit.playing ? "all" : (visit.goal ?? visit.cursors).join(),
  })
}

/**
 * Ask what is to be said of where the visitor is, unless that was asked before.
 * @param {View} view
 */
export function askSentences(view) {
  const { visit } = view
  if (!visit || visit.gone || !visit.records.every(({ state }) => state?.begun)) return
  const isExact = !visit.playing || hasEnded(visit), now = performance.now()
  const isOpen = /** @type {HTMLDetailsElement} */ (view.parts.drawer).open
  const question = {
    ...visit.data.also, runs: idsOf(view), at: visit.cursors.join(), exact: String(isExact),
    checklist: String(isOpen),
  }
  const text = JSON.stringify(question)
  if (text === view.asked || (!isExact && now - view.askedAt < SENTENCES)) return
  view.asked = text
  view.askedAt = now
  view.sentences.name = visit.data.answers
  view.sentences.ask(question)
}

/**
 * Let the page's session take note of a challenge that is solved; not at the moment at which the others do
 * who watch the same run.
 * @param {View} view
 * @param {string[]} names
 */
function sendSolved({ visit, root }, names) {
  if (!visit || !names.length || visit.isSolvedSent) return
  visit.isSolvedSent = true
  setTimeout(() => root.send?.("solved", names), 2000 * Math.random())
}
