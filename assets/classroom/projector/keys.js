// What keys do. A clicker's keys belong to the private screen; a few others to this page.

/**
 * @typedef {"next" | "back" | "black" | "model" | "theme" | "full" | "join" | "gain"} Action
 */

/** @type {Record<string, Action>} */
const ACTIONS = {
  PageDown: "next", ArrowRight: "next", " ": "next", Enter: "next", PageUp: "back", ArrowLeft: "back",
  b: "black", ".": "black", m: "model", t: "theme", f: "full", j: "join",
  g: "gain",
}
const OF_CLICKER = new Set(["PageDown", "PageUp", "b", ".", "m"])
const FIELDS = "input, textarea, select, [contenteditable], [role=slider], [role=radiogroup], [role=dialog]"

/**
 * @param {{key: string, ctrlKey?: boolean, altKey?: boolean, metaKey?: boolean, repeat?: boolean}} event
 * @param {{isOnButton?: boolean, isInFrame?: boolean, isInField?: boolean}} [place]  a button presses itself;
 *   the course in a frame has uses of its own for most keys
 * @returns {Action | null}
 */
export function actionOf(event, { isOnButton = false, isInFrame = false, isInField = false } = {}) {
  const { key, ctrlKey, altKey, metaKey, repeat } = event
  if (ctrlKey || altKey || metaKey || repeat) return null
  if (isOnButton && (key === " " || key === "Enter")) return null
  const name = key.length === 1 ? key.toLowerCase() : key
  if (isInFrame && !OF_CLICKER.has(name)) return null
  if (isInField && name.length === 1) return null
  return Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : null
}

/**
 * Hear the keys of a window.
 * @param {Window} target
 * @param {(action: Action) => void} act
 * @param {boolean} isInFrame
 */
export function hearKeys(target, act, isInFrame) {
  target.addEventListener("keydown", (event) => {
    // A frame has classes of its own: `instanceof` knows only ours.
    const element = /** @type {Element | null} */ (event.target)
    const closest = (/** @type {string} */ selector) => Boolean(element?.closest?.(selector))
    const place = { isOnButton: closest("button, a, summary"), isInFrame, isInField: closest(FIELDS) }
    const action = actionOf(event, place)
    if (!action) return
    event.preventDefault()
    event.stopPropagation()
    act(action)
  }, true)
}
