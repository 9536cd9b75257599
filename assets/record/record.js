// What a visitor has done, kept by the browser. A session that is new is offered what lies here; what a
// session has done is added. Questions stay hidden (record.css) until it is clear what there is to
// restore.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Offer, Opening, SessionRecord } from "./types.js" */

import { showEntriesInPlace } from "../glossary/entry.js"
import { PageHistory } from "./history.js"
import { closeMenuAtOnce } from "./menu.js"
import { CLEARED, PREFIX, Store } from "./store.js"

const MARK = "lstmRecord" // on the document: nothing is left to be restored
const PAUSE = 300 // milliseconds: what another tab has done is taken together

class Keeper {
  constructor() {
    this.store = new Store(() => window.localStorage)
    this.history = new PageHistory()
    this.session = "" // the one that was last offered something, or had nothing to be offered
    this.closed = false
    /** @type {Record<string, string>} */
    this.latest = {} // entries as this tab and its session have them
    /** @type {(offer: Offer) => void} */
    this.send = () => {}
    this.timer = 0
    closeMenuAtOnce()
    addEventListener("storage", (event) => this.#notice(event.key ?? CLEARED))
    document.addEventListener("visibilitychange", () => this.#offerNews())
    showEntriesInPlace() // here, for this is made once for a document
  }

  /**
   * A page begins.
   * @param {Opening} opening
   * @param {(offer: Offer) => void} send
   */
  open({ session, part, days }, send) {
    this.history.part = part
    this.send = send
    if (session === this.session) return
    const reload = this.session !== "" || isReload()
    this.session = session
    this.store.use(days)
    const entries = (this.latest = this.store.read())
    if (Object.keys(entries).length) {
      delete document.documentElement.dataset[MARK]
      send({ entries, reload })
    } else document.documentElement.dataset[MARK] = ""
  }

  /**
   * What the session has.
   * @param {SessionRecord} record
   */
  take({ session, entries, end, restored, clear }) {
    if (this.closed) return
    if (clear) return this.#clear()
    for (const [name, value] of Object.entries(entries)) {
      if (this.latest[name] === value) continue
      this.latest[name] = value
      this.store.write(name, value)
      // For class mode (assets/classroom/bar/): a choice on the page may be a vote.
      document.dispatchEvent(new CustomEvent("lstm-entry", { detail: { name, value } }))
    }
    if (!end) return
    this.history.rest()
    if (restored && session === this.session) document.documentElement.dataset[MARK] = ""
  }

  // A reload begins a session without anything of this one, here and in other tabs.
  #clear() {
    this.closed = true
    document.dispatchEvent(new Event("lstm-cleared"))
    this.store.clear()
    const start = new URL(location.href)
    for (const name of [...start.searchParams.keys()]) {
      if (!name.startsWith("embed")) start.searchParams.delete(name)
    }
    location.replace(start)
  }

  /** @param {string} key */
  #notice(key) {
    if (key === CLEARED) {
      this.closed = true
      location.reload()
    } else if (key.startsWith(PREFIX)) {
      clearTimeout(this.timer)
      this.timer = setTimeout(() => this.#offerNews(), PAUSE)
    }
  }

  #offerNews() {
    if (document.hidden || this.closed || !this.session) return
    const entries = this.store.read()
    if (Object.keys(entries).every((name) => name in this.latest)) return
    this.latest = { ...entries, ...this.latest }
    this.send({ entries, reload: false })
  }
}

// A reload, or Back to a page that was left: the address is the tab's own.
function isReload() {
  const [navigation] = performance.getEntriesByType("navigation")
  const type = navigation instanceof PerformanceNavigationTiming ? navigation.type : ""
  return type === "reload" || type === "back_forward"
}

/** @param {Component<[Opening]>} component */
export default function ({ data, setTriggerValue }) {
  const record = (window.lstmRecord ??= new Keeper())
  record.open(data[0], (offer) => setTriggerValue("offer", offer))
  for (const waiting of window.lstmRecordWaiting?.splice(0) ?? []) record.take(waiting)
}
