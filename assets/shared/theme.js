// The colours of the page that a picture stands on.

import { element } from "./dom.js"

/**
 * Tell whether the page's theme is dark; root: any element in it.
 * @param {Element} root
 */
export function isDark(root) {
  const probe = element("span", { style: "color: var(--st-background-color)" })
  root.append(probe)
  const [r, g, b] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).map(Number)
  probe.remove()
  return r + g + b < 384
}
