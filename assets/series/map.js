// The map of settings that were measured: a cell sets the sliders to what it stands for.

/** @import { Panel } from "../panel/types.js" */
/** @import { CellNews, MapData } from "./types.js" */
import { setMarkup } from "../panel/look.js"
import { element, find } from "../shared/dom.js"
import { findAll } from "../shared/search.js"

/**
 * @param {HTMLElement} place
 * @param {MapData | null} map
 * @param {Panel} panel
 * @param {CellNews | null} own where the visitor's run stands, and whether it has learned
 */
export function drawMap(place, map, panel, own) {
  place.hidden = !map
  if (!map) return
  const { rows, columns, names: [bias, length], measured } = map, text = JSON.stringify(map)
  if (place.dataset.map !== text) {
    place.dataset.map = text
    const heads = columns.map((column) => element("th", { scope: "col" }, column))
    const corner = element("th", { scope: "col", class: "corner" })
    setMarkup(corner, map.corner)
    const table = element("table", {},
      element("caption", {}, map.title),
      element("thead", {}, element("tr", {}, corner, ...heads)),
      element("tbody", {}, ...rows.map((row) => element("tr", {},
        element("th", { scope: "row" }, row), ...columns.map((column) => cellOf(map, row, column, panel))))))
    const note = element("p", { class: "note" })
    setMarkup(note, map.note)
    place.replaceChildren(table, note)
  }
  for (const button of findAll(place, "button")) {
    const set = { [bias]: button.dataset.row, [length]: button.dataset.column, ...measured }
    const here = Object.entries(set).every(([name, value]) => panel.setting[name] === value)
    const isOwn = own?.bias === button.dataset.row && own?.length === button.dataset.column
    button.setAttribute("aria-pressed", String(here))
    find(button, ".own").textContent = !isOwn ? "" : own?.learned ? "●" : "○"
    find(button, ".own").title = isOwn ? "your run" : ""
  }
}

/**
 * @param {MapData} map
 * @param {string} row
 * @param {string} column
 * @param {Panel} panel
 */
function cellOf({ cells, names: [bias, length], measured }, row, column, panel) {
  const cell = cells[`${row} ${column}`]
  if (!cell) return element("td")
  const dots = cell.dots.map((dot) => element("i", { class: dot ? "dot full" : "dot" }))
  const button = element("button", { type: "button", "aria-label": cell.says, title: cell.says },
    ...dots, cell.text, element("span", { class: "own" }))
  Object.assign(button.dataset, { row, column })
  button.addEventListener("click", () => panel.set({ [bias]: row, [length]: column, ...measured }))
  return element("td", { class: cell.shade }, button)
}
