// Numbers of a class on a scale: where they fall, and what stands on the axis. Pure.

/** @import { Asking } from "../../types.js" */

/** @typedef {NonNullable<Asking["scale"]>} Scale */

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
const NICE = [1, 2, 5, 10], ROUND = [1, 1.5, 2, 2.5, 3, 4, 5]

/**
 * Where a number lies on a scale, from 0 to 1.
 * @param {Scale} scale
 * @param {number} value
 */
export function placeOf({ low, high, logarithmic }, value) {
  const place = logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low)
  return Math.min(1, Math.max(0, place))
}

/**
 * How many numbers fall into each of equal parts of a scale; the highest number belongs to the last part.
 * @param {Scale} scale
 * @param {number[]} values
 * @param {number} parts
 */
export function countsOf(scale, values, parts) {
  const counts = Array(parts).fill(0)
  for (const value of values) counts[Math.min(parts - 1, Math.floor(parts * placeOf(scale, value)))] += 1
  return counts
}

/**
 * Round numbers for an axis, at most so many.
 * @param {Scale} scale
 * @param {number} most
 * @returns {number[]}
 */
export function ticksOf({ low, high, logarithmic }, most) {
  if (logarithmic && high / low >= 100) return powers(low, high, most)
  const whole = evenTicks(low, high, most)
  if (whole) return whole
  const size = (high - low) / (most - 1), power = 10 ** Math.floor(Math.log10(size))
  const step = power * (NICE.find((nice) => nice * power >= size * (1 - 1e-9)) ?? 10)
  const first = Math.ceil(low / step - 1e-9), last = Math.floor(high / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, k) => tidy((first + k) * step))
}

/**
 * Round numbers from one end to the other; null where no round step leads there.
 * @param {number} low
 * @param {number} high
 * @param {number} most
 */
function evenTicks(low, high, most) {
  for (let parts = most - 1; parts > 0; parts--) {
    const step = tidy((high - low) / parts), [front] = step.toExponential().split("e")
    if (!ROUND.includes(Number(front)) || !Number.isInteger(tidy(low / step))) continue
    return Array.from({ length: parts + 1 }, (_, k) => tidy(low + k * step))
  }
  return null
}

/**
 * Powers of ten from one end to the other, or some of those that a phone's scale shows (phone/scale.js).
 * @param {number} low
 * @param {number} high
 * @param {number} most
 */
function powers(low, high, most) {
  const first = Math.ceil(Math.log10(low) - 1e-9), last = Math.floor(Math.log10(high) + 1e-9)
  const decades = last - first, fine = decades % 4 === 0 ? decades / 4 : 1
  let step = fine
  while (step < decades && (decades % step !== 0 || decades / step + 1 > most)) step += fine
  const ticks = []
  for (let power = first; power <= last; power += step) ticks.push(tidy(10 ** power))
  return ticks
}

/** @param {number} value */
function tidy(value) {
  return Number(value.toPrecision(12))
}

/**
 * A number as the course writes it: 0.025, 4,000, 1.9 · 10⁻¹⁰.
 * @param {number} value
 */
export function numberText(value) {
  if (value === 0) return "0"
  const size = Math.abs(value), sign = value < 0 ? "−" : ""
  if (size >= 1e-3 && size < 1e5) {
    const number = Number.isInteger(size) ? size : Number(size.toPrecision(3))
    return sign + number.toLocaleString("en", { maximumFractionDigits: 6 })
  }
  const [front, power] = size.toExponential(1).split("e")
  const raise = (/** @type {string} */ letter) => (letter === "-" ? "⁻" : RAISED[Number(letter)])
  const raised = Array.from(String(Number(power)), raise).join("")
  const digits = String(Number(front))
  return `${sign}${digits === "1" ? "" : `${digits} · `}10${raised}`
}

/**
 * A number with its unit; a percent sign stands close.
 * @param {number} value
 * @param {string} unit
 */
export function withUnit(value, unit) {
  const space = unit && unit !== "%" ? "\u00a0" : ""
  return `${numberText(value)}${space}${unit}`
}

/**
 * The middle one of numbers in order; of two in the middle the lower one, so that half are at or below it.
 * Null where there is none. Every screen says this one.
 * @param {number[]} values
 */
export function middleOf(values) {
  return values[Math.ceil(values.length / 2) - 1] ?? null
}

const FEW_NUMBERS = 4 // numbers from which on they have a middle that is worth a word

/**
 * What the projector says of the middle of a class's numbers; null where they are too few.
 * @param {number[]} values  in order
 * @param {string} unit
 */
export function halfOf(values, unit) {
  const at = middleOf(values)
  if (at === null || values.length < FEW_NUMBERS) return null
  const isSame = values[0] === values[values.length - 1], text = withUnit(at, unit)
  return { at, words: isSame ? `all of you: ${text}` : `half of you ≤ ${text}` }
}

/**
 * A class's numbers in one sentence for its lecturer.
 * @param {number[]} values  in order
 * @param {string} unit
 */
export function numbersText(values, unit) {
  const last = values.length - 1
  const [low, high] = [values[0], values[last]].map((value) => withUnit(value, unit))
  const count = `${values.length} ${last ? "numbers" : "number"}: `
  if (!last) return `${count}${low}.`
  if (values[0] === values[last]) return `${count}all are ${low}.`
  if (values.length < FEW_NUMBERS) {
    return `${count}${values.slice(0, last).map(numberText).join(", ")} and ${high}.`
  }
  const quarter = Math.floor(values.length / 4), from = values[quarter], to = values[last - quarter]
  const middle = `${count}the middle is ${withUnit(Number(middleOf(values)), unit)}`
  if (from === to) return `${middle}, which at least half have said.`
  return `${middle}, at least half lie from ${numberText(from)} to ${withUnit(to, unit)}.`
}

const FACTORS = [1e-3, 1e-2, 0.1, 0.5, 1, 2, 10, 100, 1e3]

/**
 * Marks on a scale of errors: the error of a right number among them.
 * @param {Scale} scale
 * @param {number} most
 * @returns {number[]}
 */
export function errorTicks(scale, most) {
  const { low, high, logarithmic } = scale
  if (!logarithmic) return ticksOf(scale, most)
  const within = FACTORS.filter((factor) => factor >= low && factor <= high)
  return within.length <= most ? within : within.filter((factor) => factor !== 0.5 && factor !== 2)
}

/**
 * How far a number is off, as the axis says it; beyond the ends of the scale lies more.
 * @param {Scale} scale
 * @param {number} error
 */
export function errorText({ low, high, logarithmic }, error) {
  const sign = !logarithmic && error > 0 ? "+" : ""
  const text = logarithmic ? `× ${numberText(error)}` : sign + numberText(error)
  return error === low ? `≤ ${text}` : error === high ? `≥ ${text}` : text
}
