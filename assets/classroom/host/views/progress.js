// How far the class has come with its challenges, and where it fails first.

/** @import { Desk } from "../desk.js" */
/** @import { Progress, View } from "../types.js" */

import { element } from "../../../shared/dom.js"
import { quartiles } from "../review.js"
import { courseAddress } from "../../server.js"
import { countOf, drawer, linkBeside, redraw } from "./texts.js"

const MOST_ATTEMPTS = 8

/**
 * @param {Desk} desk
 * @returns {View}
 */
export function progressView(desk) {
  const list = element("div", {})
  const root = drawer("Challenges", list)

  /**
   * @param {string} name
   * @param {Progress} progress
   */
  function drawChallenge(name, { solved, trying, stuck, tries, fails, attempts }) {
    const { title = name, page = "" } = desk.data.challenges[name] ?? {}
    const all = solved + trying + stuck
    const middle = quartiles(tries)?.[1] ?? 0
    const links = attempts.slice(0, MOST_ATTEMPTS).map((query, at) =>
      linkBeside(`Attempt ${at + 1}`, new URL(`${page}?${query.replace(/^\?/, "")}`, courseAddress()).href))
    /** @type {HTMLElement[]} */
    const children = [
      element("h3", {}, title),
      element(
        "p", { class: "tally" },
        element("b", { class: "huge" }, String(solved)),
        ` of ${all} solved it · ${trying} trying · ${stuck} stuck · `,
        `median ${countOf(middle, "try", "tries")}`,
      ),
    ]
    if (fails.length) {
      const rows = fails.map(([words, count]) => element("li", {}, `${words} (${count})`))
      children.push(element("p", { class: "label" }, "What fails first"), element("ul", {}, ...rows))
    }
    const open = element("p", { class: "row" }, "Open an attempt, without a name:", ...links)
    if (links.length) children.push(open)
    return element("section", { "aria-label": title }, ...children)
  }

  return {
    root,
    update() {
      const progress = desk.room?.results?.progress ?? {}
      redraw(list, progress, () => {
        const rows = Object.entries(progress).map(([name, each]) => drawChallenge(name, each))
        return rows.length ? rows : [element("p", { class: "quiet" }, "Nobody has tried a challenge yet.")]
      })
    },
  }
}
