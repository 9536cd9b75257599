// Elements: made, changed and looked for; see also shape.js, search.js, theme.js.

/** @typedef {Record<string, string | number>} Attributes */

/**
 * Make an HTML element. Strings become text, never markup: a visitor may have written them.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  return complete(document.createElement(tag), attributes, children)
}

/**
 * Give a new element its attributes and children.
 * @template {Element} Kind
 * @param {Kind} node
 * @param {Attributes} attributes
 * @param {(Node | string)[]} children
 */
export function complete(node, attributes, children) {
  setAttributes(node, attributes)
  node.append(...children)
  return node
}

/**
 * Set attributes. One that stays the same is not touched: the browser lays out and paints no more than that.
 * @param {Element} node
 * @param {Attributes} attributes
 */
export function setAttributes(node, attributes) {
  for (const name in attributes) {
    const text = String(attributes[name])
    if (node.getAttribute(name) !== text) node.setAttribute(name, text)
  }
}

/**
 * Set an element's text, unless it is the same already.
 * @param {Element} node
 * @param {string} text
 */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text
}

/**
 * Find the first element for a selector; the component's own markup has it.
 * @template {Element} [Kind=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {Kind}
 */
export const find = (root, selector) => /** @type {Kind} */ (root.querySelector(selector))
