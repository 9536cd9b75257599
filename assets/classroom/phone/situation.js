// Which screen there is, and its words.  Without a page: tests call this through Node.

/** @import { Asking, Value } from "../types.js" */
/** @import { ScreenName, Situation, StatusNow } from "./types.js" */

import { bestName, isRightAnswer, outcomeWords, settingText } from "../sweep.js"

export const UNSURE = "unsure", DO_NOT_KNOW = "I don’t know"
export const AWAY = "The class goes on as soon as its database answers."
const PARTS = ["", "", "half", "a third", "a quarter"]
const CODE = /[jp]\/([^/]*)\/?$/

/**
 * A room's code as an address or somebody's fingers say it, in order.
 * @param {string} text
 */
export function orderedCode(text) {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, "")
}

/** @param {string} pathname  of the phone's page */
export function codeOfPath(pathname) {
  return orderedCode(decodeURIComponent(CODE.exec(pathname)?.[1] ?? ""))
}

/**
 * Which screen there is. Two situations with the same key are the same screen.
 * @param {Situation} situation
 * @returns {{name: ScreenName, key: string}}
 */
export function screenOf(situation) {
  const name = nameOf(situation), asking = situation.state?.asking
  const isAbout = ["ready", "vote", "talk", "revealed", "place"].includes(name)
  return { name, key: isAbout && asking ? `${name}/${asking.id}/${asking.round}` : name }
}

/**
 * @param {Situation} situation
 * @returns {ScreenName}
 */
function nameOf({ code, isMember, isRestored, state, over }) {
  if (!code) return "code"
  if (over.status) return over.status === 410 || isMember ? "over" : "code"
  if (!state || (isMember && !isRestored)) return "loading"
  if (!isMember) return "join"
  if (!state.asking) return "waiting"
  if (state.elsewhere) return "place"
  return state.asking.stage === "waiting" ? "ready" : state.asking.stage
}

/** @param {number} round */
export function roundName(round) {
  return ["First", "Second", "Third", "Fourth", "Fifth"][round - 1] ?? `${round}th`
}

/**
 * An answer in plain words.
 * @param {Asking} asking
 * @param {Value} value
 */
export function answerText(asking, value) {
  if (value === UNSURE) return DO_NOT_KNOW
  if (typeof value === "number") return ownNumberText(asking, value)
  if (asking.settings) return settingText(asking.settings, value, "text")
  return asking.answers.find(({ id }) => id === value)?.text ?? ""
}

/**
 * A number as the course writes it: 0.025, −4,000, 1.9 · 10⁻¹⁰.
 * @param {number} value
 * @param {string} [unit]
 */
export function numberText(value, unit = "") {
  const [front, power] = value.toExponential(2).split("e-")
  const raised = power?.replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)])
  const plain = value.toLocaleString("en", { maximumSignificantDigits: Number.isInteger(value) ? 9 : 3 })
  const times = Number(front) === 1 ? "" : `${Number(front)} · `
  const number = (Number(power) > 3 ? `${times}10⁻${raised}` : plain).replace("-", "−")
  return unit && unit !== "%" ? `${number} ${unit}` : `${number}${unit}`
}

/**
 * A number to a question with dealt numbers: with as many digits as it asks for, or more where somebody has
 * typed more.
 * @param {Asking} asking
 * @param {number} value
 */
function ownNumberText({ scale, digits }, value) {
  if (digits === undefined) return numberText(value, scale?.unit)
  const typed = String(value).split(".")[1]?.length ?? 0, isTyped = typed <= 6
  const places = isTyped ? Math.max(digits, typed) : digits
  const text = value.toLocaleString("en", { minimumFractionDigits: places, maximumFractionDigits: places })
  return `${text.replace("-", "−")} ${scale?.unit ?? ""}`.trim()
}

/**
 * Read a number as somebody has typed it; null if it is none of the scale.
 * @param {{low: number, high: number}} scale
 * @param {string} text
 */
export function readNumber({ low, high }, text) {
  const plain = text.replace(/[\s'’]/g, "").replace(/^[−–]/, "-"), isShare = high === 1 && plain.endsWith("%")
  const isGrouped = high >= 1000 && /^\d{1,3}([.,]\d{3})+$/.test(plain) // 16,200 or 16.200
  const number = isShare ? plain.slice(0, -1) : plain
  const line = isGrouped ? number.replace(/[.,]/g, "") : number.replace(",", ".")
  const value = line ? Number(line) / (isShare ? 100 : 1) : NaN
  return value >= low && value <= high ? value : null
}

/**
 * What is said of an own answer once all is revealed.
 * @param {Asking} asking
 * @param {Value | null} answer
 */
export function verdict(asking, answer) {
  const { right = null, surface, experiment } = asking
  if (answer === null) return "You did not answer."
  if (right === null && !surface) return experiment ? "The networks train now." : "The vote is over."
  if (answer === UNSURE) return "Here is the answer."
  if (surface) {
    const words = `${outcomeWords(asking, String(answer))}.`
    return isRightAnswer(asking, answer) ? `${words} ${bestName(asking)}.` : words
  }
  if (typeof right === "number") return (experiment ? missedBy : nearness)(Number(answer), right)
  return isRightAnswer(asking, answer) ? "Right." : "Not right."
}

/** @param {Asking} asking  what the right answer to it is called */
export const truthName = (asking) =>
  asking.scale ? "Computed" : asking.surface ? bestName(asking) : "Right answer"

/** @param {Asking} asking  of a test, at which end of the lesson; "" of none */
export const endWords = ({ test }) =>
  test ? `${test.part === "after" ? "After" : "Before"} the lesson` : ""

/** @param {Asking} asking  which item of a test it is, "" if it is none */
export const testWords = (asking) =>
  asking.test ? `${endWords(asking)} · question ${asking.test.item} of ${asking.test.items}` : ""

/** @type {(own: number, right: number) => string}  how far an estimate of a count is off */
function missedBy(own, right) {
  if (own === right) return "Exactly right."
  return `${numberText(Math.abs(own - right))} too ${own > right ? "many" : "few"}.`
}

/**
 * How near a number is to what is computed.
 * @param {number} own
 * @param {number} right  no zero
 */
export function nearness(own, right) {
  const times = own / right, percent = 100 * Math.abs(times - 1)
  const within = [1, 5, 10, 25, 50].find((most) => percent <= most)
  if (within) return `Within ${within}%.`
  if (!(times > 0.01)) return "Far too small."
  if (times > 100) return "Far too large."
  if (times > 1) return `${numberText(Number(times.toPrecision(2)))} times as much.`
  const parts = Math.round(1 / times)
  return `About ${PARTS[parts] ?? "1/" + parts} of it.`
}

/**
 * What stands beside the menu: the connection comes first, then whether the answer is stored.
 * @param {StatusNow} now
 */
export function statusLine({ isReached, isAway, isLate, name, own, voted, joined }) {
  const waits = own && !own.sent
  if (!isReached) return `No connection. ${waits ? "Your vote waits here." : "Trying again …"}`
  if (isAway) return waits ? "Your vote is kept here and sent by itself." : AWAY
  if (name === "vote") {
    if (waits) return "Sending …"
    if (isLate && !own) return "Time is up. Your lecturer closes the vote soon."
    return own ? "Your vote is in. You can change it." : "You have not voted yet."
  }
  if (name === "talk" || name === "revealed") return `${voted} of ${joined} answered.`
  return ""
}

/**
 * The seconds that a soft timer has left, 0 once it has run out.
 * @param {{seconds: number, since: number}} timer
 * @param {number} now  milliseconds by the server's clock
 */
export function secondsLeft({ seconds, since }, now) {
  return Math.max(0, Math.min(seconds, Math.ceil(since + seconds - now / 1000)))
}

/** @param {number} seconds */
export function clockText(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
}
