// The panel of the replay: what a network wrote at each moment of its training, where on its curves of losses
// that is, its gates, and what it expects next.
//
// What one file of it does: play.js moves the slider by itself, expectation.js shows the next characters,
// catalogue.js compares the models.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
import { register } from "../drawing/register.js"
import { drawLosses } from "../losses/picture.js"
import { showControl } from "../panel/controls.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { element, find, setAttributes, setText } from "../shared/dom.js"
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
    class: "paper", tabindex: 0, role: "region", "aria-label": "What the network wrote at this step",
  })
  const words = ["where", "change"].map((name) => element("span", { class: name }))
  const gates = element("div", {}, element("div", { class: "gates" }), element("p", { class: "measured" }))
  place.append(
    element("div", { class: "pair" }, paper, element("div", { class: "losses" })),
    element("p", { role: "status" }, words[0], " ", words[1]),
    element("p", { class: "about" }), element("p", { class: "reading" }),
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
  const covered = new Set(panel.data.covered)
  showSteps(panel, frame.steps)
  showPaper(find(place, ".paper"), frame.text, covered.has("texts") ? panel.data.cover : "")
  showLosses(find(place, ".losses"), frame, panel, covered.has("curves"))
  /** @type {[string, string][]} */
  const words = [["about", ""], ["reading", "reading"], ["where", "words"], ["change", "words"],
    ["gates", ""], ["measured", ""]]
  for (const [name, cover] of words) setMarkup(find(place, `.${name}`), covered.has(cover) ? "" : frame[name])
  showCatalogue(panel, panel.setting[MODEL])
  expectation.show(frame, covered.has("expected"))
  player.notice()
}

/**
 * Write the model's own steps beside the slider.
 * @param {Panel} panel
 * @param {string[]} steps
 */
function showSteps(panel, steps) {
  // A copy: the page's own data tell whether another run of it has other controls.
  panel.controls[MOMENT] = { ...panel.controls[MOMENT], texts: steps }
  showControl(panel, panel.controls[MOMENT])
}

/**
 * @param {HTMLElement} paper
 * @param {string} text
 * @param {string} cover what is said in its place; "" if it is shown
 */
function showPaper(paper, text, cover) {
  paper.classList.toggle("cover", Boolean(cover))
  setText(paper, cover || text)
  setAttributes(paper, { "aria-label": cover ? "Covered" : "What the network wrote at this step" })
}

/**
 * Draw the losses; as long as they are covered, the axes alone.
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 * @param {boolean} isCovered
 */
function showLosses(place, frame, { data }, isCovered) {
  const { colours, grey } = data.look, [run] = frame.losses.runs
  const nothing = { step: "", loss: "", norm: null, validation_step: "", validation: "", up: [], says: "" }
  const shown = isCovered
    ? { ...run, ...nothing, at: frame.at, dots: [], colours }
    : { ...run, at: frame.at, dots: frame.dots, colours }
  drawLosses(place, { ...frame.losses, runs: [shown], grey, alt: isCovered ? data.cover : frame.alt })
  setAttributes(place, { "data-cover": isCovered ? data.cover : "" })
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) =>
  showPanel(root, data, { build: buildReplay, draw: drawReplay }))
