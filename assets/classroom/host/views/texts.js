// Small parts of the lecturer's screen: texts of the course, buttons, and lists that are drawn anew.

/** @import { Attributes } from "../../../shared/dom.js" */

import { element, find } from "../../../shared/dom.js"
import { marked } from "../../markup.js"

const GAP = /\{\d\}/g, BLANK = "▢" // each student reads other numbers there

/**
 * A text of the course with its formulas, or, where there is no markup of the course's own, plain letters.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {{text?: string, html?: string, kind?: string}} words
 * @param {Attributes} [attributes]
 */
export function courseText(tag, { text = "", html = "", kind = "" }, attributes = {}) {
  const blank = (/** @type {string} */ words) => (kind === "typed" ? words : words.replace(GAP, BLANK))
  return element(tag, { dir: "auto", ...attributes }, ...marked(blank(html), blank(text)))
}

/**
 * A button. One that was clicked keeps no focus: the space bar shall not press it once more.
 * @param {string} label
 * @param {() => unknown} task
 * @param {Attributes} [attributes]
 */
export function pushButton(label, task, attributes = {}) {
  const node = element("button", { type: "button", ...attributes }, label)
  node.addEventListener("click", ({ detail }) => {
    if (detail > 0) node.blur()
    task()
  })
  return node
}

/**
 * A button that asks once more.
 * @param {string} label
 * @param {string} warning
 * @param {() => unknown} task
 */
export function confirmed(label, warning, task) {
  const sure = element("span", { class: "row", role: "alert" })
  const ask = pushButton(label, () => {
    const no = pushButton("No", close)
    sure.replaceChildren(warning, pushButton("Yes", () => {
      close()
      task()
    }), no)
    no.focus()
  })
  const close = () => {
    sure.replaceChildren()
    ask.focus()
  }
  return element("div", { class: "row" }, ask, sure)
}

/**
 * A link that opens beside the lecturer's screen, which goes on.
 * @param {string} label
 * @param {string} address
 */
export const linkBeside = (label, address) => element("a", { href: address, target: "_blank" }, label)

/**
 * A part that is closed at first. As with buttons a click leaves the space bar to the lesson.
 * @param {string} title
 * @param {...(Node | string)} children
 */
export function drawer(title, ...children) {
  const summary = element("summary", {}, title)
  summary.addEventListener("click", ({ detail }) => detail > 0 && summary.blur())
  return element("details", {}, summary, element("div", { class: "inside" }, ...children))
}

/**
 * Draw the children of an element anew if what they say has changed; the focus stays on what has its name.
 * @param {HTMLElement} node
 * @param {unknown} key  what they are made of
 * @param {() => (Node | string)[]} build
 */
export function redraw(node, key, build) {
  const text = JSON.stringify(key) ?? ""
  if (node.dataset.key === text) return
  node.dataset.key = text
  const root = /** @type {ShadowRoot | Document} */ (node.getRootNode())
  const active = root.activeElement instanceof HTMLElement ? root.activeElement : null
  const name = active && node.contains(active) ? active.dataset.name : undefined
  node.replaceChildren(...build())
  if (name) find(node, `[data-name="${CSS.escape(name)}"]`)?.focus()
}

/**
 * Take the focus away from a part that closes: to the next action, where keys have brought it here.
 * @param {HTMLElement} part
 */
export function leave(part) {
  const main = find(/** @type {ShadowRoot} */ (part.getRootNode()), "button.next")
  if (part.querySelector(":focus-visible")) main.focus({ preventScroll: true })
  else find(part, ":focus")?.blur()
}

/** Go to the beginning of the page, where what is asked now stands. */
export const toTop = () => document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0)

/** @param {number} count @param {string} one @param {string} [many] */
export const countOf = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`
