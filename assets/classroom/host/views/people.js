// Who may come in, who is let go, the lecturer's other devices, and the end of the room.

/** @import { Desk } from "../desk.js" */
/** @import { View } from "../types.js" */

import { element, setText } from "../../../shared/dom.js"
import { clock } from "../steps.js"
import { drawer, pushButton } from "./texts.js"

const WARNINGS = {
  deletion: "Delete all votes of this room? Nobody can bring them back.",
  renewal: "All your other devices lose this room. Go on?",
}
const MINUTE = 60_000 // milliseconds that a code for pairing works

/**
 * @param {Desk} desk
 * @param {() => void} openFiles  what can be kept of the room
 * @returns {View & {tick(): void}}
 */
export function peopleView(desk, openFiles) {
  const admission = pushButton("", () => desk.act("/admission", { open: !admits() }))
  const admitted = element("span", {})
  const handle = element("input", { id: "handle", autocomplete: "off", autocapitalize: "none" })
  const removal = element(
    "form", { class: "row" },
    element("label", { for: "handle" }, "Remove a student by their words"), handle,
    element("button", {}, "Remove"),
  )
  const removed = element("p", { role: "status" })
  const once = element("strong", { class: "code", role: "status" }), rest = element("span", {})
  const pair = pushButton("Pair another device", async () => {
    const reply = await desk.act("/pair", {})
    if (!reply?.once) return
    setText(once, reply.once)
    until = Date.now() + MINUTE
    tick()
  })
  const deletion = confirmed("Delete this room", WARNINGS.deletion, () => desk.end(), [
    pushButton("Save the files first", openFiles),
  ])
  const renewal = confirmed("Renew the secret", WARNINGS.renewal, () => desk.renew())
  let until = 0

  const admits = () => desk.room?.results?.admits ?? true
  removal.addEventListener("submit", async (event) => {
    event.preventDefault()
    const name = handle.value.trim().toLowerCase()
    if (!name) return
    const reply = await desk.act(`/students/${encodeURIComponent(name)}`, undefined, "DELETE")
    setText(removed, reply ? `${name} is removed, with all votes.` : "")
    if (reply) handle.value = ""
  })

  function tick() {
    const seconds = (until - Date.now()) / 1000
    if (seconds <= 0) setText(once, "")
    setText(rest, seconds > 0 ? `works once, for ${clock(seconds)}. Open this page on the other device.` : "")
  }

  const root = drawer(
    "The class and your devices",
    element("div", { class: "row" }, admission, admitted), removal, removed,
    element("div", { class: "row" }, pair, once, rest), renewal, deletion,
  )
  return {
    root,
    update() {
      setText(admission, admits() ? "Close the door" : "Open the door")
      setText(admitted, admits() ? "New students can join." : "Nobody new can join.")
      deletion.hidden = desk.rehearsal !== null
      tick()
    },
    tick,
  }
}

/**
 * A button that asks once more.
 * @param {string} label
 * @param {string} warning
 * @param {() => unknown} task
 * @param {Node[]} [others]  what one may rather do first
 */
function confirmed(label, warning, task, others = []) {
  const sure = element("span", { class: "row", role: "alert" })
  const ask = pushButton(label, () => {
    const no = pushButton("No", close)
    sure.replaceChildren(warning, ...others, pushButton("Yes", () => {
      close()
      task()
    }), no)
    no.focus()
  })
  const close = () => {
    sure.replaceChildren()
    ask.focus()
  }
  return element("div", { class: "row" }, ask, sure)
}
