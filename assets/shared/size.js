// How large what is written in pictures is: the frame's style sheet says it (--lstm-label in frame.css).
// It is larger on a low wide screen, which is a projector at 150 %.

const MARGIN = 16 // pixels below a picture that ends a frame
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
 * How high a picture may be that ends a frame as low as a class's projector has; 0 elsewhere.
 * @param {Element} picture
 */
export function roomInFrame(picture) {
  if (!isEmbedded(picture) || !isLow(labelSize(picture))) return 0
  return Math.floor(window.innerHeight - Math.max(0, picture.getBoundingClientRect().top) - MARGIN)
}

/** @param {Element} root  of a page that may stand in a frame of another one (embedded.css) */
const isEmbedded = (root) => getComputedStyle(root).getPropertyValue("--lstm-embedded").trim() === "yes"

/**
 * Call `draw` whenever the width of a place, the size of labels in it, or the height of a frame around it is
 * another than before. The place
 * holds something written in the size of labels: so it changes its height where they do.
 * @param {HTMLElement} root
 * @param {() => void} draw
 */
export function watchSize(root, draw) {
  let before = ""
  const observer = new ResizeObserver(() => {
    const now = `${root.clientWidth} ${labelSize(root)} ${isEmbedded(root) ? window.innerHeight : ""}`
    if (!root.clientWidth || now === before) return
    before = now
    draw()
  })
  observer.observe(root)
  observer.observe(document.documentElement)
}
