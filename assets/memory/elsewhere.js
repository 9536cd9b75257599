// The same units elsewhere: which units are on in the marked stretch of the text, and where they are on
// again. Python answers for all thresholds at once; here the one that is set is looked up.

/** @import { Panel, Setting } from "../panel/types.js" */
/** @import { State } from "../reader/types.js" */
import { setMarkup } from "../panel/look.js"
import { Asker } from "../shared/ask.js"
import { element, find, setText } from "../shared/dom.js"
import { formatNumber } from "../shared/numbers.js"
import { listenForMarks, showMark } from "../reader/mark.js"

// What the answer does not depend on: how the map looks, what is chosen in it, and the threshold.
const ELSE = ["at", "unit", "order", "each", "on"]

/**
 * @typedef {object} Line
 * @property {"above" | "held-out"} where
 * @property {string} before
 * @property {string} stretch
 * @property {string} after
 * @property {number} on
 * @property {number} bits
 */
/**
 * @typedef {object} MatchAnswer
 * @property {string} [missing]
 * @property {number} from
 * @property {number} to
 * @property {string[]} thresholds
 * @property {{units: string, words: string, matches: Line[]}[]} frames
 */
/** @typedef {{asker: Asker<MatchAnswer>, asked: string, answer: MatchAnswer | null}} Elsewhere */
/** @type {WeakMap<HTMLElement, Elsewhere>} */
const sections = new WeakMap()

/**
 * @param {Panel} panel
 * @param {State} reader
 */
export function buildElsewhere(panel, reader) {
  const button = (/** @type {string} */ text, /** @type {() => void} */ press) => {
    const made = element("button", { type: "button" }, text)
    made.onclick = press
    return made
  }
  const here = () => reader.at + 1
  const buttons = element("div", { class: "presets" },
    button("Mark a part of a quotation", () => panel.set({ from: "", to: "" })),
    element("span", { class: "hint" }, "Click a character, then press"),
    button("Begin at the chosen character", () => markStretch(panel, here(), markedStretch(root, panel)[1])),
    button("End at the chosen character", () => markStretch(panel, markedStretch(root, panel)[0], here())))
  const root = element("section", { class: "elsewhere" },
    element("h3", {}, "The same units elsewhere"), element("p", { class: "task" }), buttons,
    element("div", { class: "controls" }, panel.boxes.on, panel.boxes.edges),
    element("p", { class: "hint on-means" }),
    element("p", { class: "verdict", role: "status" }),
    element("details", { class: "named" }, element("summary", {}, "Name these units"),
      element("p", { class: "units" }), element("p", { class: "spoiler" })),
    element("ol", { class: "lines" }), element("p", { class: "source" }))
  /** @type {Elsewhere} */
  const section = {
    asked: "", answer: null,
    asker: new Asker({
      name: "sampling/matches", root: panel.root,
      take: (answer) => {
        section.answer = answer
        showMatches(root, panel, reader)
      },
    }),
  }
  sections.set(root, section)
  return root
}

/**
 * @param {HTMLElement} root
 * @param {Panel} panel
 * @returns {[number, number]} the first and the last marked character, from 1
 */
function markedStretch(root, { setting }) {
  const answer = sections.get(root)?.answer
  return [Number(setting.from) || (answer?.from ?? 1), Number(setting.to) || (answer?.to ?? 1)]
}

/**
 * @param {Panel} panel
 * @param {number} from
 * @param {number} to
 */
function markStretch(panel, from, to) {
  panel.set({ from: String(Math.min(from, to)), to: String(Math.max(from, to)) })
}

/**
 * Ask for what is marked now, unless that is asked already, and show what is there.
 * @param {HTMLElement} root
 * @param {Panel} panel
 * @param {State} reader
 */
export function drawElsewhere(root, panel, reader) {
  const section = /** @type {Elsewhere} */ (sections.get(root)), { asker } = section, { data } = panel
  const view = reader.texts[0]
  if (view && !view.paper.classList.contains("markable")) {
    listenForMarks(view, reader, (from, to) => panel.set({ from: String(from + 1), to: String(to + 1) }))
  }
  const [task, source, means, spoiler] = data.look.elsewhere
  setMarkup(find(root, ".task"), task)
  setMarkup(find(root, ".source"), source)
  setMarkup(find(root, ".on-means"), means)
  setMarkup(find(root, ".spoiler"), spoiler)
  /** @type {Setting} */
  const question = { ...data.fixed }
  for (const { name } of data.controls) if (!ELSE.includes(name)) question[name] = panel.setting[name]
  const asked = JSON.stringify(question)
  Object.assign(asker, { channel: data.channel, byPost: data.byPost })
  if (asked !== section.asked) asker.ask(question)
  section.asked = asked
  showMatches(root, panel, reader)
}

/**
 * @param {HTMLElement} root
 * @param {Panel} panel
 * @param {State} reader
 */
function showMatches(root, panel, reader) {
  const answer = sections.get(root)?.answer, view = reader.texts[0]
  if (!answer || !view) return
  const [from, to] = markedStretch(root, panel)
  showMark(view, from - 1, to - 1)
  const frame = answer.frames?.[answer.thresholds.indexOf(panel.setting.on)]
  setMarkup(find(root, ".verdict"), frame?.words ?? answer.missing ?? "")
  setText(find(root, ".units"), frame?.units ?? "")
  find(root, ".named").hidden = !frame?.units
  find(root, ".lines").replaceChildren(...(frame?.matches ?? []).map(matchLine))
}

/** @param {Line} line */
function matchLine({ where, before, stretch, after, on, bits }) {
  const says = `${on} ${on === 1 ? "unit" : "units"}, ${formatNumber(bits, 1)} bits`
  const seen = (/** @type {string} */ text) => text.replaceAll("\n", "⏎")
  return element("li", {},
    element("span", { class: "context" }, seen(before), element("mark", {}, seen(stretch)), seen(after)),
    element("span", { class: "score" }, `${says}${where === "above" ? ", in the text above" : ""}`))
}
