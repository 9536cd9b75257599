// A choice on the page is a vote at once. The page's own way, through its session, takes a run: a choice that
// meets a server which is just starting again would be lost there.

/** @import { Asking } from "../types.js" */

import { findAll } from "../../shared/search.js"
import { placeOnPage } from "./session.js"

const ECHO = 3_000 // milliseconds within which the session tells of a choice that was seen here

export class Pills {
  /**
   * asking: what is asked now; choose: gets the id of an answer.
   * @param {() => Asking | null | undefined} asking
   * @param {(answer: string) => void} choose
   */
  constructor(asking, choose) {
    this.chosen = -Infinity // when
    document.addEventListener("click", ({ target }) => {
      const now = asking() // an item of a test is answered in the sheet: a page would reply to it at once
      const answer = now && !now.test && target instanceof Element ? answerOfPill(target, now) : ""
      if (!answer) return
      this.chosen = Date.now()
      choose(answer)
    }, true) // before the page: it marks the pill
  }

  /** Whether what the session tells now may be a choice that was seen here, or the one before it. */
  get isEcho() {
    return Date.now() - this.chosen < ECHO
  }
}

/**
 * The id of the answer whose pill on the page is pressed, "" for anything else. The page has the answers in
 * the same order as the room; a pill that is pressed again is let go, which takes back no vote.
 * @param {Element} target
 * @param {Asking} asking
 */
function answerOfPill(target, { question, answers }) {
  const pill = target.closest('[role="radio"]'), place = pill && placeOnPage(question)
  /** @type {Element[]} */
  const pills = place ? Array.from(findAll(place, '[role="radio"]')) : []
  if (!pill || pills.length !== answers.length || pill.getAttribute("aria-checked") === "true") return ""
  return answers[pills.indexOf(pill)]?.id ?? ""
}
