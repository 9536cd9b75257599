// The projector's keys, as a clicker sends them, and the size of its text: the largest that fits the screen.

const NEXT = new Set(["PageDown", "ArrowRight", " ", "Enter"]), BACK = new Set(["PageUp", "ArrowLeft"])
const BLANK = new Set([".", "b", "B"])
// What has a use of its own for keys while it has the focus; a button has for two of them only.
const BUSY =
  "input, textarea, select, [role=radiogroup], [role=group], [role=dialog], [data-testid=stPopoverBody]"
const BUTTON = "button, a, summary"
const SMALLEST = 28 / 720, LARGEST = 60 / 720 // of the window's height
const PRECISION = 0.25 // pixels

/** @param {string} name */
const part = (name) => document.querySelector(`.st-key-projector_${name}`)

/** @param {string} name */
const button = (name) => part(name)?.querySelector("button")

/**
 * The button that a key presses: first the answer is revealed, then the next question comes.
 * @param {string} key
 */
function buttonOf(key) {
  if (NEXT.has(key)) return button("reveal") ?? button("skip")
  return BACK.has(key) ? button("back") : null
}

/** @param {KeyboardEvent} event */
function press(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || !part("text")) return
  const { key, target } = event
  if (target instanceof Element && target.closest(BUSY)) return
  if (target instanceof Element && target.closest(BUTTON) && (key === " " || key === "Enter")) return
  const { dataset } = document.documentElement
  if (BLANK.has(key)) {
    if (dataset.projectorBlank === undefined) dataset.projectorBlank = ""
    else delete dataset.projectorBlank
  } else {
    const choice = buttonOf(key)
    if (!choice) return
    delete dataset.projectorBlank
    choice.click()
  }
  event.preventDefault()
  event.stopPropagation()
}

// A button that was clicked keeps no focus: the space bar shall not press it once more.
/** @param {MouseEvent} event */
function leave({ target, detail }) {
  const clicked = detail > 0 && target instanceof Element ? target.closest("button") : null
  if (clicked && part("text") && !clicked.closest("[data-testid=stPopover]")) clicked.blur()
}

function fit() {
  const text = part("text")
  if (!(text instanceof HTMLElement) || getComputedStyle(text).position !== "fixed") return
  const { style } = document.documentElement
  let low = SMALLEST * innerHeight, high = LARGEST * innerHeight
  while (high - low > PRECISION) {
    const size = (low + high) / 2
    style.setProperty("--projector-size", `${size}px`)
    if (text.scrollHeight > text.clientHeight) high = size
    else low = size
  }
  style.setProperty("--projector-size", `${low}px`)
}

class Projector {
  constructor() {
    this.frame = 0
    this.observer = new MutationObserver(() => this.plan())
    addEventListener("keydown", press, true)
    addEventListener("click", leave)
    addEventListener("resize", () => this.plan())
    document.fonts.addEventListener("loadingdone", () => this.plan())
  }

  /** @param {Element} main */
  watch(main) {
    this.observer.disconnect()
    this.observer.observe(main, { childList: true, characterData: true, subtree: true })
    this.plan()
  }

  plan() {
    cancelAnimationFrame(this.frame)
    this.frame = requestAnimationFrame(fit)
  }
}

export default function () {
  const main = document.querySelector("[data-testid=stMain]")
  if (main) (window.lstmProjector ??= new Projector()).watch(main)
}
