// The panel of the race: three cells' gradients, the sentence, the forget bias in steps, and two claims.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
import { buildCurves } from "../curves/curves.js"
import { drawFrameCurves } from "../curves/frames.js"
import { register } from "../drawing/register.js"
import { followChoice } from "../panel/choices.js"
import { setMarkup, showCards } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { element, find } from "../shared/dom.js"

/**
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
function build(place, panel) {
  const words = element("p", { class: "words", role: "status" }), cards = element("div", { class: "cards" })
  const rule = element("p", { class: "rule" })
  place.append(buildCurves(), rule, words, cards, element("div", { class: "claims" }))
  followChoice(panel, panel.data.look.libraries) // also sets what it starts with
}

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function draw(place, frame, panel) {
  const { cards, claims } = panel.data.look
  drawFrameCurves(find(place, ".curves"), frame, panel)
  setMarkup(find(place, ".rule"), frame.rule)
  setMarkup(find(place, ".words"), frame.words)
  showCards(find(place, ".cards"), cards.map((/** @type {object} */ card, /** @type {number} */ k) =>
    ({ ...card, value: frame.cards[k] })))
  setMarkup(find(place, ".claims"), table(frame.head, claims, frame.verdicts))
}

/**
 * @param {string} head
 * @param {string[]} claims
 * @param {string[]} verdicts
 */
function table(head, claims, verdicts) {
  const rows = claims.map((claim, k) => `<tr><th scope="row">${claim}</th><td>${verdicts[k]}</td></tr>`)
  const heads = `<tr><th scope="col">a common claim</th><th scope="col">${head}</th></tr>`
  return `<table><thead>${heads}</thead><tbody>${rows.join("")}</tbody></table>`
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) => showPanel(root, data, { build, draw }))
