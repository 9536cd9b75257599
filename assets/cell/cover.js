// What stays covered while the question above the cell stands unanswered: numbers that would answer it.

/** @import { Cell } from "./types.js" */
import { findAll } from "../shared/search.js"

/**
 * The names of the numbers that are not to be seen of what is set; of each, where the question says so.
 * @param {Cell} cell
 * @returns {Set<string>}
 */
export function coveredNames({ data, values }) {
  const isHere = (/** @type {string} */ of, /** @type {[number, number][]} */ ranges) =>
    !of || ranges.some(([low, high]) => low <= values[of] && values[of] <= high)
  return new Set(data.hidden.flatMap(({ values: names, of, ranges }) => isHere(of, ranges) ? names : []))
}

/**
 * Tell the style sheet what is covered; a drawer whose content is says so in its title.
 * @param {Cell} cell
 */
export function coverCell({ root, data: { covered, cover } }) {
  root.dataset.covered = covered.join(" ")
  for (const title of findAll(root, "summary")) title.dataset.cover = cover
}
