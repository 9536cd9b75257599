// How far the class has come with its challenges, and where it fails first.

/** @import { Desk } from "../desk.js" */
/** @import { Progress, View } from "../types.js" */

import { element } from "../../../shared/dom.js"
import { CLOSE } from "../desk.js"
import { middleOf } from "../../projector/pictures/numbers.js"
import { courseAddress } from "../../server.js"
import { countOf, drawer, linkBeside, pushButton, redraw } from "./texts.js"

const MOST_ATTEMPTS = 8, MOST_HERE = 4
/** @type {Progress} */
const NOBODY = { solved: 0, trying: 0, stuck: 0, not_begun: 0, tries: [], fails: [], attempts: [] }

/**
 * @param {Desk} desk
 * @returns {View & {here: HTMLElement}}  here: the challenge of this stop
 */
export function progressView(desk) {
  const list = element("div", {}), here = element("div", { class: "here" })
  const root = drawer("Challenges", list)

  /**
   * @param {string} link  below the course's address
   * @param {number} at
   */
  function attempt(link, at) {
    const name = `Attempt ${at + 1}`, beside = linkBeside("in a new tab", new URL(link, courseAddress()).href)
    beside.setAttribute("aria-label", `${name} in a new tab`)
    const words = { "aria-label": `${name} on the projector` }
    const show = pushButton("on the projector", () => desk.project(link), words)
    return element("li", { class: "row small" }, `${name}:`, show, beside)
  }

  /**
   * @param {string} name
   * @param {Progress} progress
   * @param {number} [most]  attempts
   */
  function drawChallenge(name, progress, most = MOST_ATTEMPTS) {
    const { solved, trying, stuck, not_begun, tries, fails, attempts } = progress
    const { title, page, page_title } = desk.data.challenges[name]
    const all = solved + trying + stuck + not_begun
    const middle = middleOf(tries) ?? 0
    /** @type {HTMLElement[]} */
    const children = [
      element("h3", {}, title, element("span", { class: "label" }, ` on the page ${page_title}`)),
      element(
        "p", { class: "tally" },
        element("b", { class: "huge" }, String(solved)),
        ` of ${all} solved it · ${trying} trying · ${stuck} stuck · ${not_begun} not begun`,
        tries.length ? ` · median ${countOf(middle, "try", "tries")}` : "",
      ),
    ]
    if (fails.length) {
      const rows = fails.map(([words, count]) => element("li", {}, `${words} (${count})`))
      children.push(element("p", { class: "label" }, "What fails first"), element("ul", {}, ...rows))
    }
    const links = attempts.slice(0, most).map((query) => `${page}?${query.replace(/^\?/, "")}`)
    const close = desk.projected ? pushButton(CLOSE, () => desk.project("")) : ""
    const label = element("p", { class: "row small label" }, "Open an attempt, without a name", close)
    if (links.length) children.push(label, element("ul", { class: "attempts" }, ...links.map(attempt)))
    return element("section", { "aria-label": title }, ...children)
  }

  return {
    root,
    here,
    update() {
      const progress = desk.room?.results?.progress ?? {}
      const { stop, state, isPast } = desk, now = isPast ? stop?.challenge ?? "" : ""
      const nobody = { ...NOBODY, not_begun: state?.joined ?? 0 }
      redraw(here, [now, progress[now], state?.joined, desk.projected], () =>
        (now ? [drawChallenge(now, progress[now] ?? nobody, MOST_HERE)] : []))
      here.hidden = !now
      redraw(list, [progress, now, desk.projected], () => {
        // A script may have sent anything: the course's own challenges only.
        const names = Object.keys(progress)
          .filter((name) => Object.hasOwn(desk.data.challenges, name) && name !== now)
        const rows = names.map((name) => drawChallenge(name, progress[name]))
        const none = `Nobody has tried ${now ? "another" : "a"} challenge yet.`
        return rows.length ? rows : [element("p", { class: "quiet" }, none)]
      })
    },
  }
}
