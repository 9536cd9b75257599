// Where the lecturer's sliders are, on a page of the course that follows: its drawings look up and paint, and
// nothing runs on the server.

/** @import { DrawingRoot } from "../shared/streamlit.js" */

/**
 * Let a page's drawings stand where the lecturer's do.
 * @param {Document} page
 * @param {Record<string, string>} position
 * @returns {boolean}  whether there is a drawing on it that has these controls
 */
export function moveTo(page, position) {
  let isMoved = false
  for (const { cell, panel } of drawingsOf(page)) {
    if (cell && cell.data.parameter in position) {
      cell.move(position)
      isMoved = true
    }
    for (const [name, value] of Object.entries(position)) {
      if (!panel?.controls[name]) continue
      isMoved = true
      if (panel.setting[name] === value) continue
      panel.take(name) // the table along it is asked for once
      panel.set({ [name]: value })
    }
  }
  return isMoved
}

/** @param {Document} page */
function drawingsOf(page) {
  const places = Array.from(page.querySelectorAll(".stBidiComponent, .stBidiComponent *"))
  const roots = places.map(({ shadowRoot }) => shadowRoot?.querySelector("[data-drawing]"))
  return /** @type {DrawingRoot[]} */ (roots.filter(Boolean))
}
