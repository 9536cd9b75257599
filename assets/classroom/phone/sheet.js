// The menu: the own record, leaving the class, and leaving this device to another student.

/** @import { Phone } from "./types.js" */

import { element, find } from "../../shared/dom.js"
import { forgetStudent, membership } from "../device.js"
import { askRoom, isPassing } from "../server.js"
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
 * @param {(sentence: string) => void} forgotten  called when another student may join
 */
export function openMenu(phone, forgotten) {
  const member = phone.isMember
    ? [
        text(...wordsOf(phone.handle)),
        button("", () => open("Your answers", recordList(phone.code)), "Your answers"),
        ...["Another student takes this device", "Leave the class"].map(
          (title) => button("", () => openForgetting(title, phone, forgotten), title),
        ),
      ]
    : []
  open(`Class ${phone.code}`, ...member, courseLink("Open the course", "./"))
}

/** @type {(title: string, phone: Phone, forgotten: (sentence: string) => void) => void} */
function openForgetting(title, { code }, forgotten) {
  const forget = button("main", () => {
    const token = membership()?.token
    forgetStudent()
    sheet().close()
    forgotten("You have left the class.")
    askRoom("POST", `/${code}/forget`, { token, body: {} })
      .catch((error) => isPassing(error) && forgotten("No answer: your votes are still stored."))
  }, "Forget me")
  open(title, text("This device forgets you. Your votes are deleted: they no longer count."), forget)
}
