// Pictures that move: drawn at each frame of the browser until they are at their end.

/** Whether nobody wants to see things move. */
function isCalm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches
}

/**
 * A function that draws a picture as far as it has come, and goes on to its end; where it is drawn once more,
 * with another size, it goes on from where it is, and from its beginning if it is to begin anew.
 * @param {Element} box  once it has gone from the page, nothing is drawn
 * @param {number} seconds
 * @param {(share: number) => void} draw  share: of the time, from 0 to 1
 */
export function motion(box, seconds, draw) {
  let start = 0, frame = 0, share = 0
  const show = () => {
    draw(share)
    if (share < 1 && box.isConnected) frame = requestAnimationFrame(step)
  }
  const step = (/** @type {number} */ now) => {
    start ||= now
    share = isCalm() ? 1 : Math.min(1, (now - start) / (1_000 * seconds))
    show()
  }
  return (isAnew = false) => {
    if (isAnew) start = share = 0
    cancelAnimationFrame(frame)
    show()
  }
}
