// What is set in a panel: first what the address says, then what was set on this page in this tab, else the
// start. A link that names settings shows exactly its own.

/** @import { Panel, PanelData, PageSettings, Setting } from "./types.js" */

const FREE = new Set(["number", "text", "drawing"]) // kinds of controls whose values are in no list

/**
 * What the tab remembers of a page.
 * @param {{page: string, link: number}} data
 * @returns {PageSettings}
 */
export function memoryOf({ page, link }) {
  const pages = (window.lstmSettings ??= {})
  if (!pages[page] || pages[page].link !== link) pages[page] = { link, jumps: {}, setting: {} }
  return pages[page]
}

/**
 * @param {PanelData} data
 * @returns {Setting}
 */
export function firstSetting(data) {
  const memory = memoryOf(data)
  const isNew = data.jump.count > (memory.jumps[data.answers] ?? 0)
  const sources = [isNew ? data.jump.setting : {}, data.setting, memory.setting]
  return Object.fromEntries(data.controls.map(({ name, values, kind, start }) => {
    const isPossible = (/** @type {Setting} */ source) =>
      source[name] !== undefined && (FREE.has(kind) || values.includes(source[name]))
    return [name, sources.find(isPossible)?.[name] ?? start]
  }))
}

/** @param {Panel} panel */
export function remember({ data, setting, jump }) {
  const memory = memoryOf(data)
  Object.assign(memory.setting, setting)
  memory.jumps[data.answers] = jump
}

/**
 * What the address says of a panel; what is as at first is left out.
 * @param {Panel} panel
 */
export function parametersOf({ data, setting }) {
  return Object.fromEntries(data.controls.map(({ name, start }) =>
    [name, setting[name] === start ? null : setting[name]]))
}

/**
 * Whether two sets of data have the same controls; another network, for one, has other gates.
 * @param {PanelData} one
 * @param {PanelData} other
 */
export function isAlike(one, other) {
  const shape = (/** @type {PanelData} */ { controls, presets }) => JSON.stringify([controls, presets])
  return shape(one) === shape(other)
}
