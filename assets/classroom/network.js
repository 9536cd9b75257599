// The networks of a class, with a student's own one marked, as the server draws them while they train.

/** @import { Asking } from "./types.js" */

import { element, setText } from "../shared/dom.js"
import { seedOf } from "./own.js"
import { roomsAddress, spread } from "./server.js"

const REDRAWN = 5_000 // milliseconds until the next picture

/**
 * A place for the picture; update asks for it, from then on again and again until all networks are done.
 * @param {string} code
 * @param {Asking} asking
 */
export function networkOf(code, asking) {
  const seed = seedOf(asking), picture = element("div"), note = element("p", { role: "status" })
  const name = element("p", { class: "own" }, "Your network: ", element("b", {}, `seed ${seed}`))
  const place = element("div", {}, name, picture, note)
  let isDone = false, pictures = 0, timer = 0
  const look = () => {
    clearTimeout(timer)
    if (!place.isConnected) return // another screen is here
    if (!isDone) timer = setTimeout(look, spread(REDRAWN))
    if (document.hidden && !isDone) return
    const src = `${roomsAddress()}/${code}/network/${asking.id}?seed=${seed}&n=${pictures++}`
    const image = element("img", { src, alt: `All networks of the class. Seed ${seed} is marked.` })
    image.addEventListener("load", () => {
      picture.replaceChildren(image)
      setText(note, isDone ? "All networks are done." : "")
    })
    image.addEventListener("error", () => picture.firstChild || setText(note, "Your network begins soon …"))
  }
  /** @param {Asking} now */
  const update = ({ right = null }) => {
    if (pictures && isDone === (right !== null)) return
    isDone = right !== null
    look()
  }
  return { place, update }
}
