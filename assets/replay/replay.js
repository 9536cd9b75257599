// The panel of the replay: what a network wrote at each moment of its training, where on its curves of losses
// that is, its gates, and what it expects next.
//
// What one file of it does: play.js moves the slider by itself, expectation.js shows the next characters,
// catalogue.js compares the models.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
import { register } from "../drawing/register.js"
import { drawLosses } from "../losses/picture.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { element, find, setText } from "../shared/dom.js"
import { buildCatalogue, showCatalogue } from "./catalogue.js"
import { Expectation } from "./expectation.js"
import { Player } from "./play.js"

/** @typedef {{player: Player, expectation: Expectation}} Parts */

const MOMENT = "moment", MODEL = "model", PROMPT = "replay_prompt" // controls
/** @type {WeakMap<HTMLElement, Parts>} */
const replays = new WeakMap()

/**
 * @param {HTMLElement} place
 * @param {Panel} panel
 */
function buildReplay(place, panel) {
  const player = new Player(panel, MOMENT), expectation = new Expectation(panel, MODEL, MOMENT, PROMPT)
  find(panel.root, `[data-control="${MODEL}"]`).after(buildCatalogue(panel, MODEL))
  find(panel.root, `[data-control="${MOMENT}"]`).after(player.button)
  const paper = element("pre", {
    class: "paper", tabindex: 0, role: "region", "aria-label": "What it wrote at this moment",
  })
  const words = ["where", "change"].map((name) => element("span", { class: name }))
  const gates = element("div", {}, element("div", { class: "gates" }), element("p", { class: "measured" }))
  place.append(
    element("div", { class: "pair" }, paper, element("div", { class: "losses" })),
    element("p", { role: "status" }, words[0], " ", words[1]),
    element("p", { class: "about" }),
    element("div", { class: "pair" }, expectation.box, gates))
  replays.set(place, { player, expectation })
}

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function drawReplay(place, frame, panel) {
  const { player, expectation } = /** @type {Parts} */ (replays.get(place))
  const { colours, grey } = panel.data.look
  const [run] = frame.losses.runs
  setText(find(place, ".paper"), frame.text)
  drawLosses(find(place, ".losses"), {
    ...frame.losses, runs: [{ ...run, at: frame.at, dots: frame.dots, colours }], grey, alt: frame.alt,
  })
  for (const name of ["about", "where", "change", "gates", "measured"]) {
    setMarkup(find(place, `.${name}`), frame[name])
  }
  showCatalogue(panel.root, panel.setting[MODEL])
  expectation.show(frame)
  player.notice()
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) =>
  showPanel(root, data, { build: buildReplay, draw: drawReplay }))
