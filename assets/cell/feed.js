// The small part that travels at every commit: it hands Python's tables to the cell, and what the
// visitor does to Python.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Message } from "./types.js" */

/** @param {Component<Message>} component */
export default function ({ data, setStateValue, setTriggerValue }) {
  window.lstmCell = {
    data,
    send: (value) => setStateValue("sent", value),
    sendInput: (value) => setTriggerValue("drawn", value),
  }
  document.dispatchEvent(new Event("lstm-cell-data"))
}
