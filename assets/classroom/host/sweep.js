// What a class has set in a sweep: the settings that are worth a look, and where each stands in the course.

/** @import { Counts, Setting } from "../types.js" */
/** @import { Result } from "./types.js" */

/** @typedef {Pick<Result, "link" | "settings" | "surface" | "rounds">} Sweep */
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
 * The best setting of all, if nobody has chosen one as good; null: somebody has.
 * @param {Sweep} sweep
 */
function hole(sweep) {
  const heights = sweep.surface?.heights ?? [], highest = Math.max(...heights)
  const [best] = allChosen(sweep)
  return !best || best.height >= highest ? null : chosen(sweep, heights.indexOf(highest), 0)
}

/**
 * What is worth a look: the best, the most frequent and the worst choice, and a better one that nobody made.
 * @param {Sweep} sweep
 * @returns {[name: string, setting: Chosen][]}
 */
export function worthALook(sweep) {
  const all = allChosen(sweep), best = all[0], worst = all.at(-1)
  if (!best || !worst) return []
  const most = all.reduce((one, other) => (other.count > one.count ? other : one))
  /** @type {[string, Chosen | null][]} */
  const rows = [
    ["Best", best],
    ["Most frequent", most.count > 1 && most !== best && most !== worst ? most : null],
    ["Worst", worst === best ? null : worst],
    ["Nobody tried", hole(sweep)],
  ]
  return /** @type {[string, Chosen][]} */ (rows.filter(([, setting]) => setting))
}
