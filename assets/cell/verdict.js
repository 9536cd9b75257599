// What a check has said, and of which setting; the sequence of a challenge that is in view.

/** @import { Answer, Cell, CellData, Challenge, Positions, Target } from "./types.js" */
import { setMarkup } from "../panel/look.js"
import { memoryOf } from "../panel/setting.js"
import { find, setText } from "../shared/dom.js"
import { isSame } from "./lookup.js"

/**
 * How far the visitor is: as this tab remembers it, else at the beginning.
 * @param {CellData} data
 * @returns {Challenge | null}
 */
export function challengeOf(data) {
  if (!data.challenge) return null
  return memoryOf(data).challenges?.[data.parameter] ??
    { attempts: 0, verdict: null, judgedPositions: {}, attempt: 0, sequence: 0 }
}

/**
 * Where the sliders stand that the challenge has.
 * @param {CellData} data
 * @param {Positions} positions
 * @returns {Positions}
 */
export const unlocked = (data, positions) =>
  Object.fromEntries(data.groups.main.map((name) => [name, positions[name]]))

/**
 * Whether the verdict is about what is set.
 * @param {Cell} cell
 */
const isJudged = ({ challenge, data, positions }) =>
  challenge?.verdict && isSame(challenge.judgedPositions, unlocked(data, positions))

/**
 * Show the verdict while it is about what is set, and which buttons there are.
 * @param {Cell} cell
 */
export function showCheck(cell) {
  const { root, data, challenge } = cell
  if (!challenge || !data.challenge) return
  const { verdict, sequence } = challenge, isAbout = isJudged(cell)
  find(root, "[data-does=return]").hidden = sequence === 0
  const atFirst = "The picture shows one sequence. The check uses other sequences as well."
  const afterMoves = "The sliders have moved since the last check."
  setText(find(root, ".check .aside"), isAbout ? "" : verdict ? afterMoves : atFirst)
  const box = find(root, ".verdict")
  box.hidden = !isAbout
  if (!isAbout || !verdict) return
  const { solved, name, count } = data.challenge
  const done = new Set([...solved, name]).size
  box.classList.toggle("passed", verdict.passed)
  const where = sequence ? " The picture shows this sequence; the ring marks the step." : ""
  const solvedWords = `<b>Solved</b>, ${done} of ${count}. ${verdict.words}`
  setMarkup(box, verdict.passed ? solvedWords : verdict.words + where)
}

/**
 * The band of the sequence in view, with the step that fails if the verdict is about what is set.
 * @param {Cell} cell
 * @param {Answer} answer
 * @returns {Target | null}
 */
export function targetOf(cell, { target }) {
  const { challenge } = cell, failed = isJudged(cell) && challenge?.sequence ? challenge.verdict?.step : 0
  return target ? { ...target, failed: failed ?? 0 } : null
}
