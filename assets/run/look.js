// How runs look: bars of progress, curves, what they write, what is said of them.

/** @import { RunText, View, Visit } from "./types.js" */
import { drawUnpackedLosses } from "../losses/picture.js"
import { grouped, NAN } from "../losses/numbers.js"
import { setMarkup } from "../panel/look.js"
import { element, find, setAttributes, setText } from "../shared/dom.js"
import { hasEnded } from "./cursor.js"
import { curvesUpTo, pointAt, sampleAt } from "./record.js"

/** @param {View} view */
export function showView(view) {
  const { visit, parts } = view
  view.root.hidden = !visit
  if (!visit) return
  showControls(view, visit)
  visit.data.runs.forEach((_, k) => showBar(rowOf(parts.bars, k, newBar), visit, k))
  showTrouble(parts.trouble, visit)
  if (!visit.axes) return
  const isCovered = coversOf(visit)
  setText(parts.cover, visit.data.covered.some((name) => PARTS.has(name)) ? visit.data.cover : "")
  parts.picture.hidden = isCovered("picture")
  if (!parts.picture.hidden) showCurves(parts.picture, visit)
  showBeside(parts.beside, visit)
  const { sentences } = visit
  setMarkup(parts.words, isCovered("verdicts") ? "" : sentences?.words ?? "")
  parts.drawer.hidden = visit.data.recall || isCovered("checklist")
  if (parts.drawer.hidden) setMarkup(parts.checklist, "")
  else if (sentences?.checklist) setMarkup(parts.checklist, sentences.checklist)
}

const PARTS = new Set(["picture", "progress", "samples", "verdicts", "checklist"])

/**
 * Whether a part gives away the answer to the question above.
 * @param {Visit} visit
 * @returns {(name: string) => boolean}
 */
const coversOf = ({ data: { covered } }) => (name) => covered.includes(name)

/**
 * The k-th child of a place; made if it is not there.
 * @param {HTMLElement} place
 * @param {number} k
 * @param {() => HTMLElement} make
 */
const rowOf = (place, k, make) => /** @type {HTMLElement} */ (place.children[k] ?? place.appendChild(make()))

/**
 * @param {View} view
 * @param {Visit} visit
 */
function showControls({ parts, root }, visit) {
  const ended = hasEnded(visit)
  const label = visit.playing ? "Pause" : ended ? "Watch again" : "Go on"
  setText(find(parts.toggle, "span"), label)
  setAttributes(parts.toggle, { "data-icon": visit.playing ? "pause" : "play" })
  const first = Math.min(...visit.records.map(({ state }) => state?.first ?? 0))
  const last = Math.max(...visit.records.map(({ head }) => head))
  const step = /** @type {HTMLButtonElement} */ (parts.step)
  step.disabled = ended || !visit.axes
  parts.way.hidden = visit.playing || last <= first
  const slider = /** @type {HTMLInputElement} */ (parts.slider), at = Math.max(...visit.cursors)
  setAttributes(slider, { min: first, max: last, "aria-valuetext": `step ${grouped(at)}` })
  const tree = /** @type {ShadowRoot} */ (root.getRootNode())
  const isHeld = slider === tree.activeElement && slider.matches(":active")
  if (!isHeld) slider.value = String(at)
  setText(find(parts.way, "output"), grouped(at))
}

const newBar = () => element("div", { class: "progress" },
  element("p", {}, element("b"), element("span")),
  element("div", { class: "track", role: "progressbar", "aria-valuemin": 0, "aria-valuemax": 100 },
    element("div", { class: "done" })))

/**
 * @param {HTMLElement} bar
 * @param {Visit} visit
 * @param {number} k
 */
function showBar(bar, { data, records, cursors }, k) {
  const { state } = records[k], cursor = cursors[k], { name } = data.runs[k]
  const share = !state || state.error ? 0 : state.share ?? Math.min(1, cursor / Math.max(1, state.steps ?? 1))
  bar.hidden = Boolean(state?.error)
  setText(find(bar, "b"), name)
  const text = !state ? "getting ready"
    : data.covered.includes("progress") ? (cursor >= records[k].head ? state.end || "runs" : "runs")
    : progressText(state, cursor, records[k].head)
  setText(find(bar, "span"), `: ${text}`)
  const track = find(bar, ".track"), percent = `${Math.round(1000 * share) / 10}%`
  setAttributes(track, { "aria-label": name, "aria-valuenow": Math.round(100 * share) })
  find(track, ".done").style.width = percent
}

/**
 * @param {NonNullable<Visit["records"][number]["state"]>} state
 * @param {number} cursor
 * @param {number} head
 */
function progressText(state, cursor, head) {
  const epoch = Math.floor(Math.max(0, cursor - 1) / state.chunks) + 1
  const step = state.step.replace("{}", grouped(cursor))
  const parts = [step, state.epoch.replace("{}", grouped(epoch)), ...state.status]
  return [...parts, cursor >= head ? state.end : ""].filter(Boolean).join(" · ")
}

/**
 * @param {HTMLElement} place
 * @param {Visit} visit
 */
function showTrouble(place, { records, gone }) {
  const sentence = gone || (records.map(({ state }) => state?.error ?? "").find(Boolean) ?? "")
  place.hidden = !sentence
  setText(place, sentence)
}

/**
 * @param {HTMLElement} place
 * @param {Visit} visit
 */
function showCurves(place, { data, records, cursors, axes, sentences }) {
  if (!axes) return
  const { width, up } = axes
  const runs = data.runs.map(({ name, colours }, k) => {
    const point = pointAt(sentences, k, cursors[k]), mark = sentences?.marks?.[k]
    const above = (up[k] ?? []).filter((step) => step <= cursors[k])
    const curves = curvesUpTo(records[k], cursors[k], width, point)
    return {
      name, colours, at: mark?.[0] ?? null, dots: mark ? [NAN, mark[1]] : [], means: width > 1, xs: [],
      says: sentences?.says[k] ?? "",
      packed: JSON.stringify([data.runs[k].id, records[k].head, cursors[k], width, point, above]),
      up: above, step: Uint32Array.from(curves.step),
      loss: Int16Array.from(curves.loss), norm: data.recall ? null : Int16Array.from(curves.norm),
      validationStep: Uint32Array.from(curves.validationStep), validation: Int16Array.from(curves.validation),
      validation_step: "",
    }
  })
  const picture = { ...axes, shares: data.recall, grey: data.grey, alt: sentences?.alt ?? "" }
  drawUnpackedLosses(place, { ...picture, runs: /** @type {RunText[]} */ (runs) }, runs)
}

const newBeside = () => element("div", { class: "one" }, element("p", { class: "when" }),
  element("pre", { tabindex: 0 }), element("div", { class: "diagnosis" }))

/**
 * What each of them wrote at the last moment that was looked at, and what the doctor says.
 * @param {HTMLElement} place
 * @param {Visit} visit
 */
function showBeside(place, { data, records, cursors, sentences }) {
  const isCovered = coversOf(/** @type {Visit} */ ({ data }))
  place.hidden = data.recall || (isCovered("samples") && isCovered("verdicts"))
  if (data.recall) return
  data.runs.forEach(({ name }, k) => {
    const one = rowOf(place, k, newBeside)
    const sample = isCovered("samples") ? null : sampleAt(records[k], cursors[k])
    for (const part of one.querySelectorAll(".when, pre")) part.toggleAttribute("hidden", !sample)
    if (sample) {
      const which = data.runs.length > 1 ? `${name}, step ` : "Step "
      const { temperature } = records[k].state ?? { temperature: "" }
      setText(find(one, ".when"),
        `${which}${grouped(sample[0])}: what the network writes at temperature ${temperature}`)
      setText(find(one, "pre"), sample[1])
    }
    const said = isCovered("verdicts") ? undefined : sentences?.diagnoses[k], box = find(one, ".diagnosis")
    box.hidden = !said
    box.classList.toggle("healthy", Boolean(said?.healthy))
    if (said) setMarkup(box, said.words)
  })
}
