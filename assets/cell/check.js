// A challenge at the cell: its buttons, and what a check brings.

/** @import { Cell, Challenge, ChallengeData, Texts, Verdict } from "./types.js" */
import { tellAttempt } from "../shared/attempt.js"
import { element, find } from "../shared/dom.js"
import { closest } from "../shared/search.js"
import { bringIntoView } from "../shared/view.js"
import { positionsOf, settingText } from "./question.js"
import { setSliders } from "./show.js"
import { unlocked } from "./verdict.js"

/** @typedef {Cell & { challenge: Challenge, data: { challenge: ChallengeData } }} CellOfChallenge */

/** @param {Cell} cell */
export function buildCheck(cell) {
  const { root, data } = cell, box = find(root, ".check")
  if (!data.challenge) return box.remove()
  const button = (/** @type {string} */ does, /** @type {string} */ label) =>
    element("button", { type: "button", "data-does": does }, label)
  box.append(
    element("div", { class: "buttons" }, button("check", "✓ Check"),
      button("return", "Back to the first sequence"), button("restart", "Start again"),
      element("span", { class: "aside" })),
    element("p", { class: "verdict", role: "status" }),
  )
  box.addEventListener("click", (event) => {
    const does = closest(event, "[data-does]")?.dataset.does
    if (does) act(/** @type {CellOfChallenge} */ (cell), does)
  })
}

/**
 * @param {CellOfChallenge} cell
 * @param {string} does
 */
function act(cell, does) {
  const { data, challenge, checker, root } = cell
  if (does === "check") {
    const { name } = data.challenge, attempt = String(challenge.attempts)
    return checker.ask({ challenge: name, cell: settingText(cell), attempt })
  }
  challenge.sequence = 0
  cell.t = 1
  if (does === "return") return setSliders(cell, { C_prev: data.challenge.C_prev })
  challenge.verdict = null
  setSliders(cell, Object.fromEntries(data.sliders.map(({ name, first }) => [name, first])))
  root.send?.("restart", true)
}

/**
 * Show what the check says; a sequence that fails comes into view, at the step that fails.
 * @param {Cell} anyCell
 * @param {Verdict} verdict
 * @param {Texts} query
 */
export function takeVerdict(anyCell, verdict, query) {
  const cell = /** @type {CellOfChallenge} */ (anyCell), { challenge, root } = cell
  challenge.verdict = verdict
  challenge.judgedPositions = unlocked(cell.data, positionsOf(cell.data.sliders, query.cell))
  challenge.attempts += 1
  const { searchParams } = cell.address.link(), { name } = cell.data.challenge
  searchParams.set("challenge", name) // the address of a page that was led here may not name it
  const attempt = { solved: verdict.passed, fails: verdict.fails, query: searchParams.toString() }
  tellAttempt({ name: `gates/${name}`, ...attempt })
  if (verdict.passed) {
    root.send?.("solved", { cell: query.cell, attempt: Number(query.attempt) })
    setSliders(cell, {})
  } else {
    challenge.attempt = Number(query.attempt)
    challenge.sequence = verdict.sequence ?? 0
    cell.t = verdict.step ?? 1
    setSliders(cell, { C_prev: verdict.C_prev ?? 0 })
  }
  bringIntoView(find(root, ".verdict"))
}
