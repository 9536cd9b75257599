// The small part that travels at every commit: it hands Python's tables to the cell, and what the
// visitor does to Python.

export default function (component) {
  const { data, setStateValue, setTriggerValue } = component
  window.lstmCell = {
    data,
    send: (value) => setStateValue("sent", value),
    drawn: (value) => setTriggerValue("drawn", value),
  }
  document.dispatchEvent(new Event("lstm-cell-data"))
}
