// The small part of a drawing that travels with its data each time. It waits for the drawing's code, which
// is sent once a visit, and asks for it if it doesn't come.

/** @import { Component, DrawingRoot } from "../shared/streamlit.js" */

const LOST = 1500 // milliseconds without the code, after which it is asked for again, and again

/** @param {Component<[unknown]>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const root = /** @type {DrawingRoot} */ (parentElement.querySelector("[data-drawing]"))
  const draw = () => {
    const drawing = window.lstmDrawings?.[String(root.dataset.drawing)]
    if (!drawing) return false
    const shadow = /** @type {ShadowRoot} */ (root.getRootNode())
    if (shadow.adoptedStyleSheets[0] !== drawing.sheet) shadow.adoptedStyleSheets = [drawing.sheet]
    drawing.draw(root, root.newest, drawing.fixed)
    return true
  }
  root.newest = data[0]
  root.send = (name, value) => setTriggerValue(name, value)
  if (draw() || root.missing) return
  const stop = () => {
    clearInterval(root.missing)
    root.missing = undefined
    document.removeEventListener("lstm-drawing", drawLate)
  }
  const drawLate = () => {
    if (draw()) stop()
  }
  // Once is not enough: a run that sends the code can be ended by the visitor's next move before it arrives.
  root.missing = setInterval(() => {
    if (!root.isConnected) stop()
    else if (!window.lstmLoading?.has(String(root.dataset.drawing))) root.send?.("missing", true)
  }, LOST)
  document.addEventListener("lstm-drawing", drawLate)
}
