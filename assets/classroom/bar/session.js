// What the visitor's session is told: which question the class answers, so that its answer stays covered; and
// what I have answered to it, also after the reveal: the page asks it no more.

/** @import { Ballot } from "../vote.js" */
/** @import { Asking, RoomState } from "../types.js" */

const UNHURRIED_TELLING = 3_000 // milliseconds within which it learns what its page does not show
/** @type {Told} */
const NOTHING_OPEN = { question: "", closed: false, answered: "", answer: "", last: "" }

/**
 * question: the one that is open; closed: whether its vote is; answered: the one of which answer is my first
 * answer; last: after the reveal my last one, of which the page speaks then.
 * @typedef {{question: string, closed: boolean, answered: string, answer: string, last: string}} Told
 */

/** Tells the session, in a run of its script, only what is new. */
export class Session {
  constructor() {
    this.told = JSON.stringify(NOTHING_OPEN)
    this.timer = 0
    this.late = () => {} // tells what waits
  }

  /** Another session begins: it knows nothing. */
  begin() {
    this.told = JSON.stringify(NOTHING_OPEN)
  }

  /**
   * Tell which question is open, and my first answer to it: at once if its page is in view.
   * @param {RoomState | null} state  null: in no class
   * @param {Ballot} ballot
   * @param {(room: Told) => void} send
   */
  tell(state, ballot, send) {
    const asking = state?.asking
    // Once the class has gone on from an item of a test, the page asks its question as if it had not been.
    const isAsked = asking && asking.kind !== "typed" && !(asking.test && state.elsewhere)
    const room = isAsked ? toldOf(asking, ballot) : NOTHING_OPEN
    const text = JSON.stringify(room)
    clearTimeout(this.timer)
    this.late = () => {}
    if (text === this.told) return
    this.late = () => {
      clearTimeout(this.timer)
      this.late = () => {}
      this.told = text
      send(room)
    }
    const isUrgent = [room.question, room.answered, JSON.parse(this.told).question].some(isOnPage)
    this.timer = setTimeout(this.late, isUrgent ? 0 : UNHURRIED_TELLING * Math.random())
  }

  /** Tell now what waits: another page is opened, and may ask just this question. */
  hurry() {
    this.late()
  }
}

/**
 * @param {Asking} asking
 * @param {Ballot} ballot
 * @returns {Told}
 */
function toldOf({ id, question, round, stage, test }, ballot) {
  const answers = Array.from({ length: round }, (_, k) => ballot.answer(id, k + 1)?.answer ?? "")
  const answer = answers.find(Boolean), last = answers.findLast(Boolean), isOver = stage === "revealed"
  // Of an item of a test the page learns no answer, and takes none: it would reply to it before the end.
  if (test) return isOver ? NOTHING_OPEN : { ...NOTHING_OPEN, question, closed: true }
  // "I don't know" is an answer, too: the page asks no more, and shows what is right after the reveal.
  const own = typeof answer === "string" ? { answered: question, answer } : { answered: "", answer: "" }
  const latest = isOver && typeof last === "string" ? last : ""
  return { question: isOver ? "" : question, closed: stage === "talk", ...own, last: latest }
}

/**
 * Where the page in view asks a question, if it does.
 * @param {string} id
 */
export function placeOnPage(id) {
  const ends = `_${id}`
  return id ? Array.from(document.querySelectorAll('[class*="st-key-"]')).find((place) =>
    Array.from(place.classList).some((name) => name.startsWith("st-key-") && name.endsWith(ends))) : undefined
}

/** @param {string} id  whether the page in view asks this question */
export const isOnPage = (id) => placeOnPage(id) !== undefined

/**
 * Whether the sheet asks a question though its page is in view: in a test, and in a second vote, for a page
 * keeps the first choice.
 * @param {Asking} asking
 */
export const isAskedInSheet = ({ test, stage, round, question }) =>
  test !== undefined || (stage === "vote" && round > 1) || !isOnPage(question)
