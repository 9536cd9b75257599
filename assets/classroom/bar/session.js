// What the visitor's session is told: which question the class answers, so that its answer stays covered.

/** @import { Ballot } from "../vote.js" */
/** @import { RoomState } from "../types.js" */

const UNHURRIED_TELLING = 3_000 // milliseconds within which it learns what its page does not show
const NOTHING_OPEN = { question: "", answer: "" }

/** Tells the session, in a run of its script, only what is new. */
export class Session {
  constructor() {
    this.told = JSON.stringify(NOTHING_OPEN)
    this.timer = 0
  }

  /**
   * Tell which question is open, and my first answer to it: at once if its page is in view.
   * @param {RoomState | null} state  null: in no class
   * @param {Ballot} ballot
   * @param {(room: {question: string, answer: string}) => void} send
   */
  tell(state, ballot, send) {
    const asking = state?.asking
    const isOpen = asking && asking.kind !== "typed" && asking.stage !== "revealed"
    const answer = isOpen ? ballot.answer(asking.id, 1)?.answer : ""
    const isGuess = typeof answer === "string" && answer !== "unsure"
    const room = isOpen ? { question: asking.question, answer: isGuess ? answer : "" } : NOTHING_OPEN
    const text = JSON.stringify(room)
    clearTimeout(this.timer)
    if (text === this.told) return
    const isUrgent = isOnPage(room.question) || isOnPage(JSON.parse(this.told).question)
    this.timer = setTimeout(() => {
      this.told = text
      send(room)
    }, isUrgent ? 0 : UNHURRIED_TELLING * Math.random())
  }
}

/**
 * Whether the page in view asks a question.
 * @param {string} id
 */
export function isOnPage(id) {
  if (!id) return false
  const ends = `_${id}`
  return Array.from(document.querySelectorAll('[class*="st-key-"]')).some((place) =>
    Array.from(place.classList).some((name) => name.startsWith("st-key-") && name.endsWith(ends)))
}
