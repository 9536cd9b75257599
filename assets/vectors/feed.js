// The small part that travels at every move: it hands Python's numbers to the drawing, and the
// character that was chosen in the drawing to Python.

export default function (component) {
  const { data, setTriggerValue } = component
  window.lstmVectors = { data, choose: (step) => setTriggerValue("chosen", step) }
  document.dispatchEvent(new Event("lstm-vectors-data"))
}
