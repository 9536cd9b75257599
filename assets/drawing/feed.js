export default ({ data, parentElement, setTriggerValue }) => {
  const root = parentElement.querySelector("[data-drawing]")
  const draw = () => {
    const drawing = window.lstmDrawings?.[root.dataset.drawing]
    if (!drawing) return false
    const shadow = root.getRootNode()
    if (shadow.adoptedStyleSheets[0] !== drawing.sheet) shadow.adoptedStyleSheets = [drawing.sheet]
    drawing.draw(root, root.newest)
    return true
  }
  root.newest = data[0]
  root.send = (name, value) => setTriggerValue(name, value)
  if (draw() || root.missing) return
  root.missing = setTimeout(() => setTriggerValue("missing", true), 1500)
  const arrived = () => {
    if (!draw()) return
    root.missing = clearTimeout(root.missing)
    document.removeEventListener("lstm-drawing", arrived)
  }
  document.addEventListener("lstm-drawing", arrived)
}
