// A canvas below an SVG: many moving dots and lines on the one, axes and texts, which are few, on the other.

import { element } from "../../../shared/dom.js"
import { shape } from "../../../shared/shape.js"

/** @typedef {{width: number, height: number, size: number}} Space  in pixels; size: of the text */

/**
 * A box with both.
 * @param {string} words  for whoever does not see it
 */
export function layers(words) {
  const canvas = element("canvas", { "aria-hidden": "true" })
  const drawing = shape("svg", { role: "img", "aria-label": words })
  return { plot: element("div", { class: "plot" }, canvas, drawing), canvas, drawing }
}

/**
 * Measure a box, and give its layers this size.
 * @param {ReturnType<typeof layers>} layers
 * @returns {Space}
 */
export function fitLayers({ plot, canvas, drawing }) {
  const { clientWidth: width, clientHeight: height } = plot
  drawing.setAttribute("viewBox", `0 0 ${width} ${height}`)
  const [wide, high] = [width, height].map((side) => Math.round(side * devicePixelRatio))
  if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high })
  return { width, height, size: parseFloat(getComputedStyle(plot).fontSize) }
}

/**
 * What draws on an empty canvas, in pixels of the page.
 * @param {HTMLCanvasElement} canvas
 */
export function emptied(canvas) {
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"))
  pen.setTransform(1, 0, 0, 1, 0, 0)
  pen.clearRect(0, 0, canvas.width, canvas.height)
  pen.scale(devicePixelRatio, devicePixelRatio)
  return pen
}

/**
 * The colours of the page by their names, as a canvas takes them.
 * @param {Element} box
 * @param {string[]} names
 */
export function coloursOf(box, names) {
  const probe = element("i", { hidden: "" })
  box.append(probe)
  const colours = names.map((name) => {
    probe.style.color = `var(--${name})`
    return getComputedStyle(probe).color
  })
  probe.remove()
  return colours
}
