// Who may come in, who is let go, and the lecturer's other devices.

/** @import { Desk } from "../desk.js" */
/** @import { View } from "../types.js" */

import { element, setText } from "../../../shared/dom.js"
import { hasStatus } from "../../server.js"
import { clock } from "../steps.js"
import { confirmed, drawer, pushButton } from "./texts.js"

const NAME = "The student reads it in the menu of their phone, and nobody else sees it."
const DOOR = "Close the door first, or they can come back."
const NOBODY_IS = "Nobody in this room has this name."
const RENEWAL = "All your other devices lose this room. Go on?"
const REASON = "If somebody else got hold of your room: all your other devices lose it."
const MINUTE = 60_000 // milliseconds that a code for pairing works

/**
 * The field by which a student is removed, after a question.
 * @param {Desk} desk
 */
function removalOf(desk) {
  const handle = element("input", { id: "handle", autocomplete: "off", autocapitalize: "none" })
  const told = element("span", { role: "status" })
  const wrong = element("span", { class: "warning", role: "alert" })
  const sure = element("span", { class: "row", role: "alert" })
  const form = element(
    "form", { class: "row" },
    element("label", { for: "handle" }, "Remove a student by their random name"), handle,
    element("button", {}, "Remove"), told, wrong, sure,
  )

  /** @param {string} name */
  const remove = (name) => desk.perform(async () => {
    try {
      await desk.room?.send("DELETE", `/students/${encodeURIComponent(name)}`)
      handle.value = ""
      setText(told, `${name} is removed, with all votes.`)
      await desk.room?.refresh()
    } catch (error) {
      if (!hasStatus(error, 422)) throw error
      setText(wrong, NOBODY_IS)
    }
  })

  function close() {
    for (const node of [told, wrong, sure]) node.replaceChildren()
  }
  handle.addEventListener("input", close)
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    const name = handle.value.trim().toLowerCase()
    close()
    if (!name) return
    const yes = pushButton("Yes, remove", () => {
      close()
      remove(name)
    })
    const no = pushButton("No", () => {
      close()
      handle.focus()
    })
    sure.append(`Remove ${name} and all their votes?`, yes, no)
    no.focus()
  })
  return element("div", { class: "removal" }, form, element("p", { class: "quiet" }, `${NAME} ${DOOR}`))
}

/**
 * @param {Desk} desk
 * @returns {View & {tick(): void}}
 */
export function peopleView(desk) {
  const admission = pushButton("", () => desk.act("/admission", { open: !admits() }))
  const admitted = element("span", {})
  const once = element("strong", { class: "code", role: "status" })
  const rest = element("span", { role: "status" })
  const pair = pushButton("Pair another device", async () => {
    devices = desk.room?.results?.devices ?? 1
    const reply = await desk.act("/pair", {})
    if (!reply?.once) return
    setText(once, `${reply.once.slice(0, 4)} ${reply.once.slice(4)}`)
    until = Date.now() + MINUTE
    tick()
  })
  const renewal = confirmed("Renew the secret", RENEWAL, () => desk.renew())
  let until = 0, devices = 1

  const admits = () => desk.room?.results?.admits ?? true

  function tick() {
    if (!until) return
    const seconds = (until - Date.now()) / 1000, isPaired = (desk.room?.results?.devices ?? 1) > devices
    if (isPaired || seconds <= 0) {
      until = 0
      setText(once, "")
      setText(rest, isPaired ? "Paired." : "")
    } else {
      setText(rest, `works once, for ${clock(seconds)}. Open this page on the other device.`)
      desk.room?.askResults() // no event tells of a device
    }
  }

  const root = drawer(
    "The class and your devices",
    element("div", { class: "row" }, admission, admitted), removalOf(desk),
    element("div", { class: "row" }, pair, once, rest),
    element("div", { class: "removal" }, renewal, element("p", { class: "quiet" }, REASON)),
  )
  return {
    root,
    update() {
      setText(admission, admits() ? "Close the door" : "Open the door")
      setText(admitted, admits() ? "New students can join." : "Nobody new can join.")
      if ((desk.room?.results?.devices ?? 1) > devices) tick()
    },
    tick,
  }
}
