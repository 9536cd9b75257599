// What the cell asks, and what it writes into the address and the tab's memory: all of it as texts.

/** @import { Cell, CellData, Positions, Slider, Texts } from "./types.js" */
import { memoryOf } from "../panel/setting.js"

export const OWN_INPUT = "my own" // the input that the visitor types or draws

/**
 * A setting as a link carries it: the version, then each slider's position.
 * @param {Cell} cell
 */
export const settingText = ({ fixed, data, positions }) =>
  [fixed.version, ...data.sliders.map(({ name }) => positions[name])].join("_")

/**
 * The positions of a setting's text.
 * @param {Slider[]} sliders
 * @param {string} text
 * @returns {Positions}
 */
export function positionsOf(sliders, text) {
  const numbers = text.split("_").slice(1)
  return Object.fromEntries(sliders.map(({ name }, k) => [name, Number(numbers[k])]))
}

/**
 * The question for what is set, along the slider in hand.
 * @param {Cell} cell
 * @returns {Texts}
 */
export function question(cell) {
  const { challenge, data, inHand } = cell
  /** @type {Texts} */
  const query = { cell: settingText(cell), along: inHand, ...readInput(cell) }
  if (!challenge || !data.challenge) return query
  query.challenge = data.challenge.name
  query.sequence = String(challenge.sequence)
  if (challenge.sequence) query.attempt = String(challenge.attempt)
  return query
}

/**
 * The input that is read: what is set, or if that can't be read what was read before.
 * @param {Cell} cell
 */
function readInput({ input, refusedValues, readableInput }) {
  const query = relevantInput(input)
  const isRefused = query.values !== undefined && query.values === refusedValues
  return isRefused ? { ...readableInput, rnn: input.rnn } : query
}

/**
 * What matters of an input: a preset with its steps, noise with its seed, or numbers of one's own.
 * @param {Texts} input
 * @returns {Texts}
 */
export function relevantInput(input) {
  if (!("input" in input)) return {}
  const { input: kind, steps, noise, values, rnn } = input
  if (kind === OWN_INPUT) return { input: kind, values, rnn }
  return kind === "noise" ? { input: kind, steps, noise, rnn } : { input: kind, steps, rnn }
}

/**
 * What the address says of the cell; what is as at first is left out, but never the setting itself.
 * @param {Cell} cell
 * @returns {Record<string, string | null>}
 */
export function cellParameters(cell) {
  const { data, input, t, open, refusedValues } = cell
  /** @type {Record<string, string | null>} */
  const parameters = Object.fromEntries(data.otherParameters.map((name) => [name, null]))
  for (const { name, start } of data.controls) parameters[name] = input[name] === start ? null : input[name]
  const isRead = input.input === OWN_INPUT && input.values !== refusedValues
  if (data.controls.length && !isRead) parameters.values = null
  parameters[data.parameter] = settingText(cell)
  if (data.overTime) parameters.t = t > 1 ? String(t) : null
  parameters.open = [...open].join(".")
  return parameters
}

/**
 * What is set in a view at first: as the address says, else as it was left in this tab, else as at the start.
 * What another view has written into the address in this tab is no link to this one.
 * @param {CellData} data
 * @param {string} version
 */
export function firstTexts(data, version) {
  const { setting, writer = data.view } = memoryOf(data)
  const first = (/** @type {string} */ name, /** @type {string} */ start) =>
    data.setting[name] ?? setting[name] ?? start
  const own = (/** @type {string} */ name, /** @type {string} */ start, place = name) =>
    (writer === data.view ? data.setting[name] : undefined) ?? setting[`${data.view} ${place}`] ?? start
  const start = [version, ...data.sliders.map((slider) => slider.first)].join("_")
  return {
    cell: own(data.parameter, start, "cell"), t: own("t", "1"), open: first("open", ""),
    input: Object.fromEntries(data.controls.map(({ name, start }) => [name, first(name, start)])),
  }
}

/**
 * Remember what is set, for this tab.
 * @param {Cell} cell
 */
export function rememberCell(cell) {
  const { data, input, t, open, jump, challenge } = cell, memory = memoryOf(data)
  const texts = { [`${data.view} cell`]: settingText(cell), [`${data.view} t`]: String(t) }
  Object.assign(memory.setting, texts, input, { open: [...open].join(".") })
  memory.writer = data.view
  memory.jumps[data.answers] = jump
  if (challenge) (memory.challenges ??= {})[data.parameter] = challenge
}
