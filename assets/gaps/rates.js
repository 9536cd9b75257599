// How often each way fills a gap right, and how surprised it is: dots with their intervals.

import { element, find, setText } from "../shared/dom.js"
import { findAll } from "../shared/search.js"

const HEADS = ["right", "mean surprise, bits"]
const SCALES = [["0%", "50%", "100%"], ["0", "1.25", "2.5"]]

export function buildRates() {
  const heads = HEADS.map((head) => element("b", { class: "rate-head" }, head))
  const scales = SCALES.map((ticks) =>
    element("span", { class: "ticks" }, ...ticks.map((tick) => element("span", {}, tick))))
  return element("div", { class: "rate-table" },
    element("div", { class: "rate" }, element("span"), ...heads),
    element("div", { class: "rate-rows" }),
    element("div", { class: "rate scale", "aria-hidden": "true" }, element("span"), ...scales))
}

/**
 * @param {HTMLElement} place
 * @param {{label: string, tracks: number[][], says: string[], alt: string}[]} rows
 */
export function showRates(place, rows) {
  if (place.children.length) return
  place.append(...rows.map(({ label, tracks, says, alt }) => {
    const line = element("div", { class: "rate", role: "img", "aria-label": `${label}: ${alt}` },
      element("span", { class: "label" }, label), ...tracks.map(() => track()))
    findAll(line, ".track").forEach((box, k) => {
      const [middle, low, high] = tracks[k].map((place) => `${place / 100}%`)
      find(box, ".dot").style.left = middle
      const interval = find(box, ".interval")
      interval.style.left = low
      interval.style.right = `calc(100% - ${high})`
      const text = find(box, ".says")
      text.style.left = `calc(${high} + .5rem)`
      setText(text, says[k])
    })
    return line
  }))
}

const track = () => element("span", { class: "track" }, element("i", { class: "interval" }),
  element("i", { class: "dot" }), element("span", { class: "says" }))
