// All models beside each other; a press opens one.

/** @import { Panel } from "../panel/types.js" */
import { element, setAttributes, setText } from "../shared/dom.js"
import { findAll } from "../shared/search.js"

/** @type {WeakMap<HTMLElement, string>} */
const texts = new WeakMap() // of cells that may be covered

/**
 * name: of the control that chooses the model.
 * @param {Panel} panel
 * @param {string} name
 */
export function buildCatalogue(panel, name) {
  const { label, columns, covers, rows, note } = panel.data.look.catalogue
  const head = columns.map((/** @type {string} */ column) => element("th", { scope: "col" }, column))
  const body = rows.map((/** @type {string[]} */ [model, ...cells]) => {
    const button = element("button", { type: "button", "data-model": model }, model)
    button.addEventListener("click", () => panel.set({ [name]: model }))
    return element("tr", {}, element("th", { scope: "row" }, button),
      ...cells.map((cell, k) => coverableCell(cell, covers[columns[k + 1]])))
  })
  const table = element("table", {},
    element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body))
  return element("details", { class: "catalogue" }, element("summary", {}, label),
    element("div", { class: "table" }, table), element("p", {}, note))
}

/**
 * A cell that is filled as soon as its column is not covered.
 * @param {string} text
 * @param {string} [cover]
 */
function coverableCell(text, cover = "") {
  const cell = element("td", { "data-cover": cover })
  texts.set(cell, text)
  return cell
}

/**
 * Mark the model that is open, and leave empty what is covered.
 * @param {Panel} panel
 * @param {string} model
 */
export function showCatalogue({ root, data: { covered } }, model) {
  for (const button of findAll(root, "[data-model]")) {
    setAttributes(button, { "aria-pressed": String(button.dataset.model === model) })
  }
  for (const cell of findAll(root, "td[data-cover]")) {
    setText(cell, covered.includes(cell.dataset.cover ?? "") ? "?" : texts.get(cell) ?? "")
  }
}
