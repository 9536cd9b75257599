// The challenge: the gap that is shown is judged; the verdict goes when the gap moves.

/** @import { DrawingRoot } from "../shared/streamlit.js" */
/** @import { Panel } from "../panel/types.js" */
import { setMarkup } from "../panel/look.js"
import { tellAttempt } from "../shared/attempt.js"
import { element, find } from "../shared/dom.js"
import { bringIntoView } from "../shared/view.js"

/**
 * checked: the text and the gap for which the button was pressed; isSolved: since the page was opened.
 * @typedef {HTMLElement & {checked?: string, isSolved?: boolean}} Task
 */

/**
 * @param {Panel} panel
 * @param {() => string} questionOf what the text and the gap are now
 */
export function buildTask(panel, questionOf) {
  const { task, button: label } = panel.data.look
  const button = element("button", { type: "button", class: "press" }, label)
  const judged = element("p", { class: "judged", role: "status", hidden: "" })
  /** @type {Task} */
  const box = element("section", { class: "task" }, element("p"), button, judged)
  setMarkup(box.children[0], task)
  button.addEventListener("click", () => {
    if (!panel.frame?.check) return
    const { check: { solved, says } } = panel.frame, { look, page } = panel.data
    box.checked = questionOf()
    if (solved && !look.solved && !box.isSolved) {
      box.isSolved = true
      const root = /** @type {DrawingRoot} */ (panel.root)
      root.send?.("solved", look.name)
    }
    judged.classList.toggle("right", solved)
    setMarkup(judged, says)
    showJudged(box, questionOf())
    const query = panel.data.byPost ? "" : panel.address.link().search.slice(1)
    tellAttempt({ name: `${page}/${look.name}`, solved, fails: judged.textContent ?? "", query })
    bringIntoView(judged)
  })
  return box
}

/**
 * Hide the verdict if it is about another gap.
 * @param {Task} box
 * @param {string} question
 */
export function showJudged(box, question) {
  find(box, ".judged").hidden = box.checked !== question
}
