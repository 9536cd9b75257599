// What a class has chosen of a sweep's settings, and what comes of each. Pure.

/** @import { Asking, Counts, Setting } from "../../../types.js" */

/**
 * How many have chosen each setting: places of its values along the controls.
 * @param {Counts} [counts]
 * @returns {{at: number[], count: number}[]}
 */
export function choicesOf(counts) {
  return Object.entries(counts?.dots ?? {}).map(([key, count]) => ({ at: key.split(",").map(Number), count }))
}

/**
 * The place of a setting in the surface: a row for each value of the first control.
 * @param {number[]} at
 * @param {Setting[]} settings
 */
function placeInSurface(at, settings) {
  return settings.length === 1 ? at[0] : at[0] * settings[1].values.length + at[1]
}

/**
 * The setting that is marked: the best one where the question says which, else where the surface is highest.
 * @param {Asking} asking
 * @returns {{at: number[], words: string, isBest: boolean} | null}
 */
export function markedSetting({ settings = [], surface, right }) {
  if (!surface) return null
  const isBest = typeof right === "string"
  const highest = surface.heights.indexOf(Math.max(...surface.heights))
  const wide = settings.length > 1 ? settings[1].values.length : 1
  const all = settings.length > 1 ? [Math.floor(highest / wide), highest % wide] : [highest]
  const at = isBest ? right.split(",").map(Number) : all
  return { at, words: surface.words[placeInSurface(at, settings)] ?? "", isBest }
}

/**
 * How many of all settings somebody has chosen.
 * @param {Asking} asking
 */
export function triedSentence({ settings = [], rounds = [] }) {
  const all = settings.reduce((product, { values }) => product * values.length, 1)
  return `${choicesOf(rounds.at(-1)).length} of ${all} settings were tried.`
}
