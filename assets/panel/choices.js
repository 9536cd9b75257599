// What drawings do when a choice of their panel is made.

/** @import { Panel, Setting } from "./types.js" */

/**
 * Tell which value of a choice is chosen, each time the visitor does.
 * @param {Panel} panel
 * @param {string} name
 * @param {(value: string) => void} follow
 */
export function onChoice({ inputs }, name, follow) {
  inputs[name].addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement) follow(target.value)
  })
}

/**
 * Each time a choice is made, set other controls to what belongs to its value.
 * @param {Panel} panel
 * @param {{name: string, settings: Record<string, Setting>}} choice the settings by its values
 */
export function followChoice(panel, { name, settings }) {
  onChoice(panel, name, (value) => panel.set({ [name]: value, ...settings[value] }))
}
