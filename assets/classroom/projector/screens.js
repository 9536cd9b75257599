// The screens beside those of a question: how to join, and a sentence.

/** @import { RoomState } from "../types.js" */

import { element } from "../../shared/dom.js"
import { shortAddress } from "./joining.js"
import { joinedSentence } from "./view.js"

/**
 * A screen. draw: once it has its size; update: takes what is new in it, the rest stays; end: it goes.
 * @typedef {object} Drawn
 * @property {HTMLElement} root
 * @property {() => void} [draw]
 * @property {(state: RoomState) => void} [update]
 * @property {() => void} [end]
 */

/**
 * How to come in.
 * @param {string} code
 * @param {string} address  the phones'
 * @param {string} picture  the address of its QR code
 * @returns {Drawn}
 */
export function joinScreen(code, address, picture) {
  const [front, back] = shortAddress(address)
  const joined = element("p", { class: "joined", role: "status" })
  const qr = element("img", { class: "qr", src: picture, alt: `QR code of ${address}` })
  const words = element(
    "div", { class: "way-in" },
    element("p", {}, "Scan, or open on your phone"),
    element("p", { class: "address" }, ...breakable(front), element("b", {}, back)),
    element("p", {}, "Code"),
    element("p", { class: "code", "aria-label": [...code].join(" ") }, code),
    joined,
  )
  return {
    root: element("div", { class: "join" }, qr, words),
    update: (state) => (joined.textContent = joinedSentence(state.joined)),
  }
}

/** @param {string} address  may break after a dot or a slash */
export function breakable(address) {
  return address.split(/(?<=[./])/).flatMap((part) => [part, element("wbr")])
}

/**
 * A sentence in the middle of the screen.
 * @param {string} sentence
 * @returns {Drawn}
 */
export function sentenceScreen(sentence) {
  return { root: element("div", { class: "sentence" }, element("h1", {}, sentence)) }
}
