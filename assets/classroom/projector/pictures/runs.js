// Networks that are trained while the class looks: all their curves, how many have learned it, and what the
// class had thought.

/** @import { Asking, RunTable } from "../../types.js" */
/** @import { Drawn } from "../screens.js" */

import { element, setText } from "../../../shared/dom.js"
import { lowered } from "../../markup.js"
import { replyOf } from "../elements.js"
import { doneSentence, learnedSentence } from "../words.js"
import { axisLine, heightAxis, scaleAxis, widthOf } from "./axis.js"
import { coloursOf, fitLayers, layers } from "./canvas.js"
import { numberDrawing } from "./histogram.js"
import { motion } from "./motion.js"
import { pollRuns } from "./poll.js"
import { grownLengths, paintRuns, SETUP_COLOURS } from "./strokes.js"

const GROWTH = 1 // seconds: as long as between two looks
const BEGINNING = "The networks begin …"

/**
 * An experiment on its screen, which changes by itself until all networks are done.
 * @param {HTMLElement} root
 * @param {Asking} asking
 * @param {{address: string, refit: () => void}} room  address: of the networks, behind /api/rooms
 * @returns {Drawn}
 */
export function runsDrawing(root, asking, { address, refit }) {
  const both = layers(BEGINNING), title = element("p", { class: "above" })
  const steps = element("p", { class: "below" })
  const lines = (asking.experiment?.setups ?? []).map((name, k) => setupLine(name, k))
  const done = element("p", { class: "done", role: "status" }, BEGINNING)
  const estimates = element("div", { class: "estimates" })
  const list = element("ul", {}, ...lines.map(({ line }) => line))
  const beside = element("div", { class: "beside" }, list, done, estimates)
  const left = element("div", { class: "left" }, title, both.plot, steps)
  root.append(element("div", { class: "runs" }, left, beside))
  const unit = asking.scale?.unit ?? ""
  let numbers = estimatesDrawing(asking)
  estimates.append(element("p", {}, unit ? `You thought (${unit})` : "You thought"), numbers.box)
  /** @type {RunTable | null} */
  let table = null
  /** @type {Map<string, number>} */
  let lengths = new Map(), before = lengths
  let paint = () => {}
  const grow = motion(both.plot, GROWTH, (share) => {
    if (!table) return
    lengths = grownLengths(before, table.runs, share)
    paint()
  })
  const draw = (isAnew = false) => {
    numbers.draw()
    const space = fitLayers(both)
    if (!table) return both.drawing.replaceChildren()
    const newest = table, ground = groundOf(newest, space)
    both.drawing.replaceChildren(...ground.axes)
    const colours = coloursOf(both.plot, SETUP_COLOURS)
    paint = () => paintRuns(both.canvas, newest, ground, { colours, lengths })
    grow(isAnew)
  }
  const hear = (/** @type {RunTable | null} */ news) => {
    if (!news) return
    before = lengths
    table = news
    tellRuns(news)
    refit()
    draw(true)
  }
  const tellRuns = (/** @type {RunTable} */ news) => {
    const { setups, learned, runs, axis, heights, truth, reply } = news
    setText(title, heights.title)
    setText(steps, axis.title)
    lines.forEach(({ words }, k) => {
      const all = runs.filter(({ setup }) => setup === k).length
      const sentence = learnedSentence(setups[k].name, learned[k], all)
      if (words.dataset.says !== sentence) words.replaceChildren(...lowered(sentence))
      words.dataset.says = sentence
    })
    setText(done, doneSentence(news.done, runs.length))
    const told = lines.map(({ words }) => words.dataset.says).join(". ")
    both.drawing.setAttribute("aria-label", `${heights.title} of ${runs.length} networks. ${told}.`)
    if (truth === null || root.querySelector(".reply")) return
    if (reply) root.append(replyOf(reply))
    numbers = estimatesDrawing({ ...asking, right: truth })
    estimates.lastElementChild?.replaceWith(numbers.box)
  }
  const poll = pollRuns(address, hear)
  let wasMeasured = false
  return {
    root,
    draw: () => draw(),
    update: ({ asking: now }) => {
      const isMeasured = typeof now?.right === "number"
      if (isMeasured && !wasMeasured) poll.hurry()
      wasMeasured = isMeasured
    },
    end: poll.stop,
  }
}

/**
 * What the class had thought, in little room: the unit stands above it.
 * @param {Asking} asking
 */
function estimatesDrawing(asking) {
  const { scale } = asking
  return numberDrawing(scale ? { ...asking, scale: { ...scale, unit: "" } } : asking)
}

/**
 * @param {string} name
 * @param {number} k
 */
function setupLine(name, k) {
  const colour = SETUP_COLOURS[k % SETUP_COLOURS.length]
  const swatch = element("i", { class: "swatch", style: `background: var(--${colour})` })
  const words = element("span", {}, ...lowered(name))
  return { line: element("li", {}, swatch, words), words }
}

/**
 * Where everything lies, and the axes.
 * @param {RunTable} table
 * @param {import("./canvas.js").Space} space
 */
function groundOf({ axis, heights }, { width, height, size }) {
  const wide = Math.max(1, ...heights.ticks.map(([, text]) => widthOf(text)))
  const left = (wide + 0.6) * size, right = width - 0.8 * size
  const top = 0.7 * size, bottom = height - 1.6 * size
  const share = (/** @type {number} */ value) => (value - heights.low) / (heights.high - heights.low)
  const x = (/** @type {number} */ step) => left + (step / axis.last) * (right - left)
  const y = (/** @type {number} */ value) => bottom - Math.min(1, Math.max(0, share(value))) * (bottom - top)
  const scale = { low: 0, high: axis.last, logarithmic: false, unit: "" }
  const axes = [
    ...scaleAxis(scale, { left, right, bottom, width, size }),
    ...heightAxis(heights.ticks, y, left, { size, side: "left" }),
    axisLine(left, top, left, bottom),
  ]
  return { x, y, size, axes }
}
