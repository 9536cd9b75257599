// Drawers with other texts from the same noise: asked for while they are open, when the settings rest.

/** @import { Panel } from "../panel/types.js" */
/** @import { Question } from "../shared/ask.js" */
import { Asker } from "../shared/ask.js"
import { element, find, setText } from "../shared/dom.js"
import { findAll } from "../shared/search.js"

const REST = 200 // milliseconds without another setting, after which an open drawer asks
const MOST_FIRST = 8 // first characters

/** @typedef {{title: string, text: string, words: string}} Text */
/** @typedef {{ask(): void, timer: number, asked: string}} Drawer */
/** @type {WeakMap<HTMLElement, Drawer>} */
const drawers = new WeakMap()

/** @param {Panel} panel */
export function buildDrawers(panel) {
  const title = "Three temperatures, same random numbers"
  const three = buildDrawer(panel, title, "sampling/three", fillThree, () => ({}))
  three.append(element("p", {},
    "Network, prompt and seed are the same, so the three texts are drawn with the same random numbers. " +
    "Their first difference comes from the temperature alone. After it the states of the network differ " +
    "too."),
  element("div", { class: "three" }))
  const input = element("input", { type: "text", maxlength: MOST_FIRST, autocomplete: "off" })
  const firsts = buildDrawer(panel, "Another first character", "sampling/firsts", fillFirsts,
    () => ({ firsts: input.value }))
  input.addEventListener("input", () => askLater(firsts))
  firsts.append(
    element("label", { class: "control text" },
      element("span", { class: "name" }, "First characters"), input),
    element("pre"), element("p", { class: "sentence" }))
  return element("div", { class: "drawers" }, three, firsts)
}

/**
 * @template Answer
 * @param {Panel} panel
 * @param {string} title
 * @param {string} name
 * @param {(drawer: HTMLElement, answer: Answer) => void} fill
 * @param {() => Question} more
 */
function buildDrawer(panel, title, name, fill, more) {
  const box = element("details", { class: "drawer" }, element("summary", {}, title))
  /** @type {Asker<Answer>} */
  const asker = new Asker({ name, root: panel.root, take: (answer) => fill(box, answer) })
  const drawer = {
    timer: 0, asked: "",
    ask: () => {
      const { at, ...setting } = panel.setting
      const question = { ...panel.data.fixed, ...setting, ...more() }
      if (JSON.stringify(question) === drawer.asked) return
      drawer.asked = JSON.stringify(question)
      asker.byPost = panel.data.byPost
      asker.channel = panel.data.channel
      asker.ask(question)
    },
  }
  drawers.set(box, drawer)
  box.addEventListener("toggle", () => { if (box.open) drawer.ask() })
  return box
}

/** @param {HTMLElement} box */
function askLater(box) {
  const drawer = /** @type {Drawer} */ (drawers.get(box))
  clearTimeout(drawer.timer)
  drawer.timer = setTimeout(drawer.ask, REST)
}

/**
 * Let the open drawers follow what is set.
 * @param {HTMLElement} place
 */
export function updateDrawers(place) {
  for (const box of findAll(place, "details.drawer[open]")) askLater(box)
}

/**
 * @param {HTMLElement} box
 * @param {{texts: Text[]}} answer
 */
function fillThree(box, { texts }) {
  find(box, ".three").replaceChildren(...texts.map(({ title, text, words }) => element("div", {},
    element("b", {}, title), element("pre", {}, text), element("p", {}, words))))
}

/**
 * @param {HTMLElement} box
 * @param {{chars: string, lines: string[], words: string}} answer
 */
function fillFirsts(box, { chars, lines, words }) {
  find(box, "input").setAttribute("placeholder", chars)
  setText(find(box, "pre"), lines.join("\n"))
  setText(find(box, ".sentence"), words)
}
