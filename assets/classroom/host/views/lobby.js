// Before a room is led from here: open one, rehearse, or pair this device.

/** @import { Desk } from "../desk.js" */
/** @import { View } from "../types.js" */

import { element } from "../../../shared/dom.js"
import { courseAddress } from "../../server.js"
import { pushButton } from "./texts.js"

const PROMISE =
  "Your students join with their phones: no account, no name. Everybody answers before anybody sees. " +
  "You lead from here."
const REHEARSE =
  "You lead forty simulated students through a lesson of 10 minutes. It takes three. At the end you see " +
  "what came of it, and everything is deleted."
const WALLED =
  "This server lets no rooms through, so a class can't join here. You can still show questions."

/**
 * @param {Desk} desk
 * @returns {View}
 */
export function lobbyView(desk) {
  const open = pushButton("Open a room", () => desk.open(), { class: "primary" })
  const code = element("input", {
    id: "once", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: 12,
    size: 10,
  })
  const form = element(
    "form", { class: "row" },
    element("label", { for: "once" }, "Code for pairing"), code,
    element("button", {}, "Pair this device"),
  )
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    if (code.value.trim()) desk.pair(code.value.trim())
  })
  const projector = new URL("?section=Projector", courseAddress()).href
  const walled = element(
    "p", { class: "notice", role: "alert" }, WALLED, " ",
    element("a", { href: projector }, "Open the projector"),
  )
  const root = element(
    "div", { class: "lobby" },
    element("p", { class: "lead" }, PROMISE), open, walled,
    element("h2", {}, "Try it first"), element("p", {}, REHEARSE),
    pushButton("Rehearse", () => desk.rehearse()),
    element("h2", {}, "A second device"),
    element("p", {}, "On the device that leads the room, press “Pair another device”. Type its code here."),
    form,
  )
  return {
    root,
    update() {
      open.disabled = desk.busy
      walled.hidden = !desk.isWalled
    },
  }
}
