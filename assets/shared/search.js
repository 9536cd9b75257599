// More ways to look for elements.

/**
 * Find all elements for a selector.
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {NodeListOf<HTMLElement>}
 */
export const findAll = (root, selector) => root.querySelectorAll(selector)

/**
 * Find the element for a selector at which, or inside which, an event happened.
 * @param {Event} event
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
export const closest = (event, selector) =>
  event.target instanceof Element ? event.target.closest(selector) : null
