// Scrubbing through the chart over time, playing it, and drawing its input.

/** @import { Chart } from "./chart.js" */
import { find } from "../../shared/dom.js"
import { closest } from "../../shared/search.js"
import { ONE } from "../../shared/numbers.js"

const BEAT = 350 // milliseconds a step while it plays

/**
 * The step under the pointer, from 1.
 * @param {Chart} chart
 * @param {PointerEvent} event
 */
function stepAt({ picture, columns }, event) {
  const frame = picture.getBoundingClientRect()
  const x = (event.clientX - frame.left) * (columns.W / frame.width)
  return Math.max(1, Math.min(columns.T, Math.ceil((x - columns.left) / columns.width)))
}

/**
 * How far down in the picture the pointer is.
 * @param {Chart} chart
 * @param {PointerEvent} event
 */
function heightAt({ picture, columns }, event) {
  const frame = picture.getBoundingClientRect()
  return (event.clientY - frame.top) * (columns.height / frame.height)
}

/**
 * Choose steps by pointer, or draw the input where it can be drawn.
 * @param {Chart} chart
 */
export function listenToPointer(chart) {
  const { picture, slider, actions } = chart
  /** @type {number[] | null} */
  let positions = null // of the input that is being drawn
  picture.addEventListener("pointerdown", (event) => {
    if (!chart.run) return
    picture.setPointerCapture(event.pointerId)
    if (chart.run.draw && heightAt(chart, event) < chart.columns.statesTop - chart.columns.heights.gap / 2) {
      positions = Array.from(chart.run.x, (value) => Math.round((value / ONE - slider.low) / slider.step))
      chart.run = { ...chart.run, x: Int16Array.from(chart.run.x) }
      drawInput(chart, event, positions)
    } else actions.step(stepAt(chart, event))
  })
  picture.addEventListener("pointermove", (event) => {
    if (!event.buttons || !chart.run) return
    if (positions) drawInput(chart, event, positions)
    else actions.step(stepAt(chart, event))
  })
  picture.addEventListener("pointerup", () => {
    if (positions) actions.drawInput(positions)
    positions = null
  })
}

/**
 * Set the input at a step to where the pointer is, on the positions of its slider.
 * @param {Chart} chart
 * @param {PointerEvent} event
 * @param {number[]} positions
 */
function drawInput(chart, event, positions) {
  if (!chart.run) return
  const { low, step } = chart.slider, t = stepAt(chart, event), { inputZero, heights } = chart.columns
  const share = Math.max(-1, Math.min(1, (inputZero - heightAt(chart, event)) / (heights.input / 2)))
  const value = Math.round((share * chart.reach) / ONE / step) * step
  positions[t - 1] = Math.round((value - low) / step)
  chart.run.x[t - 1] = Math.round(value * ONE)
  chart.draw(chart.run)
  chart.root.classList.add("waiting")
}

/**
 * Go by the range below the picture and by its buttons.
 * @param {Chart} chart
 */
export function listenToScrub(chart) {
  const { box, range, picture, actions } = chart
  const playButton = find(box, "[data-go=play]")
  let timer = 0
  const stop = () => {
    clearInterval(timer)
    timer = 0
    playButton.textContent = "Play"
  }
  const play = () => {
    if (chart.run?.t === chart.columns.T) actions.step(1)
    playButton.textContent = "Pause"
    timer = setInterval(() => {
      if (!picture.isConnected || !chart.run || chart.run.t >= chart.columns.T) return stop()
      actions.step(chart.run.t + 1)
    }, BEAT)
  }
  range.addEventListener("input", () => actions.step(Number(range.value)))
  find(box, ".scrub").addEventListener("click", (event) => {
    const go = closest(event, "[data-go]")?.dataset.go
    if (!go || !chart.run) return
    if (go !== "play") {
      stop()
      actions.step(Math.max(1, Math.min(chart.columns.T, chart.run.t + Number(go))))
    } else if (timer) stop()
    else play()
  })
}
