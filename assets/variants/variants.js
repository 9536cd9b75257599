// The panel of the variants: a cell beside the LSTM over time, their equations with the numbers of a step,
// and the table of challenges, whose buttons set the cell.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Control, Frame, Panel } from "../panel/types.js" */
/** @import { Look, Run } from "./types.js" */
import { register } from "../drawing/register.js"
import { onChoice } from "../panel/choices.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { element, find, setAttributes, setText } from "../shared/dom.js"
import { decodeInt16, formatNumber } from "../shared/numbers.js"
import { watchSize } from "../shared/size.js"
import { setPalette } from "../shared/theme.js"
import { drawPicture, stepAt } from "./picture.js"

const CELL = "variant", INPUT = "variant_input", CHALLENGE = "variant_challenge", STEP = "variant_t"
const NONE = "none", LINES = 6
/** @type {WeakMap<HTMLElement, Run>} */
const runOf = new WeakMap() // what each place shows

/**
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
function build(place, panel) {
  const change = element("p", { class: "change" }), legend = element("p", { class: "legend" })
  const picture = element("div", { class: "picture" })
  const words = element("p", { class: "words", role: "status" })
  setMarkup(picture, `<svg role="img"></svg>`)
  const step = element("div", { class: "step-in-view" }, panel.boxes[STEP])
  const equations = element("div", { class: "table equations" })
  const challenges = element("div", { class: "challenges" })
  place.append(change, legend, picture, step, words, equations, challenges)
  challenges.append(element("h3", {}, panel.data.look.title), panel.boxes[CHALLENGE],
    element("p", { class: "cover-note" }), element("div", { class: "table" }))
  watchSize(picture, () => {
    const run = runOf.get(place)
    if (run) drawPicture(picture, run)
  })
  find(picture, "svg").addEventListener("pointerdown", (event) => {
    const run = runOf.get(place)
    const t = run && stepAt(find(picture, "svg"), /** @type {PointerEvent} */ (event), run.T)
    if (t) panel.set({ [STEP]: String(t) })
  })
  challenges.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null
    if (button) load(panel, button.dataset.cell ?? "", button.dataset.challenge ?? "")
    if (button) panel.root.scrollIntoView({ block: "start", behavior: "smooth" })
  })
  followChoices(panel)
  const { setting, controls } = panel
  const isAtStart = (/** @type {Control} */ { name, start }) => setting[name] === start
  if (setting[CHALLENGE] !== NONE && Object.values(controls).filter(({ along }) => along).every(isAtStart)) {
    load(panel, setting[CELL], setting[CHALLENGE]) // a link that names the challenge alone
  }
}

/**
 * Another cell, challenge or input sets what belongs to it.
 * @param {Panel} panel
 */
function followChoices(panel) {
  onChoice(panel, CELL, (cell) => {
    if (panel.setting[CHALLENGE] !== NONE) load(panel, cell, panel.setting[CHALLENGE])
  })
  onChoice(panel, CHALLENGE, (challenge) => load(panel, panel.setting[CELL], challenge))
  onChoice(panel, INPUT, () => {
    if (panel.setting[CHALLENGE] !== NONE) load(panel, panel.setting[CELL], NONE)
  })
}

/**
 * Set the cell to what passes a challenge, or comes closest; "none": to the start.
 * @param {Panel} panel
 * @param {string} cell
 * @param {string} challenge
 */
function load(panel, cell, challenge) {
  panel.set({ ...panel.data.look.settings[cell][challenge], [CELL]: cell, [CHALLENGE]: challenge })
}

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function draw(place, frame, panel) {
  /** @type {Look} */
  const look = panel.data.look, { setting, data: { covered, cover } } = panel
  const kind = look.kinds[setting[CELL]]
  setPalette(place, look.palette)
  const isCovered = covered.includes("challenges")
  const run = unpack(frame, Number(setting[STEP]), isCovered && frame.isOwn ? cover : "")
  runOf.set(place, run)
  setMarkup(find(place, ".change"), kind.change)
  setMarkup(find(place, ".legend"), legend(kind.spoken, frame.isOwn, run))
  drawPicture(find(place, ".picture"), run)
  showStep(panel, run)
  setMarkup(find(place, ".words"), frame.words)
  setMarkup(find(place, ".equations"), run.covered ? "" : table(kind.lines, run, otherName(frame.isOwn)))
  showInput(panel, frame.isOwn)
  setText(find(place, ".cover-note"), isCovered ? cover : "")
  setMarkup(find(place, ".challenges .table"), isCovered ? "" : look.challenges)
  for (const button of place.querySelectorAll(".challenges button")) {
    const { cell, challenge } = /** @type {HTMLElement} */ (button).dataset
    button.setAttribute("aria-pressed", String(cell === setting[CELL] && challenge === setting[CHALLENGE]))
  }
  showSliders(panel, kind.lacks)
}

/**
 * @param {Frame} frame
 * @param {number} t
 * @param {string} covered
 * @returns {Run}
 */
function unpack(frame, t, covered) {
  const numbers = decodeInt16(frame.numbers), { T, axis, band, alt } = frame
  const row = (/** @type {number} */ k) => numbers.subarray(k * T, (k + 1) * T)
  const rows = Array.from({ length: 2 * LINES }, (_, k) => row(k))
  return {
    T, x: decodeInt16(frame.x), axis, band, alt, covered, t: Math.min(T, t),
    cell: rows.slice(0, LINES), lstm: rows.slice(LINES),
  }
}

/** @param {boolean} isOwn  the LSTM beside the cell has a setting of its own */
const otherName = (isOwn) => isOwn ? "an LSTM that passes" : "the LSTM"

/**
 * In a challenge x is none of the inputs to choose from: no button is pressed, and the name says what it is.
 * @param {Panel} panel
 * @param {boolean} isOwn
 */
function showInput({ root, controls, setting }, isOwn) {
  const box = find(root, `[data-control="${INPUT}"]`), note = isOwn ? ": the challenge’s example" : ""
  for (const radio of box.querySelectorAll("input")) {
    radio.checked = !isOwn && radio.value === setting[INPUT]
  }
  if (!box.querySelector(".of-challenge")) {
    find(box, ".name").append(element("span", { class: "of-challenge" }))
  }
  setText(find(box, ".of-challenge"), note)
  setAttributes(find(box, ".options"), { "aria-label": controls[INPUT].spoken + note })
}

/**
 * @param {string} spoken
 * @param {boolean} isOwn  the LSTM beside it has a setting of its own
 * @param {Run} run
 */
function legend(spoken, isOwn, { band }) {
  const mark = (/** @type {string} */ look) =>
    `<svg viewBox="0 0 34 8" aria-hidden="true"><path class="line ${look}" d="M0 4H34"/></svg>`
  const both = `${mark("C lstm")}${mark("h lstm")}of ${otherName(isOwn)}`
  const entries = [`${mark("C")}<b>C</b> of ${spoken}`, `${mark("h")}<b>h</b>`, both]
  if (band) entries.push(`<i class="swatch"></i>allowed range of ${band.quantity}`)
  return entries.map((entry) => `<span>${entry}</span>`).join("")
}

/**
 * The slider of the step ends where the run does.
 * @param {Panel} panel
 * @param {Run} run
 */
function showStep({ inputs, boxes, controls }, { t, T }) {
  const input = /** @type {HTMLInputElement} */ (inputs[STEP])
  input.max = String(T - 1)
  input.value = String(t - 1)
  input.setAttribute("aria-valuetext", `${controls[STEP].spoken} ${t} of ${T}`)
  setText(find(boxes[STEP], "output"), `${t} of ${T}`)
}

/**
 * Every line of both cells, with the numbers of the step; lines that change are marked.
 * @param {Look["kinds"][string]["lines"]} lines
 * @param {Run} run
 * @param {string} other  what the LSTM beside the cell is
 */
function table(lines, { t, cell, lstm }, other) {
  const value = (/** @type {Int16Array} */ values) => `<td class="value">${formatNumber(values[t - 1])}</td>`
  const rows = lines.map(({ symbol, lstm: ours, cell: theirs, changes }, k) =>
    `<tr class="${changes ? "changes" : "same"}"><th scope="row">${symbol}</th>` +
    `<td class="ours">${ours}</td>${value(lstm[k])}` +
    (theirs ? `<td>${theirs}</td>${value(cell[k])}` : `<td colspan="2">not in this cell</td>`) + "</tr>")
  return `<table><thead><tr><th scope="col">step ${t}</th><th scope="col" class="ours"></th>` +
    `<th scope="col">${other}</th><th scope="col"></th><th scope="col">this cell</th></tr></thead>` +
    `<tbody>${rows.join("")}</tbody></table>`
}

/**
 * A slider that the cell does not have moves the LSTM alone; peepholes only one cell has.
 * @param {Panel} panel
 * @param {string[]} lacks
 */
function showSliders({ root, controls }, lacks) {
  for (const { name, kind } of Object.values(controls)) {
    if (kind !== "slider") continue
    const box = root.querySelector(`[data-control="${name}"]`)
    const isMissing = lacks.includes(name)
    if (box instanceof HTMLElement) {
      box.classList.toggle("missing", isMissing)
      box.hidden = isMissing && name.startsWith("variant_p")
    }
  }
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) => showPanel(root, data, { build, draw }))
