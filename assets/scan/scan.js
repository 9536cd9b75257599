// The panel of the scan: steps (a, b) joined round by round, from top to bottom, and the loop's C below.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
import { register } from "../drawing/register.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { element, find, setAttributes, setText } from "../shared/dom.js"
import { decodeInt16, formatNumber } from "../shared/numbers.js"
import { isDark } from "../shared/theme.js"

const ROUND = "scan_round"
const WIDE = 62, TALL = 44, APART = 34, LEFT = 96, TOP = 24, GAP = 8 // pixels of the picture's own

/** @param {HTMLElement} place */
function build(place) {
  const picture = element("div", { class: "table rounds" })
  picture.innerHTML = `<svg role="img"></svg>`
  place.append(picture, element("p", { class: "words", role: "status" }))
}

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function draw(place, frame, panel) {
  const tone = isDark(place) ? "dark" : "light"
  for (const [name, tones] of Object.entries(panel.data.look.palette)) place.style.setProperty(`--${name}`, tones[tone])
  const last = frame.pairs.length - 1, round = Math.min(last, Number(panel.setting[ROUND]))
  showRound(panel, round, last)
  const words = frame.words[round]
  /** @type {SVGSVGElement} */
  const picture = find(place, "svg")
  const W = LEFT + frame.T * (WIDE + GAP), height = TOP + (last + 1) * (TALL + APART) + TALL + 4
  setAttributes(picture, { viewBox: `0 0 ${W} ${height}`, width: W, "aria-label": element("p", {}).textContent + words.replace(/<[^>]+>/g, "") })
  picture.innerHTML = markup(frame, round, last)
  setMarkup(find(place, ".words"), words)
}

/**
 * @param {Panel} panel
 * @param {number} round
 * @param {number} last
 */
function showRound({ inputs, root }, round, last) {
  const input = /** @type {HTMLInputElement} */ (inputs[ROUND])
  input.max = String(last)
  input.value = String(round)
  input.setAttribute("aria-valuetext", `${round} of ${last}`)
  setText(find(root, `[data-control="${ROUND}"] output`), `${round} of ${last}`)
}

/** @param {number} t from 0 */
const left = (t) => LEFT + t * (WIDE + GAP)

/** @param {number} round */
const top = (round) => TOP + round * (TALL + APART)

/**
 * @param {Frame} frame
 * @param {number} round
 * @param {number} last
 */
function markup({ T, rounds, loop, pairs }, round, last) {
  const numbers = decodeInt16(rounds), states = decodeInt16(loop)
  const text = (/** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ says, look = "") =>
    `<text class="${look}" x="${x}" y="${y}">${says}</text>`
  let drawn = Array.from({ length: T }, (_, t) => text(left(t) + WIDE / 2, 15, String(t + 1), "middle step")).join("")
  for (let k = 0; k <= last; k++) {
    const isLater = k > round
    drawn += text(0, top(k) + TALL / 2 + 5, k ? `round ${k}` : "the steps", isLater ? "later" : "")
    if (!isLater && k) drawn += joins(pairs[k], k, k === round)
    for (let t = 0; t < T; t++) {
      const isFinished = t < pairs[k].finished
      drawn += `<rect class="entry ${isLater ? "later" : isFinished ? "finished" : ""}" x="${left(t)}" y="${top(k)}" ` +
        `width="${WIDE}" height="${TALL}" rx="6"/>`
      if (isLater) continue
      const a = numbers[2 * k * T + t], b = numbers[(2 * k + 1) * T + t]
      drawn += text(left(t) + WIDE / 2, top(k) + 18, `a ${formatNumber(a)}`, "middle a") +
        text(left(t) + WIDE / 2, top(k) + 36, `b ${formatNumber(b)}`, `middle b ${isFinished ? "done" : ""}`)
    }
  }
  return drawn + loopMarkup(states, T, round, last, text)
}

/**
 * The lines into the entries that a round joins.
 * @param {{apart: number, joined: number[]}} pairs
 * @param {number} k
 * @param {boolean} isNow
 */
const joins = ({ apart, joined }, k, isNow) => joined.map((t) => {
  const to = left(t) + WIDE / 2, from = left(t - apart) + WIDE / 2, above = top(k - 1) + TALL
  return `<path class="join ${isNow ? "now" : ""}" d="M${from} ${above}L${to} ${top(k)}M${to} ${above}V${top(k)}"/>`
}).join("")

/**
 * The loop: after as many steps as rounds it has got that far.
 * @param {Int16Array} states
 * @param {number} T
 * @param {number} round
 * @param {number} last
 * @param {(x: number, y: number, says: string, look?: string) => string} text
 */
function loopMarkup(states, T, round, last, text) {
  const y = top(last + 1)
  let drawn = text(0, y + TALL / 2 - 3, "the loop, C") + text(0, y + TALL / 2 + 14, `after ${round} step${round === 1 ? "" : "s"}`, "small")
  for (let t = 0; t < T; t++) {
    const isReached = t < round || round === last
    drawn += `<rect class="entry loop ${t < round ? "finished" : "later"}" x="${left(t)}" y="${y}" width="${WIDE}" height="${TALL}" rx="6"/>`
    if (isReached) drawn += text(left(t) + WIDE / 2, y + TALL / 2 + 5, formatNumber(states[t]), `middle ${t < round ? "done" : "small"}`)
    if (t && t < round) drawn += `<path class="join now" d="M${left(t) - GAP} ${y + TALL / 2}h${GAP}"/>`
  }
  return drawn
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) => showPanel(root, data, { build, draw }))
