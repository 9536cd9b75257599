// What the two panels of the GRU share: colours of symbols, sliders where they belong, a sample of a line.

/** @import { Panel } from "../panel/types.js" */
/** @import { Palette, Sliders } from "./types.js" */
import { paintSymbols } from "../cell/build.js"
import { find } from "../shared/dom.js"
import { isDark } from "../shared/theme.js"

/**
 * Put the sliders into the place of the drawing, those that are not in `main` behind a button.
 * @param {HTMLElement} place
 * @param {Panel} panel
 * @param {Sliders} sliders
 * @param {string[]} main
 * @param {string} title of the button
 */
export function placeSliders(place, { boxes }, { controls, owners }, main, title) {
  const box = find(place, ".sliders"), drawer = document.createElement("details")
  drawer.innerHTML = `<summary>${title}</summary>`
  for (const [name, parameter] of Object.entries(controls)) {
    boxes[parameter].dataset.own = owners[name]
    if (!main.includes(name)) drawer.append(boxes[parameter])
  }
  box.append(...main.map((name) => boxes[controls[name]]), drawer)
}

/**
 * @param {HTMLElement} place
 * @param {Palette} palette
 */
export function paint(place, palette) {
  const tone = isDark(place) ? "dark" : "light"
  paintSymbols(place, (symbol) => palette[symbol]?.[tone] ?? "currentColor")
}

/**
 * An entry of a legend.
 * @param {string} own
 * @param {string} dash
 * @param {string} name HTML
 */
export const legendEntry = (own, dash, name) =>
  `<span data-own="${own}"><svg viewBox="0 0 34 8" aria-hidden="true">` +
  `<path class="curve-line" d="M1 4H33" style="stroke-dasharray:${dash}"/></svg>${name}</span>`
