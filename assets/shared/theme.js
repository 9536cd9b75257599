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

/**
 * Set the colours of a palette, --f, --C, …, for the theme that a picture stands on.
 * @param {HTMLElement} place
 * @param {Record<string, Record<"light" | "dark", string>>} palette
 */
export function setPalette(place, palette) {
  const tone = isDark(place) ? "dark" : "light"
  for (const [name, tones] of Object.entries(palette)) place.style.setProperty(`--${name}`, tones[tone])
}
