// The small part that travels at every move: it hands Python's numbers to the drawing, and the
// character that was chosen in the drawing to Python.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { VectorsData } from "./types.js" */

/** @param {Component<VectorsData>} component */
export default function ({ data, setTriggerValue }) {
  window.lstmVectors = { data, choose: (step) => setTriggerValue("chosen", step) }
  document.dispatchEvent(new Event("lstm-vectors-data"))
}
