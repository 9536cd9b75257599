// What a class has set in a sweep: the settings that are worth a look, and where each stands in the course.

/** @import { Counts, Setting } from "../types.js" */
/** @import { Result } from "./types.js" */

import { bestName } from "../sweep.js"

/** @typedef {Pick<Result, "link" | "settings" | "surface" | "rounds" | "right">} Sweep */
/** @typedef {{places: number[], count: number, height: number, words: string, link: string}} Chosen */

/**
 * The place of a setting among those of a surface: row by row.
 * @param {Setting[]} settings
 * @param {number[]} places  of the controls
 */
const indexOf = (settings, places) =>
  places.reduce((index, place, at) => index * settings[at].values.length + place, 0)

/**
 * The places of the controls of a setting, by its place among all.
 * @param {Setting[]} settings
 * @param {number} index
 */
function placesOf([, second], index) {
  const columns = second?.values.length ?? 0
  return columns ? [Math.floor(index / columns), index % columns] : [index]
}

/**
 * The address of the course in a setting.
 * @param {string} link  of the question's part
 * @param {Setting[]} settings
 * @param {number[]} places
 */
function linkOf(link, settings, places) {
  const [page, text = ""] = link.split("?"), query = new URLSearchParams(text)
  settings.forEach(({ parameter, values }, at) => query.set(parameter, values[places[at]]))
  return `${page}?${query}`
}

/**
 * @param {Sweep} sweep
 * @param {number} index
 * @param {number} count
 * @returns {Chosen}
 */
function chosen({ link, settings = [], surface }, index, count) {
  const places = placesOf(settings, index)
  const { [index]: height = 0 } = surface?.heights ?? [], { [index]: words = "" } = surface?.words ?? []
  return { places, count, height, words, link: linkOf(link, settings, places) }
}

/**
 * All settings that somebody has chosen, the best first.
 * @param {Sweep} sweep
 * @param {Counts | undefined} [counts]
 * @returns {Chosen[]}
 */
export function allChosen(sweep, counts = sweep.rounds.at(-1)) {
  const { settings = [] } = sweep
  return Object.entries(counts?.dots ?? {})
    .map(([key, count]) => chosen(sweep, indexOf(settings, key.split(",").map(Number)), count))
    .sort((a, b) => b.height - a.height || b.count - a.count)
}

/**
 * The best setting of all; of several that are equally good the one that most have chosen. all: how many have
 * chosen one of them.
 * @param {Sweep} sweep
 */
export function bestOf(sweep) {
  const { settings = [], right, surface } = sweep, heights = surface?.heights ?? []
  const places = typeof right === "string" ? right.split(",").map(Number) : null
  const index = places ? indexOf(settings, places) : heights.indexOf(Math.max(...heights))
  const best = allChosen(sweep).filter(({ height }) => height === heights[index])
  const all = best.reduce((sum, { count }) => sum + count, 0)
  return { ...best[0] ?? chosen(sweep, index, 0), all }
}

/**
 * What is worth a look: the best, the most frequent and the worst choice, and a better one that nobody made.
 * @param {Sweep} sweep
 * @returns {[name: string, setting: Chosen][]}
 */
export function worthALook(sweep) {
  const all = allChosen(sweep), highest = all[0], lowest = all.at(-1), best = bestOf(sweep)
  if (!highest || !lowest) return []
  const isBest = best.link === highest.link, name = bestName(sweep)
  const most = all.reduce((one, other) => (other.count > one.count ? other : one))
  /** @type {[string, Chosen | null][]} */
  const rows = [
    [isBest ? name : "Highest", highest],
    ["Most frequent", most.count > 1 && most !== highest && most !== lowest ? most : null],
    ["Lowest", lowest.height === highest.height ? null : lowest],
    [best.count ? name : `${name}, not tried`, isBest ? null : best],
  ]
  return /** @type {[string, Chosen][]} */ (rows.filter(([, setting]) => setting))
}
