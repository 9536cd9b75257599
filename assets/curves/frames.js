// Curves of a panel's frames: what moves and what stays, each with its look, on axes that rest.

/** @import { Answer, Frame, Panel } from "../panel/types.js" */
import { drawCurves } from "./curves.js"

/** @type {WeakSet<Answer>} */
const moved = new WeakSet() // answers along a slider that has been moved since

/**
 * @param {HTMLElement} root
 * @param {Frame} frame
 * @param {Panel} panel
 */
export function drawFrameCurves(root, frame, panel) {
  const { axes, curves: looks } = panel.data.look
  const data = { ...frame.still, ...frame.moving }
  const curves = Object.keys(looks).filter((name) => data[name])
    .map((name) => ({ name, ...looks[name], ...data[name] }))
  const [low, high] = restingAxis(frame, panel)
  drawCurves(root, { ...axes, low, high, steps: frame.steps, alt: frame.alt, curves })
}

/**
 * The ends of the axis: of what is shown, and once a slider moves, of all that it can show.
 * @param {Frame} frame
 * @param {Panel} panel
 * @returns {[number, number]}
 */
function restingAxis(frame, { answer, setting }) {
  if (answer?.along && setting[answer.along] !== answer.question[answer.along]) moved.add(answer.answer)
  return answer && moved.has(answer.answer) ? frame.range : frame.axes
}
