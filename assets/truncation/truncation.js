// The panel of the cuts: a passage coloured by surprise, two curves over the same slider, and a block of
// weights in each row.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
import { register } from "../drawing/register.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { element, find } from "../shared/dom.js"
import { decodeInt16 } from "../shared/numbers.js"
import { buildChart, drawChart } from "./chart.js"

const AXIS = "k, characters between two cuts"

/** @param {HTMLElement} place */
function build(place) {
  const state = element("section", { class: "state" }), gradient = element("section", { class: "gradient" })
  state.append(
    element("div", { class: "left" },
      element("p", { class: "paper", tabindex: 0, role: "img" }), element("p", { class: "key" })),
    buildChart(), element("p", { class: "words", role: "status" }))
  gradient.append(
    element("div", { class: "left blocks" }), buildChart(), element("p", { class: "words", role: "status" }))
  place.append(state, element("p", { class: "drag" }), gradient, element("p", { class: "about" }))
}

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function draw(place, frame, panel) {
  const { look, covered, cover } = panel.data
  for (const name of ["loss", "gradient", "tone", "grey"]) place.style.setProperty(`--${name}`, look[name])
  fillPaper(find(place, ".paper"), frame)
  setMarkup(find(place, ".key"), look.key)
  setMarkup(find(place, ".drag"), look.drag)
  ;["state", "gradient"].forEach((name, k) => {
    const section = find(place, `.${name}`), isCovered = covered.includes(name)
    const shown = isCovered ? cover : ""
    drawChart(find(section, ".chart"),
      { chart: frame.charts[k], at: frame.at, dot: frame.dots[k], alt: frame.alts[k], cover: shown,
        axis: AXIS })
    setMarkup(find(section, ".words"), isCovered ? "" : frame.words[k])
  })
  setMarkup(find(place, ".blocks"), covered.includes("gradient") ? "" : table(frame.rows, look))
  setMarkup(find(place, ".about"), covered.includes("memory") ? "" : frame.about)
}

/**
 * Colour each character by how much it surprised; mark where the state begins anew.
 * @param {HTMLElement} paper
 * @param {Frame} frame
 */
function fillPaper(paper, { text, tints, resets, alts }) {
  const chars = Array.from(text), shares = decodeInt16(tints), marks = new Set(resets)
  if (paper.dataset.text !== text) {
    paper.replaceChildren(...chars.map((char) => element("span", {}, char === "\n" ? "⏎\n" : char)))
    paper.dataset.text = text
  }
  paper.setAttribute("aria-label", alts[0])
  chars.forEach((_, k) => {
    const span = /** @type {HTMLElement} */ (paper.children[k])
    const colour = `color-mix(in srgb, var(--tone) ${Math.round(shares[k] * 0.6)}%, transparent)`
    if (span.dataset.share !== String(shares[k])) span.style.backgroundColor = colour
    span.dataset.share = String(shares[k])
    span.classList.toggle("reset", marks.has(k))
  })
}

/**
 * @param {{name: string, colour: string, columns: string, cosine: [number, string],
 *   length: [number, string]}[]} rows
 * @param {{columns: string[], colours: Record<string, string>}} look
 */
function table(rows, { columns, colours }) {
  const bar = (/** @type {[number, string]} */ [share, text], /** @type {string} */ colour) =>
    `<td><span class="track"><span style="width:${share / 10}%;background:${colour}"></span></span>` +
    `<b>${text}</b></td>`
  const body = rows.map(({ name, colour, columns: of, cosine, length }) => {
    const [letter, index] = name.split("_")
    return `<tr><th scope="row"><i class="symbol">${letter}<sub>${index}</sub></i> for ` +
      `<i class="symbol">${of}</i></th>${bar(cosine, colours[colour])}${bar(length, colours[colour])}</tr>`
  })
  const head = columns.map((name) => `<th scope="col">${name}</th>`)
  return `<table><thead><tr>${head.join("")}</tr></thead><tbody>${body.join("")}</tbody></table>`
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) => showPanel(root, data, { build, draw }))
