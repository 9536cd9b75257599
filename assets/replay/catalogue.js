// All models beside each other; a press opens one.

/** @import { Panel } from "../panel/types.js" */
import { element, findAll, setAttributes } from "../shared/dom.js"

/**
 * name: of the control that chooses the model.
 * @param {Panel} panel
 * @param {string} name
 */
export function buildCatalogue(panel, name) {
  const { label, columns, rows, note } = panel.data.look.catalogue
  const head = columns.map((/** @type {string} */ column) => element("th", { scope: "col" }, column))
  const body = rows.map((/** @type {string[]} */ [model, ...cells]) => {
    const button = element("button", { type: "button", "data-model": model }, model)
    button.addEventListener("click", () => panel.set({ [name]: model }))
    return element("tr", {}, element("th", { scope: "row" }, button),
      ...cells.map((cell) => element("td", {}, cell)))
  })
  const table = element("table", {},
    element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body))
  return element("details", { class: "catalogue" }, element("summary", {}, label),
    element("div", { class: "table" }, table), element("p", {}, note))
}

/**
 * Mark the model that is open.
 * @param {HTMLElement} place
 * @param {string} model
 */
export function showCatalogue(place, model) {
  for (const button of findAll(place, "[data-model]")) {
    setAttributes(button, { "aria-pressed": String(button.dataset.model === model) })
  }
}
