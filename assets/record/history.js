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
function partOf(url, part) {
  const name = url.searchParams.get(part.name)?.toLowerCase()
  return part.options.find((option) => option.toLowerCase() === name) ?? part.start
}

/**
 * Whether the step from an address of a page to another is an entry of the history.  part: the choice of the
 * page's parts, null if it has one only.
 * @param {URL} from
 * @param {URL} to
 * @param {Part | null} part
 */
export function isEntry(from, to, part) {
  return part !== null && partOf(from, part) !== partOf(to, part)
}

/** The history of this tab from now on. */
export class PageHistory {
  constructor() {
    /** @type {Part | null} */
    this.part = null
    this.arriving = true // until the page has been run: its address is being put in order
    /** @type {{href: string, entry: boolean} | null} */
    this.last = null // where a run has led from within the page, and whether by an entry
    this.push = history.pushState.bind(history)
    this.replace = history.replaceState.bind(history)
    addEventListener("popstate", () => this.#begin())
    history.pushState = (state, title, url) => this.#write(state, title, url, true)
    history.replaceState = (state, title, url) => this.#write(state, title, url, false)
  }

  /** The page has been run. */
  rest() {
    this.arriving = false
    this.last = null
  }

  #begin() {
    this.arriving = true
    this.last = null
  }

  /**
   * @param {unknown} state
   * @param {string} title
   * @param {string | URL | null | undefined} url
   * @param {boolean} byRun  Streamlit adds an entry for what a run has changed, a visitor's move replaces it
   */
  #write(state, title, url, byRun) {
    const from = new URL(location.href), to = new URL(url ?? from, from)
    if (byRun && from.pathname !== to.pathname) return this.#turn(state, title, url)
    const entry = !(byRun && this.arriving) && isEntry(from, to, this.part)
    if (byRun) this.last ??= { href: from.href, entry }
    ;(entry ? this.push : this.replace)(state, title, url)
  }

  /**
   * Go to another page. Its settings were written into the address of this one just before: that is undone.
   * @param {unknown} state
   * @param {string} title
   * @param {string | URL | null | undefined} url
   */
  #turn(state, title, url) {
    if (this.last?.entry) this.replace(state, title, url)
    else {
      if (this.last) this.replace(history.state, "", this.last.href)
      this.push(state, title, url)
    }
    this.#begin()
  }
}
