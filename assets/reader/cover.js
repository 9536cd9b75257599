// What would give away the answer to the question above the panel: it keeps its place, and says why it is
// hidden.

/** @import { Panel } from "../panel/types.js" */

/**
 * Cover a part of a drawing, or show it.
 * @param {HTMLElement} box
 * @param {Panel} panel
 * @param {string[]} names of what it shows; it is covered if one of them is
 */
export function coverBox(box, { data: { cover, covered } }, names) {
  box.dataset.cover = cover
  box.classList.toggle("covered", names.some((name) => covered.includes(name)))
}
