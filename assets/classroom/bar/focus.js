// Where the focus is while the bar opens and closes what it has, and while that covers the page: it is never
// behind what covers it, and never lost.

const APP = "[data-testid=stApp]"

export class Focus {
  /**
   * opened: what can be open, the first one on top; ends: where the focus goes if there is nothing better.
   * @param {ShadowRoot} root
   * @param {HTMLElement[]} opened
   * @param {HTMLElement[]} ends
   */
  constructor(root, opened, ends) {
    this.root = root
    this.opened = opened
    this.ends = ends
    this.isCovered = false
    /** @type {HTMLElement | null} */
    this.before = null // what had the focus before it came into what is open
  }

  /**
   * Change what there is: a focus that is lost by it goes to what is there now.
   * @param {() => void} change
   * @param {() => boolean} covers  whether the page can't be seen then
   */
  keep(change, covers) {
    const isOurs = this.root.activeElement !== null
    change()
    const isCovered = covers(), isNew = isCovered !== this.isCovered
    if (isNew) {
      this.isCovered = isCovered
      if (isCovered) this.#remember()
      document.querySelector(APP)?.toggleAttribute("inert", isCovered) // for keys and for whoever listens
    }
    const isLost = (isOurs || isNew) && !isThere(deepest(document))
    if (this.root.host.isConnected && (isLost || (isNew && isCovered))) this.#go()
  }

  /** Go into what has been opened. */
  enter() {
    this.#remember()
    this.#go()
  }

  #remember() {
    const now = deepest(document)
    if (this.opened.every((each) => !each.contains(now))) this.before = now
  }

  #go() {
    const open = this.opened.find((each) => !each.hidden)
    const ends = [this.isCovered ? null : this.before, ...this.ends]
    const end = open ? headOf(open) : ends.find(isThere)
    end?.focus({ preventScroll: true })
  }
}

/** @param {HTMLElement} open  what is read first: a reply, or a heading */
const headOf = (open) => /** @type {HTMLElement} */ (
  open.querySelector(".reply:not([hidden])") ?? open.querySelector("[tabindex]") ?? open)

/** @param {Element | null | undefined} element */
const isThere = (element) => element?.isConnected && element !== document.body && element.checkVisibility()

/**
 * What has the focus, also where that is in a component.
 * @param {Document | ShadowRoot} root
 * @returns {HTMLElement | null}
 */
function deepest({ activeElement }) {
  const inside = activeElement?.shadowRoot
  return inside?.activeElement ? deepest(inside) : /** @type {HTMLElement | null} */ (activeElement)
}
