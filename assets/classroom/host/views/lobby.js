// Before a room is led from here: a student joins a class; a lecturer opens a room, rehearses, or pairs.

/** @import { Desk } from "../desk.js" */
/** @import { View } from "../types.js" */

import { element, setAttributes, setText } from "../../../shared/dom.js"
import { courseAddress } from "../../server.js"
import { drawer, pushButton } from "./texts.js"

const JOIN = "You need no name and no account. The code is on the screen in front."
const PROMISE =
  "Your students join with their phones. Everybody answers before anybody sees. You lead from here."
const REHEARSE =
  "Never done it? Lead forty simulated students through a lesson of 10 minutes. It takes three. At the end " +
  "you see what came of it, and everything is deleted."
const WALLED =
  "This server lets no rooms through, so a class can't join here. You can still show questions."
const PAIR =
  "On that device, open “The class and your devices”, and press “Pair another device”. Type its code here."
const CLASS_CODE = 6, PAIRING_CODE = 8 // letters and digits
const NO_CLASS = "The code of a class has six letters and digits."
const NO_PAIRING = "This is no code for pairing: that has eight letters and digits."
const SIX = `${NO_PAIRING} With six you join a class: type them in the field for students.`
const NO_ROOM = "No device waits with this code: it works once, and for one minute. Show a new one there."

/** @param {string} text */
const codeOf = (text) => text.replace(/[^A-Za-z0-9]/g, "").toUpperCase()

/**
 * A field for a code, and what is said to it.
 * @param {string} id
 * @param {string} label
 * @param {string} verb
 * @param {(code: string) => string | Promise<string>} use  returns what is wrong
 */
function codeForm(id, label, verb, use) {
  const field = element("input", {
    id, autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: 12, size: 10,
  })
  const wrong = element("p", { class: "warning", role: "alert" })
  const form = element(
    "form", { class: "row" }, element("label", { for: id }, label), field, element("button", {}, verb), wrong,
  )
  field.addEventListener("input", () => setText(wrong, ""))
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    const code = codeOf(field.value)
    if (code) setText(wrong, await use(code))
  })
  return form
}

/**
 * @param {Desk} desk
 * @returns {View}
 */
export function lobbyView(desk) {
  const open = pushButton("Open a room", () => desk.open(), { class: "primary" })
  const join = codeForm("class", "Code of your class", "Join", (code) => {
    if (code.length !== CLASS_CODE) return NO_CLASS
    location.assign(new URL(`j/${code}`, courseAddress()))
    return ""
  })
  const pair = codeForm("once", "Code for pairing", "Pair this device", async (code) => {
    if (code.length === CLASS_CODE) return SIX
    if (code.length !== PAIRING_CODE) return NO_PAIRING
    return (await desk.pair(code)) === false ? NO_ROOM : ""
  })
  const projector = new URL("?section=Projector", courseAddress()).href
  const walled = element(
    "p", { class: "notice", role: "alert" }, WALLED, " ",
    element("a", { href: projector }, "Open the projector"),
  )
  const root = element(
    "div", { class: "lobby" },
    element(
      "section", { class: "card", "aria-label": "Students" },
      element("h2", {}, "Students: join your class"), join, element("p", { class: "quiet" }, JOIN),
    ),
    element(
      "section", { class: "card", "aria-label": "Lecturers" },
      element("h2", {}, "Lecturers: open a room"), element("p", {}, PROMISE), open, walled,
      element("p", { class: "quiet" }, REHEARSE), pushButton("Rehearse", () => desk.rehearse()),
      drawer("I already lead a room on another device", element("p", {}, PAIR), pair),
    ),
  )
  return {
    root,
    update() {
      setAttributes(open, { "aria-disabled": String(desk.busy) }) // disabled it would lose the focus
      walled.hidden = !desk.isWalled
    },
  }
}
