// The browser's history: a part of a page is an entry of it, and nothing else in a page's address is.
//
// Streamlit replaces the entry when a visitor chooses a part, so that Back would leave the page; and it adds
// one when the server puts an address in order, so that Back would lead to the disorder and forward again.

/** @import { Part } from "./types.js" */

/**
 * The part that an address names, as the page reads it.
 * @param {URL} url
 * @param {Part} part
 */
export function partOf(url, part) {
  const name = url.searchParams.get(part.name)?.toLowerCase()
  return part.options.find((option) => option.toLowerCase() === name) ?? part.start
}

/**
 * Whether the step from an address to another is an entry of the history.  part: the choice of the page's
 * parts, null if it has one only.
 * @param {URL} from
 * @param {URL} to
 * @param {Part | null} part
 */
export function isEntry(from, to, part) {
  if (from.pathname !== to.pathname) return true
  return part !== null && partOf(from, part) !== partOf(to, part)
}

/** The history of this page from now on. */
export class PageHistory {
  constructor() {
    /** @type {Part | null} */
    this.part = null
    this.arriving = true // until the page has been run: its address is being put in order
    const push = history.pushState.bind(history), replace = history.replaceState.bind(history)
    addEventListener("popstate", () => { this.arriving = true })
    history.pushState = (state, title, url) => {
      const to = new URL(url ?? location.href, location.href), turned = to.pathname !== location.pathname
      const entry = turned || !this.arriving && isEntry(new URL(location.href), to, this.part)
      if (turned) this.arriving = true
      ;(entry ? push : replace)(state, title, url)
    }
    history.replaceState = (state, title, url) => {
      const to = new URL(url ?? location.href, location.href), stays = to.pathname === location.pathname
      const entry = stays && isEntry(new URL(location.href), to, this.part)
      ;(entry ? push : replace)(state, title, url)
    }
  }
}
