// How a simulated student answers: in a rehearsal there is nobody else.

/** @import { Asking, Value } from "../types.js" */
/** @import { Result } from "./types.js" */

import { outcomeOf, placeOfDeal } from "../own.js"
import { placeOf } from "../projector/pictures/numbers.js"

export const UNSURE_ID = "unsure"
// Of a hundred students: right at first, unsure at first, right again after the talk, turned right by it.
const RIGHT_FIRST = 0.45, UNSURE_FIRST = 0.06, STAYS_RIGHT = 0.93, TURNS_RIGHT = 0.6
// Of a hundred students: right on an item before the lesson, and after it.
const RIGHT_IN_TEST = { before: 0.4, after: 0.75 }
const SETTINGS_TRIED = 3 // of which most students choose the best
const AT_AN_END = 0.15 // of those who turn a control as far as it goes

/** @typedef {() => number} Random  from 0 to 1 */
/** @typedef {Partial<Result> & Pick<Result, "answers" | "kind">} Question */
/** @typedef {{at: number, seat: number}} Student  at: which one */

/**
 * The answer of a simulated student.
 * @param {Question} question
 * @param {Value | null} before  what they said in the round before
 * @param {Random} [random]
 * @param {Student} [student]
 * @returns {Value}
 */
export function simulatedAnswer(question, before, random = Math.random, student = { at: 0, seat: 0 }) {
  if (question.kind === "sweep") return setting(question, random)
  if (question.kind === "number") return guess(question, random)
  const chance = chanceOf(question, before, student)
  const right = question.right ?? null
  if (right !== null && random() < chance) return valueOf(question, String(right), student, random)
  // It was not convinced.
  if (before !== null && before !== UNSURE_ID && !isRight(question, before, student)) return before
  if (random() < UNSURE_FIRST / (1 - RIGHT_FIRST)) return UNSURE_ID
  // The wrong answers are not equally tempting: each is half as frequent as the one before it.
  const wrong = idsOf(question, student).filter((id) => id !== right)
  const place = wrong.findIndex((_, at) => at === wrong.length - 1 || random() < 0.6)
  return wrong[place] === undefined ? UNSURE_ID : valueOf(question, wrong[place], student, random)
}

/**
 * How probable it is that a student is right: with an item of a test it is certain, for who knew it before
 * the lesson knows it after.
 * @param {Question} question
 * @param {Value | null} before
 * @param {Student} student
 */
function chanceOf(question, before, student) {
  const { test, question: id = "" } = question
  if (test) return shareAt(`${id}/${student.at}`) < RIGHT_IN_TEST[test.part] ? 1 : 0
  if (before === null) return RIGHT_FIRST
  return isRight(question, before, student) ? STAYS_RIGHT : TURNS_RIGHT
}

/**
 * A number from 0 to 1 that a text always has.
 * @param {string} text
 */
function shareAt(text) {
  let hash = 2166136261 // FNV-1a, and its bits mixed
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619)
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507)
  hash = Math.imul(hash ^ (hash >>> 13), 3266489909)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}

/**
 * @param {Question} question
 * @param {Value} answer
 * @param {Student} student
 */
function isRight(question, answer, { seat }) {
  if (question.kind !== "dealt" || typeof answer === "string") return answer === question.right
  const asking = /** @type {Asking} */ (/** @type {unknown} */ (question))
  return outcomeOf({ ...asking, seat }, answer) === question.right
}

/**
 * What a student can answer: an answer, or, to numbers of their own, what comes of a mistake.
 * @param {Question} question
 * @param {Student} student
 */
function idsOf(question, student) {
  if (question.kind !== "dealt") return question.answers.map(({ id }) => id)
  return [...keysOf(question, student).map(([id]) => id), "other"]
}

/**
 * @param {Question} question
 * @param {Student} student
 */
function keysOf(question, { seat }) {
  const { id, keys = [] } = /** @type {Asking} */ (/** @type {unknown} */ (question))
  return keys[placeOfDeal(id, keys.length, seat)] ?? []
}

/**
 * What is sent for an outcome: of numbers of one's own the one that it leads to.
 * @param {Question} question
 * @param {string} id
 * @param {Student} student
 * @param {Random} random
 */
function valueOf(question, id, student, random) {
  if (question.kind !== "dealt") return id
  const { low = -Infinity, high = Infinity } = question.scale ?? {}
  const key = keysOf(question, student).find(([name]) => name === id)
  const number = key ? middle(key[1], key[2]) : guess(question, random)
  return Math.min(high, Math.max(low, number))
}

/**
 * @param {number} low
 * @param {number} high
 */
const middle = (low, high) => Number(((low + high) / 2).toPrecision(4))

/**
 * A guess at a number on its scale: near the true one, or well off; where nobody knows it yet, anywhere.
 * @param {Question} question
 * @param {Random} random
 */
function guess({ right, scale, kind, experiment }, random) {
  const truth = kind === "number" && typeof right === "number" ? right : null
  if (!scale) return truth ?? 0
  const { low, high, logarithmic } = scale
  const off = random() < RIGHT_FIRST ? 0.1 : 0.6
  const centre = truth === null ? (random() + random()) / 2 : placeOf(scale, truth) + (random() - 0.5) * off
  const at = Math.min(1, Math.max(0, centre))
  const value = logarithmic ? low * (high / low) ** at : low + at * (high - low)
  const rounded = experiment ? Math.round(value) : Number(value.toPrecision(3))
  return Math.min(high, Math.max(low, rounded))
}

/**
 * A setting of a sweep: most try some and take the best, some turn a control as far as it goes.
 * @param {Question} question
 * @param {Random} random
 */
function setting({ settings = [], surface }, random) {
  const one = () => settings.map(({ values }) => {
    const last = values.length - 1
    if (random() < AT_AN_END) return random() < 0.5 ? 0 : last
    return Math.round(last * (random() + random()) / 2)
  })
  const height = (/** @type {number[]} */ places) =>
    surface?.heights[places.reduce((index, at, k) => index * settings[k].values.length + at, 0)] ?? 0
  const tries = Array.from({ length: random() < 0.5 ? SETTINGS_TRIED : 1 }, one)
  return tries.reduce((best, each) => (height(each) > height(best) ? each : best)).join(",")
}

/**
 * Milliseconds until a student acts: few at once, most soon, some late.
 * @param {number} most
 * @param {() => number} [random]
 */
export const humanPause = (most, random = Math.random) =>
  most * (0.08 + 0.3 * random() + 0.3 * random() + 0.3 * random() * random())
