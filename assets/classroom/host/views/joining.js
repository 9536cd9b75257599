// How the class comes in: code, short address, QR; how many are there; and the window for the projector.

/** @import { Desk } from "../desk.js" */
/** @import { View } from "../types.js" */

import { element, setAttributes, setText } from "../../../shared/dom.js"
import { correctAddress, phonesAddress, readAddress } from "../../addresses.js"
import { courseAddress, roomsAddress } from "../../server.js"
import { pushButton } from "./texts.js"

/**
 * @param {Desk} desk
 * @param {(address: string) => void} tell  gets the address for phones, which the projector shows as well
 * @returns {View & {tell(): void}}
 */
export function joiningView(desk, tell) {
  const code = element("strong", { class: "code" })
  const short = element("span", { class: "address" })
  const small = element("img", { alt: "", width: 88, height: 88 }), large = element("img", { alt: "" })
  const count = element("strong", { class: "huge" })
  const field = element("input", { id: "phones", inputmode: "url", spellcheck: "false", size: 30 })
  const wrong = element("p", { role: "alert" })
  const form = element(
    "form", { class: "row" },
    element("label", { for: "phones" }, "Phones reach this course at"), field,
    element("button", {}, "Use this address"),
  )
  /** @type {HTMLDialogElement} */
  const dialog = element(
    "dialog", { "aria-label": "How to join" },
    large, element("p", { class: "address" }), form, wrong,
    element("p", {}, "Can the phones not open it? Type the address of this computer in the room's network."),
    pushButton("Close", () => dialog.close(), { autofocus: "" }),
  )
  const whole = /** @type {HTMLElement} */ (dialog.querySelector(".address"))
  const show = pushButton("", () => dialog.showModal(), {
    class: "qr", "aria-label": "Show the QR code large",
  })
  show.append(small)
  const projector = pushButton("Open the projector", () => {
    const room = desk.room?.code ?? ""
    const address = new URL(`p/${room}`, courseAddress())
    window.open(address, `lstm-projector-${room}`, "popup,width=1280,height=720")
  }, { class: "projector" })
  const black = element("span", { class: "black", role: "status" })
  let named = ""

  async function nameAddress() {
    const room = desk.room?.code ?? ""
    if (!room) return
    const address = await phonesAddress(room)
    const picture = `${roomsAddress()}/${room}/qr.svg?address=${encodeURIComponent(address)}`
    for (const image of [small, large]) setAttributes(image, { src: picture })
    setAttributes(large, { alt: `QR code of ${address}` })
    setText(short, address.replace(/^https?:\/\//, ""))
    setText(whole, address)
    field.value = address.replace(/\/j\/[^/]*$/, "")
    tell(address)
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    const address = field.value.trim() ? readAddress(field.value) : ""
    const isWrong = field.value.trim() !== "" && !address
    setText(wrong, isWrong ? "This is no address: it begins with http:// or https://." : "")
    if (isWrong) return
    correctAddress(address)
    nameAddress()
  })

  const root = element(
    "section", { class: "joining", "aria-label": "The room" },
    element("div", { class: "in" }, count, element("span", { class: "unit" }, "in class")),
    show,
    element("div", { class: "where" }, element("span", { class: "label" }, "Code"), code, short),
    black, projector, dialog,
  )
  return {
    root,
    tell: nameAddress,
    update() {
      const room = desk.room?.code ?? ""
      setText(code, `${room.slice(0, 3)} ${room.slice(3)}`)
      setText(black, desk.isBlack ? "The projector is black." : "")
      black.hidden = !desk.isBlack
      setText(count, String(desk.state?.joined ?? "…"))
      root.classList.toggle("begun", Boolean(desk.state?.asking || desk.state?.follow))
      if (named !== room) nameAddress()
      named = room
    },
  }
}
