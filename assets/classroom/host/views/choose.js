// Ask anything: a question of the course, by a filter, or one that is typed.

/** @import { Desk } from "../desk.js" */
/** @import { CourseQuestion, View } from "../types.js" */

import { element, setText } from "../../../shared/dom.js"
import { courseText, drawer, leave, pushButton, redraw, toTop } from "./texts.js"

const MOST = 5, NEEDED = 2
const ALL = "All"
const GROUPS = [
  "Questions with answers", "Estimate a number", "Other numbers for everybody", "Try all settings",
  "Train thirty networks",
]

/**
 * The group of a question, by its place.
 * @param {Pick<CourseQuestion, "kind" | "right">} question
 */
function groupOf({ kind, right }) {
  if (kind === "dealt") return 2
  if (kind === "sweep") return 3
  if (kind === "number") return right === null ? 4 : 1 // how many networks learn it nobody knows before
  return 0
}

/**
 * @param {Desk} desk
 * @returns {View & {open(): void}}
 */
export function chooseView(desk) {
  const filter = element("input", { id: "filter", type: "search", placeholder: "gate, loss, temperature …" })
  const list = element("div", { class: "questions" })
  const kinds = element("div", { class: "row small", role: "group", "aria-label": "Kind of question" })
  let kind = ALL
  const none = element("p", { class: "quiet", role: "status" })
  const root = drawer(
    "Ask another question",
    element("div", { class: "row" }, element("label", { for: "filter" }, "A question of the course"), filter),
    kinds, none, list,
    element("h3", {}, "Your own question"), typedForm(desk, close),
  )

  /** Close it, so that keys lead the lesson again. */
  function close() {
    root.open = false
    leave(root)
  }

  function update() {
    const { questions = null } = desk.room ?? {}
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean)
    const rows = (questions ?? []).filter((question) => {
      const text = `${GROUPS[groupOf(question)]} ${question.page} ${question.text}`.toLowerCase()
      const isWanted = kind === ALL || kind === GROUPS[groupOf(question)]
      return isWanted && words.every((word) => text.includes(word))
    })
    /** @type {Set<number>} */
    const there = new Set((questions ?? []).map(groupOf))
    redraw(kinds, [[...there], kind], () => [ALL, ...GROUPS.filter((_, at) => there.has(at))].map((name) =>
      pushButton(name, () => {
        kind = name
        update()
      }, { "aria-pressed": String(name === kind), "data-name": name })))
    const empty = rows.length ? "" : "No question has these words."
    setText(none, questions ? empty : "The questions are being made …")
    none.hidden = !none.textContent
    redraw(list, [rows.map(({ id }) => id), [...desk.before]], () => GROUPS.flatMap((name, at) => {
      const own = rows.filter((question) => groupOf(question) === at)
      return own.length ? [element("h4", {}, name), element("ul", {}, ...own.map(row))] : []
    }))
  }

  /** @param {CourseQuestion} question */
  function row(question) {
    const ask = pushButton(desk.before.has(question.id) ? "Ask again" : "Ask", () => {
      close()
      toTop()
      desk.ask({ question: question.id })
    }, { "data-name": question.id })
    const page = element("span", { class: "label" }, question.page)
    return element("li", {}, ask, page, courseText("span", question))
  }
  filter.addEventListener("input", update)
  return {
    root,
    update,
    open() {
      root.open = true
      filter.focus()
      root.scrollIntoView({ block: "start" })
    },
  }
}

/**
 * @param {Desk} desk
 * @param {() => void} done
 */
function typedForm(desk, done) {
  const text = element("input", { id: "typed", maxlength: 300, required: "" })
  const answers = Array.from({ length: MOST }, (_, at) =>
    element("input", { id: `typed-${at}`, maxlength: 300, ...(at < NEEDED ? { required: "" } : {}) }))
  const rights = answers.map((_, at) =>
    element("input", { type: "radio", name: "right", value: at, "aria-label": `Answer ${at + 1} is right` }))
  const nobody = element("input", { type: "radio", name: "right", id: "nobody", checked: "" })
  const form = element(
    "form", { class: "typed" },
    element("label", { for: "typed" }, "Question"), text,
    ...answers.flatMap((field, at) => [
      element("label", { for: `typed-${at}` }, `Answer ${at + 1}${at < NEEDED ? "" : " (if you like)"}`),
      element("div", { class: "row" }, field, element("label", { class: "pick" }, rights[at], "right")),
    ]),
    element("label", { class: "pick" }, nobody, "No answer is right or wrong"),
    element("button", {}, "Ask this question"),
  )
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    const lines = answers.map((field, at) => ({ line: field.value.trim(), at })).filter(({ line }) => line)
    const right = lines.findIndex(({ at }) => rights[at].checked)
    const typed = { text: text.value.trim(), answers: lines.map(({ line }) => line) }
    const reply = await desk.ask({ typed: right < 0 ? typed : { ...typed, right } })
    if (!reply) return // it was refused, and the page says why
    form.reset()
    done()
    toTop()
  })
  return form
}
