// Makes a drawing's code known to its feeds: from now on they can draw.

/** @import { Component, DrawingCode, DrawingLook } from "../shared/streamlit.js" */
import { guardSliders } from "../shared/touch.js"

/**
 * @param {Component<DrawingLook>} component
 * @param {DrawingCode["draw"]} draw
 */
export function register({ data }, draw) {
  guardSliders()
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(data.css)
  window.lstmDrawings = { ...window.lstmDrawings, [data.name]: { draw, sheet, fixed: data.fixed } }
  document.dispatchEvent(new Event("lstm-drawing"))
}
