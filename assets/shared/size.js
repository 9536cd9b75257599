// How large what is written in pictures is: the frame's style sheet says it (--lstm-label in frame.css).
// It is larger on a low wide screen, which is a projector at 150 %.

const LABEL = 14.5, LARGE = 17 // pixels; on low screens labels are larger than LARGE

/**
 * The size of labels, in pixels.
 * @param {Element} root any element of the page
 */
export const labelSize = (root) =>
  parseFloat(getComputedStyle(root).getPropertyValue("--lstm-label")) || LABEL

/**
 * Whether the screen is low and wide, so that pictures have to be low as well.
 * @param {number} label the size of labels
 */
export const isLow = (label) => label > LARGE

/**
 * Call `draw` whenever the width of a place, or the size of labels in it, is another than before. The place
 * holds something written in the size of labels: so it changes its height where they do.
 * @param {HTMLElement} root
 * @param {() => void} draw
 */
export function watchSize(root, draw) {
  let before = ""
  new ResizeObserver(() => {
    const now = `${root.clientWidth} ${labelSize(root)}`
    if (!root.clientWidth || now === before) return
    before = now
    draw()
  }).observe(root)
}
