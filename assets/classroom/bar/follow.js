// Following the lecturer: to a page with its settings, at once; unless the student goes their own way.

/** @import { RoomState } from "../types.js" */
/** @import { Place } from "./types.js" */

import { membership } from "../device.js"
import { hosted } from "../hosted.js"
import { courseAddress } from "../server.js"

const FOLLOWED = "lstm_follow" // in the tab's storage
const PATIENCE_FOR_PAGE = 6_000 // milliseconds until the page is loaded anew, if it is not there by then
const PATIENCE_FOR_RUN = 3_000 // milliseconds that a run of the page may take before another is asked for
const REST = 1_500 // milliseconds without a run after which all of a page is where it stays
const LOOK_AGAIN = 60 // milliseconds
const START_PICTURE = ".st-key-unrolled"
const AIR = 16 // pixels over it
const LECTURERS_PAGE = "class" // the page of the lecturer's own screen

/** The page in view, by its address below the course's. */
export const pageInView = () =>
  location.pathname.slice(courseAddress().pathname.length).replace(/\/+$/, "")

export class Follower {
  /** @param {(place: Place) => void} go */
  constructor(go) {
    this.go = go
    this.code = ""
    this.isAlone = false
    this.last = "" // where the class was led last, as far as this tab went along
    this.timer = 0
    /** @type {Place | null} */
    this.place = null // that is opened
  }

  /**
   * Begin with a class; what this tab has kept of the same one goes on.
   * @param {string} code
   */
  begin(code) {
    const { isAlone = false, last = "" } = followed(code)
    Object.assign(this, { code, isAlone, last })
  }

  /**
   * Go where the class is led to, once.
   * @param {RoomState["follow"]} follow
   */
  take(follow) {
    const text = follow?.page === undefined ? "" : JSON.stringify([follow.page, follow.query ?? ""])
    if (this.isAlone || !isLed(this.code) || isDesk() || text === this.last) return
    this.last = text
    this.#keep()
    if (follow?.page !== undefined) this.open({ page: follow.page, query: follow.query ?? "" })
  }

  /** @param {boolean} isAlone */
  setAlone(isAlone) {
    this.isAlone = isAlone
    this.last = "" // who comes back goes where the class is
    this.#keep()
  }

  /**
   * Open a place by Streamlit's own navigation, which keeps the session; if that does not come, anew.
   * @param {Place} place
   */
  async open({ page, query }) {
    const place = (this.place = { page, query }), begin = Date.now()
    // A run that is under way writes its own address when it ends.
    while (isRunning() && Date.now() - begin < PATIENCE_FOR_RUN) {
      await new Promise((done) => setTimeout(done, LOOK_AGAIN))
    }
    if (this.place !== place) return // it is led on already
    const before = location.href, address = new URL(query ? `${page}?${query}` : page, courseAddress())
    // The server can't change settings that the page in view has: its address does, and a run reads that.
    if (pageInView() === page) history.pushState(history.state, "", address)
    this.go({ page, query })
    this.#scroll(place)
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      if (pageInView() !== page && location.href === before) location.assign(address)
    }, PATIENCE_FOR_PAGE)
  }

  /**
   * Bring into view what a class comes for, and hold it there until the page rests or the visitor moves it.
   * @param {Place} place
   */
  async #scroll(place) {
    const hand = new AbortController(), end = Date.now() + PATIENCE_FOR_PAGE
    for (const type of ["wheel", "touchmove", "pointerdown", "keydown"]) {
      addEventListener(type, () => hand.abort(), { passive: true, signal: hand.signal })
    }
    for (let rest = 0; rest < REST && Date.now() < end; rest += LOOK_AGAIN) {
      await new Promise((done) => setTimeout(done, LOOK_AGAIN))
      if (this.place !== place || hand.signal.aborted) break
      if (pageInView() === place.page) scrollToPlace()
      if (pageInView() !== place.page || isRunning()) rest = 0
    }
    hand.abort()
  }

  #keep() {
    try {
      const { code, isAlone, last } = this
      sessionStorage.setItem(FOLLOWED, JSON.stringify({ code, isAlone, last }))
    } catch {
      // the tab's memory has it
    }
  }
}

/**
 * Whether this browser follows a class: the one that leads it stays where the lecturer is.
 * @param {string} code
 */
const isLed = (code) => membership()?.code === code && hosted()?.code !== code

/** Whether the lecturer's own screen is in view: nothing leads away from it. */
export const isDesk = () => hosted() !== null && pageInView() === LECTURERS_PAGE

/** Scroll to the start page's first picture, of which a plan speaks, and on other pages to the top. */
function scrollToPlace() {
  const main = document.querySelector("[data-testid=stMain]"), place = main?.querySelector(START_PICTURE)
  if (!main || !place) return main?.scrollTo(0, 0)
  const header = document.querySelector("[data-testid=stHeader]")?.getBoundingClientRect().bottom ?? 0
  const top = Math.max(header, main.getBoundingClientRect().top) + AIR
  main.scrollBy(0, place.getBoundingClientRect().top - top)
}

const isRunning = () =>
  document.querySelector("[data-testid=stApp]")?.getAttribute("data-test-script-state") !== "notRunning"

/**
 * @param {string} code
 * @returns {{isAlone?: boolean, last?: string}}
 */
function followed(code) {
  try {
    const value = JSON.parse(sessionStorage.getItem(FOLLOWED) ?? "{}")
    return value.code === code ? value : {}
  } catch {
    return {}
  }
}
