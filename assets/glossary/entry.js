// What a term means, shown where the term stands: a click or a tap on its link opens the entry in place.
// The link leads to the list of all terms; with Ctrl held, or from within the entry, it is followed as usual.

import { element } from "../shared/dom.js"

const LINKS = 'a[title][href^="cheatsheet?sheet=Words&term="]'
const MARGIN = 8 // pixels between the entry, its term and the edges of the window

/**
 * Where the entry stands: below its term, or above where there is no room, and within the window.
 * @param {{left: number, top: number, bottom: number}} term
 * @param {{width: number, height: number}} entry
 * @param {{width: number, height: number}} room
 */
function placeOf(term, entry, room) {
  const below = term.bottom + MARGIN, above = term.top - MARGIN - entry.height
  const left = Math.max(MARGIN, Math.min(term.left, room.width - MARGIN - entry.width))
  return { left, top: below + entry.height <= room.height || above < 0 ? below : above }
}

/**
 * Show the entry of a link in place.
 * @param {HTMLAnchorElement} link
 */
function showEntry(link) {
  document.getElementById("lstm-entry")?.remove()
  const href = link.getAttribute("href") ?? ""
  const name = new URLSearchParams(href.split("?")[1]).get("term") ?? ""
  const all = element("a", { href, target: "_blank", rel: "noopener" }, "All terms")
  const entry = element("div",
    { id: "lstm-entry", popover: "auto", tabindex: -1, role: "dialog", "aria-label": name },
    element("p", {}, element("b", {}, name), `: ${link.title}.`), all)
  entry.addEventListener("toggle", () => { if (!entry.matches(":popover-open")) entry.remove() })
  const app = link.closest("[data-testid=stApp]") ?? document.body // the theme's colours hold in there
  app.append(entry)
  entry.showPopover()
  const { left, top } = placeOf(link.getBoundingClientRect(), entry.getBoundingClientRect(),
    { width: innerWidth, height: innerHeight })
  entry.style.left = `${left}px`
  entry.style.top = `${top}px`
  entry.focus({ preventScroll: true })
}

/** From now on every click on a term shows its entry; to be called once for a document. */
export function showEntriesInPlace() {
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    const link = event.target instanceof Element ? event.target.closest(LINKS) : null
    if (!(link instanceof HTMLAnchorElement)) return
    event.preventDefault()
    showEntry(link)
  })
}
