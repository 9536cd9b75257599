// A test before and after the lesson: two to six questions are picked, and asked now.

/** @import { Desk } from "../desk.js" */
/** @import { CourseQuestion, View } from "../types.js" */

import { element, setText } from "../../../shared/dom.js"
import { FEWEST_ITEMS, itemsKept, itemsOf, MOST_ITEMS } from "../testing.js"
import { courseText, drawer, leave, pushButton, redraw, toTop } from "./texts.js"

const ABOUT =
  `Pick ${FEWEST_ITEMS} to ${MOST_ITEMS} questions. Everybody answers alone, and nothing is revealed. ` +
  "After the lesson the same questions say what the class has learned."

/**
 * @param {Desk} desk
 * @returns {View}
 */
export function testingView(desk) {
  /** @type {Set<string> | null} */
  let picked = null // null: nobody has picked yet, and what was asked before counts
  const filter = element("input", { id: "items", type: "search", placeholder: "gate, loss, temperature …" })
  const list = element("div", { class: "questions items" }), count = element("span", { role: "status" })
  const start = (/** @type {"before" | "after"} */ part) => {
    root.open = false
    leave(root) // the keys lead the lesson again
    toTop()
    desk.beginTest(part, [...chosen()])
  }
  const before = pushButton("Ask before the lesson", () => start("before"))
  const after = pushButton("Ask after the lesson", () => start("after"))
  const root = drawer(
    "Test before and after the lesson", element("p", { class: "quiet" }, ABOUT),
    element("div", { class: "row" }, element("label", { for: "items" }, "With a right answer"), filter),
    list, element("div", { class: "row" }, count, before, after),
  )

  /** Ids of the questions that are picked, in their order. */
  function chosen() {
    if (picked) return picked
    const asked = itemsOf(desk.askings, "before")
    return new Set(asked.length ? asked : itemsKept())
  }

  /** @param {CourseQuestion} question */
  function row(question) {
    const { id, page } = question
    const box = element("input", {
      type: "checkbox", id: `item-${id}`, "data-name": id, ...(chosen().has(id) ? { checked: "" } : {}),
    })
    box.addEventListener("change", () => {
      picked = new Set(chosen())
      if (box.checked) picked.add(id)
      else picked.delete(id)
      update()
    })
    const words = courseText("label", question, { for: `item-${id}` })
    return element("li", {}, box, element("span", { class: "label" }, page), words)
  }

  function update() {
    const items = (desk.room?.questions ?? []).filter(({ is_test }) => is_test)
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean)
    const rows = items.filter(({ id, text, page }) =>
      chosen().has(id) || words.every((word) => `${page} ${text}`.toLowerCase().includes(word)))
    redraw(list, [rows.map(({ id }) => id), [...chosen()]], () => [element("ul", {}, ...rows.map(row))])
    const { size } = chosen(), isRight = size >= FEWEST_ITEMS && size <= MOST_ITEMS
    setText(count, `${size} picked${size > MOST_ITEMS ? `: ${MOST_ITEMS} at most` : ""}`)
    before.disabled = after.disabled = !isRight || desk.busy
  }
  filter.addEventListener("input", update)
  return { root, update }
}
