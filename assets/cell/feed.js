// The small part that travels at every commit: it hands Python's tables to the cell, and the cell's
// commits to Python.

export default function (component) {
  const { data, setStateValue } = component
  window.lstmCell = { data, send: (value) => setStateValue("sent", value) }
  document.dispatchEvent(new Event("lstm-cell-data"))
}
