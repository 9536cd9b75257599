// Curves of a panel's frames: what moves and what stays, each with its look, on axes that rest.

/** @import { Frame, Panel } from "../panel/types.js" */
import { find, setText } from "../shared/dom.js"
import { drawCurves } from "./curves.js"

/** @typedef {{about: string, isMoved: boolean, ends: [number, number]}} Axis */

const COVERED_AXIS = /** @type {const} */ ([-20, 5]) // powers of ten: an axis that tells nothing
/** @type {WeakMap<HTMLElement, Axis>} */
const axisOf = new WeakMap() // of each picture, as it was drawn last

/**
 * @param {HTMLElement} root
 * @param {Frame} frame
 * @param {Panel} panel
 */
export function drawFrameCurves(root, frame, panel) {
  const { axes, curves: looks } = panel.data.look
  if (panel.data.covered.includes("curves")) return drawCover(root, frame, panel)
  const data = { ...frame.still, ...frame.moving }
  setText(find(root, ".cover"), "")
  const curves = Object.keys(looks).filter((name) => data[name])
    .map((name) => ({ name, ...looks[name], ...data[name] }))
  const [low, high] = restingAxis(root, frame, panel)
  drawCurves(root, { ...axes, low, high, steps: frame.steps, alt: frame.alt, bands: frame.bands, curves })
}

/**
 * Axes and legend alone, while the question above asks for what the curves show.
 * @param {HTMLElement} root
 * @param {Frame} frame
 * @param {Panel} panel
 */
function drawCover(root, frame, { data: { look, cover } }) {
  const curves = Object.entries(look.curves)
    .map(([name, curve]) => ({ ...curve, name, logs: [], start: 0, before: "", end: null }))
  const [low, high] = COVERED_AXIS
  drawCurves(root, { ...look.axes, low, high, steps: frame.steps, alt: cover, curves })
  setText(find(root, ".cover"), cover)
  axisOf.delete(root)
}

/**
 * The ends of the axis: of what is shown, and once a slider moves, of all that it can show. While it moves
 * the axis grows where it has to, and never shrinks.
 * @param {HTMLElement} root
 * @param {Frame} frame
 * @param {Panel} panel
 * @returns {[number, number]}
 */
function restingAxis(root, frame, { answer, setting }) {
  const along = answer?.along ?? "", before = axisOf.get(root)
  const about = JSON.stringify({ ...setting, [along]: along })
  const isSame = along !== "" && before?.about === about
  const isMoved = (isSame && before.isMoved) || (along !== "" && setting[along] !== answer?.question[along])
  const [low, high] = isMoved ? frame.range : frame.axes
  /** @type {[number, number]} */
  const ends = isSame && isMoved
    ? [Math.min(low, before.ends[0]), Math.max(high, before.ends[1])]
    : [low, high]
  axisOf.set(root, { about, isMoved, ends })
  return ends
}
