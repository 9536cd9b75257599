// After class: what they learned, the votes as CSV, everything as JSON, a page to keep, and the room's end.

/** @import { Desk } from "../desk.js" */
/** @import { Gain } from "../../types.js" */
/** @import { Result, View } from "../types.js" */

import { element, setText } from "../../../shared/dom.js"
import { fewWords, openWith, shareRight, totalOf, whereChanged, wrongAnswers } from "../review.js"
import { roomsAddress } from "../../server.js"
import { gainSection } from "./gain.js"
import { summaryOf } from "./kinds.js"
import { confirmed, courseText, drawer, pushButton, redraw } from "./texts.js"

const DELETION = "Delete all votes of this room? Nobody can bring them back. Save the files first."
const PAPER =
  "<style>body { font: 18px/1.5 sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }" +
  " td, th { padding: .2rem .8rem .2rem 0; text-align: left } .right { font-weight: bold }" +
  " section { break-inside: avoid }</style>"

/**
 * @param {Desk} desk
 * @returns {View & {open(): void}}
 */
export function takeAwayView(desk) {
  const wrong = element("p", { role: "alert" })
  const names = element("input", { type: "checkbox", id: "names" })
  const review = element("div", { class: "review" })
  const files = element(
    "div", { class: "row" },
    pushButton("Votes (CSV)", () => save("export.csv", "votes.csv", names.checked ? "?handles=1" : "")),
    element("label", { class: "pick" }, names, "with the students’ random names"),
    pushButton("Everything (JSON)", () => save("export.json", "room.json")),
    pushButton("This page, to print or keep", openPage),
  )
  const deletion = confirmed("Delete this room", DELETION, () => desk.end())
  const root = drawer(
    "After class: files, what they learned, and the end of the room",
    element("p", {}, "Keep what you need. Without you the room is deleted twelve hours after its last use."),
    files, wrong, deletion, review,
  )

  /**
   * @param {string} file
   * @param {string} name
   * @param {string} [query]
   */
  async function save(file, name, query = "") {
    const { code, host } = desk.room ?? {}
    setText(wrong, "")
    try {
      const headers = { authorization: `Bearer ${host}` }
      const address = `${roomsAddress()}/${code}/${file}${query}`
      const response = await fetch(address, { headers, cache: "no-store" })
      if (!response.ok) throw new TypeError(`status ${response.status}`)
      const data = URL.createObjectURL(await response.blob())
      const link = element("a", { href: data, download: `${code}-${name}` })
      link.click()
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      setText(wrong, "The file could not be fetched. Try again in a moment.")
    }
  }

  /** The review as a page of its own: it needs no server, and no script is in it. */
  function openPage() {
    const body = new XMLSerializer().serializeToString(review)
    const title = `After class ${desk.room?.code ?? ""}`
    const head = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>${PAPER}`
    const page = `${head}<h1>${title}</h1>${body}`
    window.open(URL.createObjectURL(new Blob([page], { type: "text/html" })))
  }

  return {
    root,
    update() {
      deletion.hidden = desk.rehearsal !== null
      const askings = (desk.room?.results?.askings ?? []).filter(({ stage }) => stage !== "waiting")
      const gain = desk.room?.results?.gain ?? null
      redraw(review, [askings, gain], () => drawReview(askings, gain))
    },
    open() {
      root.open = true
      root.scrollIntoView({ block: "start" })
      root.querySelector("summary")?.focus()
    },
  }
}

/**
 * @param {Result[]} all
 * @param {Gain | null} gain
 */
function drawReview(all, gain) {
  const askings = all.filter(({ rounds }) => rounds.some(totalOf))
  const unanswered = all.filter((asking) => !askings.includes(asking))
  const rest = unanswered.length ? [
    element("h3", {}, "Not answered"),
    element("ul", {}, ...unanswered.map((asking) => courseText("li", asking))),
  ] : []
  if (!askings.length) return [element("p", { class: "quiet" }, "There are no votes yet."), ...rest]
  const first = openWith(askings)
  const list = first.map(({ asking, share }) => {
    const [most] = wrongAnswers(asking)
    const end = ` ${share}% were right at the end${fewWords(asking.rounds.at(-1))}.`
    const item = element("li", {}, courseText("b", asking), end)
    if (most) item.append(" Most frequent wrong answer: ", courseText("i", most), ".")
    return item
  })
  const nothing = askings.some((asking) => shareRight(asking) !== null)
    ? "Nothing: over 70% were right in every question with one right answer."
    : "No question with one right answer was answered."
  const learned = gain?.items.length
    ? [element("h3", {}, "What they learned: the test before and after"), gainSection(gain)] : []
  return [
    ...learned,
    element("h3", {}, "Open with this next time"),
    list.length ? element("ol", {}, ...list) : element("p", {}, nothing),
    element("h3", {}, "Before and after"),
    ...askings.map(drawAsking),
    ...rest,
  ]
}

/** @param {Result} asking */
function drawAsking(asking) {
  const before = shareRight(asking, 1), after = shareRight(asking)
  const once = asking.rounds.length < 2, few = fewWords(asking.rounds.at(-1))
  const { test } = asking, which = test ? `Item ${test.item} of the test ${test.part} the lesson. ` : ""
  const words = summaryOf(asking) || (before === null || after === null
    ? `${totalOf(asking.rounds.at(-1))} answered.`
    : once
      ? `${before}% were right, in one vote${few}.`
      : `${before}% were right at first, ${after}% at the end${few}.`)
  const said = element("p", {}, which, words)
  const section = element("section", { class: "past" }, courseText("h4", asking), said)
  const changed = whereChanged(asking)
  if (changed) section.append(element("p", {}, changed))
  const why = asking.replies.unsure
  if (asking.experiment && why) section.append(courseText("p", { html: why }))
  if (asking.kind === "number" || asking.kind === "sweep") return section
  const head = asking.rounds.map((_, at) => element("th", { scope: "col" }, `Vote ${at + 1}`))
  const rows = [...asking.answers, { id: "unsure", text: "I don't know" }].map((answer) => element(
    "tr", asking.right === answer.id ? { class: "right" } : {},
    element("th", { scope: "row" }, asking.right === answer.id ? "✓ " : "", courseText("span", answer)),
    ...asking.rounds.map((counts) => element("td", {}, String(counts[answer.id] ?? 0))),
  ))
  section.append(element("table", {}, element("tr", {}, element("td", {}), ...head), ...rows))
  return section
}
