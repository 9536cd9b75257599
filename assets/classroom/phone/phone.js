// The phone's page: it shows where the class is, and what this student has answered.

/** @import { Asking } from "../types.js" */
/** @import { Phone, ScreenName, Screen } from "./types.js" */

import { find, setText } from "../../shared/dom.js"
import { membership, setMembership } from "../device.js"
import { ownAsking } from "../own.js"
import {
  askRoom, courseAddress, hasStatus, isMistake, isPassing, Refusal, serverTime, spread,
} from "../server.js"
import { RoomStream } from "../stream.js"
import { Ballot } from "../vote.js"
import { keepAnswers } from "./record_list.js"
import { placeScreen, revealScreen } from "./reveal.js"
import {
  codeScreen, joinScreen, loadingScreen, overScreen, readyScreen, talkScreen, waitingScreen,
} from "./screens.js"
import { openMenu, sheet } from "./sheet.js"
import { clockText, codeOfPath, screenOf, secondsLeft, statusLine } from "./situation.js"
import { voteScreen } from "./vote_screen.js"

/** @type {Record<ScreenName, (phone: Phone, asking: Asking) => Screen>} */
const SCREENS = {
  code: codeScreen, join: joinScreen, loading: loadingScreen, waiting: waitingScreen, ready: readyScreen,
  vote: voteScreen, talk: talkScreen, revealed: revealScreen, place: placeScreen, over: overScreen,
}
const NOTICE = 5_000, RETRY = 4_000 // milliseconds: a notice stays, whatever comes; until the next attempt

const part = (/** @type {string} */ id) => find(document, `#${id}`)
const page = part("page"), place = part("place"), timer = part("timer"), room = part("room"), up = part("up")
const notice = part("notice"), menu = part("menu"), words = part("line"), root = document.documentElement
let key = "", noticed = 0, isReached = true, isAway = false, isLate = false, clock = 0, restoring = 0
/** @type {Screen} */
let screen = { nodes: [] }

const code = codeOfPath(location.pathname)
let student = membership()?.token
const ballot = new Ballot({ changed: () => show(), refused })
/** @type {Phone} */
const phone = {
  code, isMember: false, isRestored: false, handle: "", state: null, over: { status: 0, message: "" },
  ballot, join, vote, enter,
}

function show() {
  const { name, key: now } = screenOf(phone), { state } = phone
  const hasFocus = () => room.matches(":focus-within"), hadFocus = hasFocus()
  // Only a screen that is about one reads it.
  const asking = /** @type {Asking} */ (state?.asking && ownAsking(state.asking, membership()?.seat))
  if (asking && phone.isMember) keepAnswers(code, asking, ballot)
  if (now !== key) {
    const isFirst = key === ""
    key = now
    screen = SCREENS[name](phone, asking)
    room.className = name
    room.replaceChildren(...screen.nodes)
    screen.update?.(asking)
    if (Date.now() - noticed > NOTICE) notify("")
    scrollTo(0, 0)
    if (!isFirst && !sheet().open) find(room, "h1").focus()
  } else screen.update?.(asking)
  if (hadFocus && !hasFocus()) find(room, "h1").focus() // it was on what has made way
  setText(place, phone.isMember ? `Class ${code}` : "LSTM course")
  page.className = name === "code" ? "bare" : ""
  lookUp(Boolean(phone.isMember && state?.follow?.eyes_up && name !== "over"))
  tick()
  fit()
}

/** The line beside the menu. */
function say() {
  const { name } = screenOf(phone), { asking, voted = 0, joined = 0 } = phone.state ?? {}
  const own = asking ? ballot.answer(asking.id, asking.round) : null
  setText(words, statusLine({ isReached, isAway, isLate, name, own, voted, joined }))
}

/** Letters and gaps are as large as leaves all in view; what is not says so. */
function fit() {
  const left = () => root.scrollHeight - innerHeight
  for (let size = 4; size >= 0; size--) {
    root.style.setProperty("--size", String(size))
    if (left() <= 0) break
  }
  seeMore()
}

function seeMore() {
  page.classList.toggle("more", root.scrollHeight - innerHeight - scrollY > 8)
}

/** @param {boolean} isUp  whether all are to look at the lecturer */
function lookUp(isUp) {
  if (up.hidden !== isUp) return
  up.hidden = !isUp
  page.inert = isUp
  if (isUp) sheet().close()
  find(isUp ? up : room, "h1").focus()
}

/** Show the soft timer; it closes nothing. */
function tick() {
  clearTimeout(clock)
  const soft = phone.isMember && !phone.over.status && phone.state?.timer
  timer.hidden = !soft
  const seconds = soft ? secondsLeft(soft, serverTime()) : 1
  isLate = !seconds
  say()
  if (!soft) return
  setText(timer, clockText(seconds))
  if (seconds) clock = setTimeout(tick, 1000)
}

/** @param {string} sentence  "" takes the last one away */
function notify(sentence) {
  noticed = sentence ? Date.now() : 0
  setText(notice, sentence)
}

/** @param {string | number} answer */
function vote(answer) {
  const asking = phone.state?.asking
  notify("")
  if (asking) ballot.vote(asking.id, asking.round, answer)
}

/** @type {(sentence: string, status: number) => void} */
function refused(sentence, status) {
  if (status === 403) leave("The class does not know this device any more. You can join again.")
  else if (status === 409) notify("The vote was closed before this answer arrived. It does not count.")
  else if (status !== 404 && status !== 410) notify(sentence)
}

/** @param {string} sentence  why this device has no place in the room any more */
function leave(sentence) {
  setMembership(null)
  recognise()
  notify(sentence)
}

/** @param {unknown} error  of a request that somebody can repeat */
function sentenceOf(error) {
  if (hasStatus(error, 503)) return "You join as soon as the class’s database answers."
  if (isPassing(error)) return "The server can’t be reached. Try again in a moment."
  if (error instanceof Refusal) return error.message
  throw error
}

async function join() {
  if (phone.isMember) return // in another tab
  try {
    setMembership({ code, ...await askRoom("POST", `/${code}/join`, { body: {} }), n: 0 })
    notify("")
    phone.isRestored = true
    restore() // and so the room hears that somebody is there
  } catch (error) {
    notify(sentenceOf(error))
    if (!hasStatus(error, 503)) return
    await new Promise((done) => setTimeout(done, spread(RETRY)))
    await join()
  }
}

/** @param {string} typed  another room's code */
async function enter(typed) {
  try {
    await askRoom("GET", `/${typed}`)
    location.href = new URL(`j/${typed}`, courseAddress()).href
  } catch (error) {
    phone.over.message = sentenceOf(error)
  }
}

/** Ask what this student has committed, until the room has said so. */
async function restore() {
  clearTimeout(restoring)
  if (document.hidden) return
  recognise()
  if (!phone.isMember) return
  try {
    await ballot.restore()
  } catch (error) {
    if (hasStatus(error, 403)) refused("", 403)
    else if (isPassing(error)) restoring = setTimeout(restore, spread(RETRY))
    else if (isMistake(error)) throw error
  }
  phone.isRestored = true
  show()
}

/** See who uses this browser: another tab may have joined, or made way for another student. */
function recognise() {
  const now = membership()
  if (now?.token !== student) ballot.clear()
  student = now?.token
  phone.isMember = now?.code === code
  phone.handle = now?.handle ?? ""
  show()
}

menu.addEventListener("click", () => openMenu(phone, leave))
document.addEventListener("visibilitychange", restore)
if (code) {
  new RoomStream(code, {
    state: (state) => {
      phone.state = state
      show()
    },
    reached: (now) => {
      if (now && !isReached) restore()
      isReached = now
      show()
    },
    away: (now) => {
      isAway = now
      show()
    },
    over: (refusal) => {
      phone.over = refusal
      show()
    },
  })
}
addEventListener("resize", fit)
addEventListener("scroll", seeMore)
show()
restore()
