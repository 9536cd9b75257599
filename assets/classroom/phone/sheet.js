// The menu: the own record, and leaving this device to another student.

/** @import { Phone } from "./types.js" */

import { element, find } from "../../shared/dom.js"
import { forgetStudent, membership } from "../device.js"
import { askRoom, hasStatus, isPassing } from "../server.js"
import { recordList } from "./record_list.js"
import { button, courseLink, text, wordsOf } from "./common.js"

export const sheet = () => /** @type {HTMLDialogElement} */ (find(document, "#sheet"))

/**
 * @param {string} title
 * @param {...(Node | string)} nodes
 */
function open(title, ...nodes) {
  const close = button("", () => sheet().close(), "Close")
  const head = element("h2", { id: "sheet-title", tabindex: "-1" }, title)
  sheet().replaceChildren(head, ...nodes, close)
  if (!sheet().open) sheet().showModal()
  head.focus()
}

/**
 * @param {Phone} phone
 * @param {() => void} forgotten  called when another student may join
 */
export function openMenu(phone, forgotten) {
  const member = phone.isMember
    ? [
        text("Here you are ", ...wordsOf(phone.handle)),
        button("", () => open("Your answers", recordList(phone.code)), "Your answers"),
        button("", () => openForgetting(phone, forgotten), "New student here"),
      ]
    : []
  open(`Class ${phone.code}`, ...member, courseLink("Open the course", "./"))
}

/** @type {(phone: Phone, forgotten: () => void) => void} */
function openForgetting(phone, forgotten) {
  const finish = () => {
    forgetStudent()
    sheet().close()
    forgotten()
  }
  const why = element("p", { role: "alert" })
  const here = button("", finish, "Forget on this device only")
  here.hidden = true
  const forget = button("main", async () => {
    forget.disabled = true
    try {
      await askRoom("POST", `/${phone.code}/forget`, { token: membership()?.token, body: {} })
      finish()
    } catch (error) {
      if (hasStatus(error, 403, 404, 410)) return finish() // nothing of them is there
      if (!isPassing(error)) throw error
      why.textContent = "The server can’t be reached: your answers are still stored there."
      here.hidden = false
      forget.disabled = false
    }
  }, "Forget me")
  open(
    "New student here",
    text("This device forgets your answers and your place in the class."),
    text("The server deletes your votes, too: they no longer count. Then another student can join here."),
    why, forget, here,
  )
}
