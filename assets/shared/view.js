// What has to be seen comes into view.

/**
 * Scroll to an element if it is not in view, and no further than is needed.
 * @param {Element} element
 */
export function bringIntoView(element) {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches
  element.scrollIntoView({ block: "nearest", behavior: isCalm ? "auto" : "smooth" })
}
