// Hands what Python has chosen to the reader.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Pointer } from "./types.js" */

/** @param {Component<Pointer>} component */
export default function ({ data }) {
  window.lstmPointers = { ...window.lstmPointers, [data.key]: data }
  document.dispatchEvent(new Event("lstm-pointer"))
}
