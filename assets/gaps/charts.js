// What could stand in the gap: a row for each candidate, a column of bars for each way to fill it.

/** @import { Frame } from "../panel/types.js" */
import { element, find, setText } from "../shared/dom.js"
import { findAll } from "../shared/search.js"
import { percent } from "../reader/format.js"

const WAYS = [
  ["from the left", "p(c | left)"], ["from the right", "p(c | right)"],
  ["both together", "left · right / p(c)"],
  ["left, reading on", "p(c | left) · p(right | left, c)",
    "tries each character in the gap and reads the rest"],
]

export function buildCharts() {
  const heads = WAYS.map(([name, formula, how]) => element("div", { class: "head" },
    element("b", {}, name), element("span", { class: "formula" }, formula),
    ...(how ? [element("span", { class: "how" }, how)] : [])))
  const verdicts = WAYS.map(() => element("div", { class: "verdict" }))
  return element("div", { class: "charts", "aria-hidden": "true" }, // the words below say the same
    element("div", { class: "candidate heads" }, element("span"), ...heads),
    element("div", { class: "candidates" }),
    element("div", { class: "candidate verdicts" }, element("span"), ...verdicts))
}

/**
 * @param {HTMLElement} charts
 * @param {Frame} frame
 */
export function showCharts(charts, { signs, shares, right, verdicts }) {
  const place = find(charts, ".candidates")
  while (place.children.length > signs.length) place.lastElementChild?.remove()
  while (place.children.length < signs.length) place.append(candidate())
  signs.forEach((/** @type {string} */ sign, /** @type {number} */ k) => {
    const row = /** @type {HTMLElement} */ (place.children[k])
    setText(find(row, ".sign"), sign)
    row.classList.toggle("right", k === right)
    findAll(row, ".bar").forEach((bar, way) => {
      const share = shares[way]?.[k] ?? 0
      bar.style.setProperty("--share", `${share / 100}%`)
      setText(find(bar, ".says"), shares[way] ? percent(share) : "")
    })
  })
  const cells = findAll(charts, ".verdict")
  WAYS.forEach((_, way) => setText(cells[way], verdicts[way] ?? "…"))
  charts.classList.toggle("waits", shares.length < WAYS.length)
}

function candidate() {
  const bars = WAYS.map(() =>
    element("span", { class: "bar" }, element("i"), element("span", { class: "says" })))
  return element("div", { class: "candidate" }, element("span", { class: "sign" }), ...bars)
}
