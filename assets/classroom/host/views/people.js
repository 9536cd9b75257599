// Who may come in, who is let go, and the lecturer's other devices.

/** @import { Desk } from "../desk.js" */
/** @import { View } from "../types.js" */

import { element, setText } from "../../../shared/dom.js"
import { clock } from "../steps.js"
import { confirmed, drawer, pushButton } from "./texts.js"

const RENEWAL = "All your other devices lose this room. Go on?"
const MINUTE = 60_000 // milliseconds that a code for pairing works

/**
 * @param {Desk} desk
 * @returns {View & {tick(): void}}
 */
export function peopleView(desk) {
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
  const renewal = confirmed("Renew the secret", RENEWAL, () => desk.renew())
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
    element("div", { class: "row" }, pair, once, rest), renewal,
  )
  return {
    root,
    update() {
      setText(admission, admits() ? "Close the door" : "Open the door")
      setText(admitted, admits() ? "New students can join." : "Nobody new can join.")
      tick()
    },
    tick,
  }
}
