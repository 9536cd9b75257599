// The input over time: presets, steps, a seed, numbers that are typed or drawn, an RNN beside the cell.

/** @import { Cell, Texts } from "./types.js" */
import { buildControls, showControl } from "../panel/controls.js"
import { find, setText } from "../shared/dom.js"
import { OWN_INPUT } from "./question.js"
import { changed, show } from "./show.js"

/** @param {Cell} cell */
export function buildInput(cell) {
  const { root, data, input } = cell, box = find(root, ".input")
  if (!data.controls.length) return box.remove()
  cell.inputBox = {
    root: box, data: { controls: data.controls, presets: [], moreLabel: "" },
    inputs: {}, boxes: {}, setting: input, set: (changes) => setInput(cell, changes),
  }
  buildControls(cell.inputBox, {
    take: () => {}, move: ({ name }, value) => setInput(cell, { [name]: value }),
  })
  box.append(find(root, ".complaint"))
  box.dataset.kind = input.input
}

/**
 * Set what the cell reads.
 * @param {Cell} cell
 * @param {Texts} changes
 */
function setInput(cell, changes) {
  const { inputBox, input, data } = cell
  Object.assign(input, changes)
  if (inputBox) {
    inputBox.root.dataset.kind = input.input
    data.controls.forEach((control) => showControl(inputBox, control))
  }
  changed(cell)
}

/**
 * Read what the visitor has drawn, as if they had typed it.
 * @param {Cell} cell
 * @param {number[]} positions of the input's slider
 */
export function readDrawnInput(cell, positions) {
  const { low, step } = cell.sliders.x
  const values = positions.map((position) => String(low + position * step)).join(" ")
  setInput(cell, { input: OWN_INPUT, values })
}

/**
 * Typed numbers can't be read: say it, and go on with what was read before.
 * @param {Cell} cell
 * @param {string} sentence
 * @param {Texts} query
 */
export function refuseInput(cell, sentence, query) {
  if (query.values === undefined) return console.error(sentence)
  cell.refusedValues = query.values
  complain(cell, `${sentence} Until then the picture shows the previous input.`)
  cell.address.write()
  show(cell)
}

/**
 * Say what is to be said of what was typed; "" for nothing.
 * @param {Cell} cell
 * @param {string} sentence
 */
export function complain({ root, input, refusedValues }, sentence) {
  const isRefused = input.input === OWN_INPUT && input.values === refusedValues
  if (sentence || !isRefused) setText(find(root, ".complaint"), sentence)
}
