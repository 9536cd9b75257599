// From Python: the newest answer is unpacked and shown.

/** @import { Cell, Message } from "./types.js" */
import { writeAddress } from "./address.js"
import { commit } from "./commit.js"
import { splitParts, unpack, unpackPlain } from "./numbers.js"
import { adopt, refresh, say, showSlider } from "./show.js"

/**
 * Take over what Python answers, from now on.
 * @param {Cell} cell
 */
export function listenForAnswers(cell) {
  let newest = 0
  const receive = async () => {
    if (!cell.root.isConnected) { // the visitor went to another page
      document.removeEventListener("lstm-cell-data", receive)
      return
    }
    const message = window.lstmCell?.data
    if (!message || message.view !== cell.data.view) return
    const own = ++newest
    cell.answeredSetting = message.setting
    say(cell, message.words) // it needs no tables, and unpacking them can cost a frame
    // What is small comes as it is, and is read without waiting.
    const numbers = message.packed ? await unpack(message.numbers) : unpackPlain(message.numbers)
    if (own !== newest) return // a later answer is here already
    cell.commits.inFlight = false
    cell.answer = { ...message, tables: splitParts(numbers, message.parts) }
    showAnswer(cell, message)
  }
  document.addEventListener("lstm-cell-data", receive)
  receive()
}

/**
 * @param {Cell} cell
 * @param {Message} message
 */
function showAnswer(cell, message) {
  const { data, setting } = cell
  if (message.jump > cell.jump) { // the page has set the cell
    cell.jump = message.jump
    cell.t = message.t
    adopt(cell, message.moved)
    commit(cell)
  } else {
    data.sliders.forEach((slider) => showSlider(cell, slider))
    refresh(cell)
    const isMoved = data.sliders.some(({ name, first }) => setting[name] !== first)
    if (data.overTime || isMoved) writeAddress(cell) // also after another page
  }
  say(cell, message.words)
}
