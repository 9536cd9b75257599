
// Appended to the code of each drawing: from now on its feeds can draw.
export default function ({ data }) {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(data.css)
  window.lstmDrawings = { ...window.lstmDrawings, [data.name]: { draw, sheet } }
  document.dispatchEvent(new Event("lstm-drawing"))
}
