// The panel of the scan: steps (a, b) joined round by round, from top to bottom, and the loop's C below.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame, Panel } from "../panel/types.js" */
import { register } from "../drawing/register.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { element, find, setAttributes, setText } from "../shared/dom.js"
import { decodeInt16, formatNumber } from "../shared/numbers.js"
import { watchSize } from "../shared/size.js"
import { setPalette } from "../shared/theme.js"

const ROUND = "scan_round"
const WIDE = 62, TALL = 44, ENLARGED = 1.3 // an entry, in pixels of the picture's own; how far it is enlarged
const NARROW = 560 // pixels: below it steps go down and rounds to the right

/**
 * Where entries are: x and y of step t, from 0, after a round.
 * @typedef {ReturnType<typeof layoutOf>} Layout
 */

/**
 * @param {number} T
 * @param {number} last  the last round
 * @param {boolean} isNarrow
 */
const layoutOf = (T, last, isNarrow) => isNarrow
  ? {
    isNarrow, least: 390, W: 24 + (last + 2) * WIDE + (last + 1) * 14, height: 46 + T * (TALL + 6),
    x: (/** @type {number} */ _, /** @type {number} */ k) => 24 + k * (WIDE + 14),
    y: (/** @type {number} */ t, /** @type {number} */ __) => 44 + t * (TALL + 6),
  }
  : {
    isNarrow, least: 0, W: 96 + T * (WIDE + 8), height: 28 + (last + 1) * (TALL + 34) + TALL,
    x: (/** @type {number} */ t, /** @type {number} */ _) => 96 + t * (WIDE + 8),
    y: (/** @type {number} */ _, /** @type {number} */ k) => 24 + k * (TALL + 34),
  }

/** @type {WeakMap<HTMLElement, () => void>}  what draws a place as it is now */
const drawings = new WeakMap()

/** @param {HTMLElement} place */
function build(place) {
  // On a phone it is wider than the screen: it scrolls by itself, with the arrow keys as well.
  const picture = element("div", {
    class: "rounds", tabindex: "0", role: "region", "aria-label": "The rounds of the scan",
  })
  setMarkup(picture, `<svg role="img"></svg>`)
  place.append(picture, element("p", { class: "words", role: "status" }))
  watchSize(place, () => drawings.get(place)?.())
}

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 * @param {Panel} panel
 */
function draw(place, frame, panel) {
  drawings.set(place, () => draw(place, frame, panel))
  setPalette(place, panel.data.look.palette)
  const last = frame.pairs.length - 1, round = Math.min(last, Number(panel.setting[ROUND]))
  showRound(panel, round, last)
  const gaps = frame.gaps[round]
  const words = frame.words[round].replace(/\{(\d)\}/g,
    (/** @type {string} */ _, /** @type {string} */ k) => gaps[Number(k)])
  /** @type {SVGSVGElement} */
  const picture = find(place, "svg")
  const layout = layoutOf(frame.T, last, place.clientWidth < NARROW)
  const label = element("p", {})
  setMarkup(label, words)
  setAttributes(picture, {
    viewBox: `0 0 ${layout.W} ${layout.height}`, "aria-label": label.textContent ?? "",
    style: `width: min(100%, ${Math.round(ENLARGED * layout.W)}px); min-width: ${layout.least}px`,
  })
  setMarkup(picture, markup(frame, round, last, layout))
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

/**
 * @param {number} x
 * @param {number} y
 * @param {string} says
 * @param {string} [look]
 */
const write = (x, y, says, look = "middle") => `<text class="${look}" x="${x}" y="${y}">${says}</text>`

/**
 * @param {Frame} frame
 * @param {number} round
 * @param {number} last
 * @param {Layout} layout
 */
function markup(frame, round, last, layout) {
  const { T, pairs } = frame, numbers = decodeInt16(frame.rounds)
  let drawn = Array.from({ length: T }, (_, t) => layout.isNarrow
    ? write(8, layout.y(t, 0) + TALL / 2 + 5, String(t + 1), "middle step")
    : write(layout.x(t, 0) + WIDE / 2, 15, String(t + 1), "middle step")).join("")
  for (let k = 0; k <= last; k++) {
    const isLater = k > round
    drawn += title(k ? `round ${k}` : "steps", k, layout, isLater ? "later" : "")
    if (!isLater && k) drawn += joins(pairs[k], k, k === round, layout)
    for (let t = 0; t < T; t++) {
      const isFinished = t < pairs[k].finished, x = layout.x(t, k), y = layout.y(t, k)
      drawn += entry(x, y, isLater ? "later" : isFinished ? "finished" : "")
      if (isLater) continue
      drawn += write(x + WIDE / 2, y + 18, `a ${formatNumber(numbers[2 * k * T + t])}`, "middle a") +
        write(x + WIDE / 2, y + 36, `b ${formatNumber(numbers[(2 * k + 1) * T + t])}`,
          `middle b ${isFinished ? "done" : ""}`)
    }
  }
  return drawn + loopMarkup(frame, round, last, layout)
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} look
 */
const entry = (x, y, look) =>
  `<rect class="entry ${look}" x="${x}" y="${y}" width="${WIDE}" height="${TALL}" rx="6"/>`

/**
 * @param {string} says
 * @param {number} k
 * @param {Layout} layout
 * @param {string} look
 */
const title = (says, k, { isNarrow, x, y }, look) => isNarrow
  ? write(x(0, k) + WIDE / 2, 15, says, `middle ${look}`)
  : write(0, y(0, k) + TALL / 2 + 5, says, look)

/**
 * The lines into the entries that a round joins.
 * @param {{apart: number, joined: number[]}} pairs
 * @param {number} k
 * @param {boolean} isNow
 * @param {Layout} layout
 */
const joins = ({ apart, joined }, k, isNow, { isNarrow, x, y }) => joined.map((t) => {
  const start = (/** @type {number} */ from) => isNarrow
    ? `${x(from, k - 1) + WIDE} ${y(from, k - 1) + TALL / 2}`
    : `${x(from, k - 1) + WIDE / 2} ${y(from, k - 1) + TALL}`
  const end = isNarrow ? `${x(t, k)} ${y(t, k) + TALL / 2}` : `${x(t, k) + WIDE / 2} ${y(t, k)}`
  return `<path class="join ${isNow ? "now" : ""}" d="M${start(t - apart)}L${end}M${start(t)}L${end}"/>`
}).join("")

/**
 * The loop: after as many steps as rounds it has got that far; once the scan is done, all of it.
 * @param {Frame} frame
 * @param {number} round
 * @param {number} last
 * @param {Layout} layout
 */
function loopMarkup({ T, loop }, round, last, layout) {
  const states = decodeInt16(loop), { isNarrow, x, y } = layout, k = last + 1
  let drawn = title("loop: C", k, layout, "")
  drawn += isNarrow
    ? write(x(0, k) + WIDE / 2, 32, `step ${round}`, "middle small")
    : write(0, y(0, k) + TALL / 2 + 21, `after ${round} step${round === 1 ? "" : "s"}`, "small")
  for (let t = 0; t < T; t++) {
    const isReached = t < round
    drawn += entry(x(t, k), y(t, k), isReached ? "finished" : "later")
    if (isReached || round === last) {
      drawn += write(x(t, k) + WIDE / 2, y(t, k) + TALL / 2 + 5, formatNumber(states[t]),
        `middle ${isReached ? "done" : "small"}`)
    }
  }
  return drawn
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) => showPanel(root, data, { build, draw }))
