// How a question is led: by its kind it goes through other stages, with other words.

/** @import { Asking, Stage } from "../types.js" */
/** @import { Flow, Result } from "./types.js" */

/**
 * @typedef {object} Words
 * @property {string[]} trail  the steps of a question
 * @property {string} open  what opens the vote
 * @property {string} reveal  what shows the outcome, or, before the lesson, closes the test
 * @property {string} stop  what stops that for two seconds
 * @property {string} hide  what takes it back later
 * @property {string} vote  while they vote
 * @property {string} end  when it is over
 */

/** @type {Words} */
const TALK = {
  trail: ["Ask", "Vote", "Talk", "Vote again", "Reveal"],
  open: "Open the vote",
  reveal: "Reveal the answer",
  stop: "Stop the reveal",
  hide: "Hide the answer again",
  vote: "The vote is open. Everybody answers alone.",
  end: "The answer is revealed.",
}
/** @type {Record<Flow, Words>} */
const FLOWS = {
  talk: TALK,
  alone: { ...TALK, trail: ["Ask", "Vote", "Reveal"], vote: "Other numbers: everybody answers alone." },
  bars: {
    ...TALK,
    trail: ["Ask", "Vote", "Bars"],
    reveal: "Show the bars and close",
    stop: "Keep the bars hidden",
    hide: "Open the vote again",
    end: "All see the bars.",
  },
  dots: {
    ...TALK,
    trail: ["Ask", "Choose", "Dots"],
    open: "Open the choice",
    reveal: "Show all dots",
    stop: "Keep the dots hidden",
    hide: "Open the choice again",
    vote: "Everybody chooses a setting.",
    end: "All see the dots.",
  },
  runs: {
    ...TALK,
    trail: ["Ask", "Vote", "Train"],
    reveal: "Reveal and train",
    stop: "Don't train yet",
    hide: "Hide the networks again",
    vote: "The vote is open. Everybody estimates alone.",
    end: "The networks are on the projector.",
  },
  before: {
    ...TALK,
    trail: [],
    reveal: "Close the test",
    hide: "Open the last item again",
    vote: "Everybody answers alone. Nothing is revealed.",
    end: "The test is closed. Its answers come after the lesson.",
  },
  after: {
    ...TALK,
    trail: [],
    reveal: "Show what they learned",
    stop: "Keep it hidden",
    hide: "Hide what they learned",
    vote: "Everybody answers alone.",
    end: "All see what they learned.",
  },
}

/** @param {Flow} flow */
export const wordsOf = (flow) => FLOWS[flow]

/** Flows in which neighbours may talk, and vote once more. */
const TALKING = new Set(["talk", "bars", "runs"])

/** @param {Flow} flow */
export const canTalk = (flow) => TALKING.has(flow)

/**
 * How a question is led.
 * @param {Pick<Asking, "kind" | "test" | "experiment">} asking
 * @param {boolean} hasRight  whether an answer to it is right
 * @param {boolean} isAlone  whether it asks the question before it once more, with other numbers
 * @returns {Flow}
 */
export function flowOf({ kind, test, experiment }, hasRight, isAlone) {
  if (test) return test.part
  if (kind === "sweep") return "dots"
  if (experiment) return "runs"
  if (isAlone) return "alone"
  return hasRight ? "talk" : "bars"
}

/**
 * Whether an answer to a question is right, though it may be known later; what is typed may have none.
 * @param {Pick<Result, "kind" | "right" | "experiment"> | null} result
 */
export const hasRight = (result) =>
  !result || !!result.experiment || (result.right !== null && result.right !== undefined)

/**
 * What the class does at a stage of a question.
 * @param {{stage: Stage, round: number}} asking
 * @param {Flow} flow
 */
export function stageSentence({ stage, round }, flow) {
  const { vote, end } = FLOWS[flow]
  if (stage === "waiting") return "They read the question. The vote is not open yet."
  if (stage === "revealed") return end
  if (stage === "talk") {
    if (flow === "before") return end
    return canTalk(flow) ? "The vote is closed. They talk with their neighbours." : "The vote is closed."
  }
  return round > 1 ? `Vote ${round} is open.` : vote
}

/**
 * Where a question is among its steps, from 0.
 * @param {{stage: Stage, round: number}} asking
 * @param {string[]} trail
 */
export function placeIn({ stage, round }, trail) {
  if (trail.length > 3) return { waiting: 0, talk: 2, revealed: 4, vote: round > 1 ? 3 : 1 }[stage]
  return { waiting: 0, vote: 1, talk: 1, revealed: 2 }[stage]
}

// Seconds that research gives the silent vote and the talk, and more where there is something to compute;
// nothing closes by itself.
const SECONDS = { waiting: 0, vote: 60, talk: 150, revealed: 0 }, COMPUTING = 90

/**
 * The soft timer of a stage.
 * @param {Stage} stage
 * @param {Pick<Asking, "kind" | "test"> | null} [asking]
 */
export function secondsOf(stage, asking = null) {
  if (asking?.test) return stage === "vote" ? SECONDS.vote : null
  return stage === "vote" && asking?.kind === "dealt" ? COMPUTING : SECONDS[stage] || null
}
