// A box that is scrolled sideways fades out at an edge beyond which there is more, as long as there is.

const LEAST = 2 // pixels: a box that is scrolled to its end may miss it by a part of one

/**
 * Mark a box by the sides on which it has more than it shows, whatever it holds and however wide it is.
 * @param {HTMLElement} box
 */
export function markSides(box) {
  const mark = () => {
    const { scrollLeft, scrollWidth, clientWidth } = box
    box.classList.toggle("more-left", scrollLeft >= LEAST)
    box.classList.toggle("more-right", scrollWidth - clientWidth - scrollLeft >= LEAST)
  }
  const sizes = new ResizeObserver(mark)
  const observeAll = () => {
    sizes.disconnect()
    for (const part of [box, ...box.children]) sizes.observe(part)
  }
  box.classList.add("sideways")
  box.addEventListener("scroll", mark, { passive: true })
  new MutationObserver(observeAll).observe(box, { childList: true })
  observeAll()
}
