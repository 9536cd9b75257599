// How often the probes are right: a row for each thing they name, with a dot for each layer on one scale.

/** @import { Frame, Setting } from "../panel/types.js" */
import { element, find, setText } from "../shared/dom.js"

const MARKS = ["first", "second", "one", "chance"] // in the order of a row's places
const LEGEND = [
  ["first", "layer 1"], ["second", "layer 2"], ["one", "one-layer model"],
  ["chance", "always the most frequent answer"],
]

export function buildResults() {
  const legend = LEGEND.map(([mark, name]) =>
    element("span", {}, element("i", { class: `mark ${mark}` }), name))
  const scale = ["0%", "25%", "50%", "75%", "100%"].map((tick) => element("span", {}, tick))
  return element("div", { class: "results" },
    element("p", { class: "legend" }, ...legend), element("div", { class: "rows" }),
    element("div", { class: "result scale", "aria-hidden": "true" }, element("span"),
      element("span", { class: "ticks" }, ...scale), element("span")))
}

/**
 * @param {HTMLElement} box
 * @param {Frame} frame
 * @param {(setting: Setting) => void} choose hears of what the visitor wants the probes to name
 */
export function showResults(box, { rows, name }, choose) {
  const place = find(box, ".rows")
  if (!place.children.length) place.append(...rows.map(() => row()))
  rows.forEach((/** @type {any} */ result, /** @type {number} */ k) => {
    const line = /** @type {HTMLElement} */ (place.children[k])
    const button = find(line, "button")
    button.onclick = () => choose(result.setting)
    setText(button, result.label)
    button.setAttribute("aria-label", result.alt)
    button.setAttribute("aria-pressed", String(result.name === name))
    setText(find(line, ".says"), result.says)
    line.classList.toggle("chosen", result.name === name)
    MARKS.forEach((mark, m) => { find(line, `.${mark}`).style.left = `${result.places[m] / 100}%` })
    const joint = find(line, ".joint"), [first, second] = result.places
    joint.style.left = `${Math.min(first, second) / 100}%`
    joint.style.right = `calc(100% - ${Math.max(first, second) / 100}%)`
  })
}

function row() {
  const marks = [...MARKS].reverse().map((mark) => element("i", { class: `mark ${mark}` }))
  return element("div", { class: "result" }, element("button", { type: "button" }),
    element("span", { class: "track" }, element("i", { class: "joint" }), ...marks),
    element("span", { class: "says" }))
}
