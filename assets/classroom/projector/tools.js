// The projector's own buttons: there when somebody moves the pointer or comes by keyboard, and soon gone.

import { element } from "../../shared/dom.js"

/** @import { Action } from "./keys.js" */

const REST = 3_000 // milliseconds until they go

/** @type {[Action, string, string][]} */
const BUTTONS = [
  ["model", "Model", "M"], ["gain", "Gain or answers", "G"], ["join", "How to join", "J"],
  ["theme", "Light or dark", "T"], ["full", "Full screen", "F"],
]

/**
 * @param {HTMLElement} root
 * @param {(action: Action) => void} act
 */
export function buildTools(root, act) {
  for (const [action, name, key] of BUTTONS) {
    const button = element("button", { type: "button", "data-action": action, title: `Key ${key}` }, name)
    button.addEventListener("click", ({ detail }) => {
      if (detail > 0) button.blur() // the space bar of a clicker shall not press it once more
      act(action)
    })
    root.append(button)
  }
  let timer = 0
  addEventListener("pointermove", () => {
    document.body.classList.add("pointing")
    clearTimeout(timer)
    timer = setTimeout(() => document.body.classList.remove("pointing"), REST)
  })
}

/**
 * Leave the buttons out that would do nothing.
 * @param {Partial<Record<Action, boolean>>} possible  whether they would do something
 */
export function offer(possible) {
  for (const [action, isThere] of Object.entries(possible)) {
    const button = document.querySelector(`[data-action=${action}]`)
    if (button instanceof HTMLElement) button.hidden = !isThere
  }
}
