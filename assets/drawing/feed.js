// The part of a drawing that travels with every change: Python's data.  The code that draws them travels
// once a visit; if it should have been lost, Python is asked for it again.

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const root = parentElement.querySelector("[data-drawing]")
  const name = root.dataset.drawing
  const draw = () => {
    const drawing = window.lstmDrawings?.[name]
    if (!drawing) return false
    const shadow = root.getRootNode()
    if (shadow.adoptedStyleSheets[0] !== drawing.sheet) shadow.adoptedStyleSheets = [drawing.sheet]
    drawing.draw(root, root.newest)
    return true
  }
  root.newest = data
  if (draw() || root.waiting) return
  root.waiting = true
  const missing = setTimeout(() => setTriggerValue("missing", true), 1500)
  const arrived = () => {
    if (!draw()) return
    root.waiting = false
    clearTimeout(missing)
    document.removeEventListener("lstm-drawing", arrived)
  }
  document.addEventListener("lstm-drawing", arrived)
}
