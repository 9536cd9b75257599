// Hands that are counted by eye: what is typed stays until it is stored, and one request follows the other.

/** @import { Desk } from "../desk.js" */
/** @import { Result, View } from "../types.js" */

import { element, setText } from "../../../shared/dom.js"
import { marksOf } from "../../markup.js"
import { UNSURE_ID } from "../simulated.js"
import { countOf, pushButton, redraw } from "./texts.js"

const COUNTED = new Set(["choice", "typed"]) // hands say which answer, and no number
const MOST_HANDS = 1_000
const LOST = "Not stored. Press Enter in the field to try again."

/**
 * @param {Desk} desk
 * @returns {View & {button: HTMLButtonElement, isOpen(): boolean}}  button: it opens and closes the fields
 */
export function handsView(desk) {
  const fields = element("div", { class: "row" }), stored = element("span", { role: "status" })
  const root = element(
    "div", { class: "hands row", role: "group", "aria-label": "Hands" },
    element("span", { class: "label" }, "Hands"), fields, stored,
  )
  /** @type {Map<HTMLInputElement, number>} */
  const typed = new Map(), sent = new Map() // what is not stored yet, or being typed; and what is on its way
  /** @type {Promise<unknown>} */
  let line = Promise.resolve() // of requests
  let question = "" // for which hands are counted
  let isLost = false // whether the last request was not carried out

  const button = pushButton("Count hands", () => {
    question = isOpen() ? "" : desk.state?.asking?.id ?? ""
    desk.changed()
  })
  const isOpen = () => question !== "" && question === desk.state?.asking?.id

  /**
   * @param {string} path
   * @param {object} body
   */
  async function store(path, body) {
    const { room } = desk
    try {
      await room?.send("POST", path, body)
      await room?.askResults()
      return true
    } catch (error) {
      desk.tell(error)
      return false
    }
  }

  /**
   * @param {Result} result
   * @param {{id: string, text: string}} answer
   * @param {string} mark
   */
  function field({ id, round }, answer, mark) {
    const name = `hands-${answer.id}`
    const input = element("input", {
      type: "number", min: 0, max: MOST_HANDS, id: name, "data-answer": answer.id, inputmode: "numeric",
      "aria-label": `Hands for ${mark}: ${answer.text}`,
    })
    const count = () => Math.min(MOST_HANDS, Math.max(0, Math.round(Number(input.value)) || 0))
    const send = () => {
      const wanted = count()
      if (!typed.has(input) || sent.get(input) === wanted) return
      sent.set(input, wanted)
      line = line.then(async () => {
        isLost = !(await store("/hands", { asking: id, round, answer: answer.id, count: wanted }))
        if (sent.get(input) === wanted) sent.delete(input)
        // What was typed meanwhile has a request of its own.
        if (!isLost && typed.get(input) === wanted) typed.delete(input)
        desk.changed()
      })
      update()
    }
    input.addEventListener("input", () => typed.set(input, count()))
    for (const type of ["change", "blur"]) input.addEventListener(type, send)
    input.addEventListener("keydown", ({ key }) => key === "Enter" && send())
    return element("span", { class: "row" }, element("label", { for: name }, element("b", {}, mark)), input)
  }

  function update() {
    const { result } = desk
    button.hidden = !result || result.stage === "waiting" || !COUNTED.has(result.kind)
    button.setAttribute("aria-expanded", String(isOpen()))
    root.hidden = button.hidden || !isOpen()
    if (root.hidden || !result) return
    const { id, round, answers, hands } = result
    redraw(fields, [id, round], () => {
      typed.clear()
      isLost = false
      const marks = marksOf(answers)
      return [...answers, { id: UNSURE_ID, text: "I don't know" }].map((answer, at) =>
        field(result, answer, answer.id === UNSURE_ID ? "?" : marks[at]))
    })
    const now = new Map(hands.filter(([of]) => of === round).map(([, answer, count]) => [answer, count]))
    for (const input of fields.querySelectorAll("input")) {
      if (typed.has(input)) continue
      const text = String(now.get(input.dataset.answer ?? "") ?? 0)
      if (input.value !== text) input.value = text
    }
    const sum = [...now.values()].reduce((all, count) => all + count, 0)
    setText(stored, isLost ? LOST : typed.size ? "…" : now.size ? `${countOf(sum, "hand")} stored` : "")
  }
  return { root, button, update, isOpen }
}
