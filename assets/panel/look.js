// Pieces that the drawings of panels share: words, cards with a number each, and the cover.

/** @import { Panel } from "./types.js" */
import { element, setText } from "../shared/dom.js"

/**
 * Put HTML that Python has made into an element, unless it is there already.
 * @param {Element} node
 * @param {string} markup
 */
export function setMarkup(node, markup) {
  const whole = markup.includes("<svg") || "ownerSVGElement" in node ? markup : unbroken(markup)
  if (node.innerHTML !== whole) node.innerHTML = whole
}

/**
 * Keep each ∂L/∂h of a text in one line, also with an index; not in attributes.
 * @param {string} markup
 */
export const unbroken = (markup) =>
  markup.replace(/∂L\/∂\w(?:<sub>[^<]*<\/sub>)?(?![^<]*>)/g, `<span class="unbroken">$&</span>`)

const newCard = () =>
  element("div", { class: "card" }, element("div", { class: "title" }), element("div", { class: "value" }))

/**
 * Show cards: a title, a number, and what it means (seen when pointed at).
 * @param {HTMLElement} box
 * @param {{title: string, value: string, help?: string}[]} cards
 */
export function showCards(box, cards) {
  while (box.children.length > cards.length) box.lastElementChild?.remove()
  cards.forEach(({ title, value, help }, k) => {
    const card = /** @type {HTMLElement} */ (box.children[k]) ?? box.appendChild(newCard())
    setMarkup(card.children[0], title)
    setText(card.children[1], value)
    card.title = help ?? ""
  })
}

/**
 * What gives away the answer to the question above stays hidden: panel.css and the drawings read it here.
 * @param {Panel} panel
 */
export function showCover({ root, data: { covered } }) {
  root.dataset.covered = covered.join(" ")
}
