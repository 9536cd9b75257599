// Class mode on the course's pages: the same room and the same vote as on the phone's page, and following.
// mount.js loads this one, look.js and sheet.js draw, words.js speaks, follow.js goes where the class is led,
// lead.js tells of the lecturer's sliders, attempts.js of challenges, pills.js of choices on the page.

/** @import { Value } from "../types.js" */
/** @import { Attempt, Opening } from "./types.js" */

import { forgetStudent, membership, setMembership } from "../device.js"
import { forgetHosted, hosted } from "../hosted.js"
import { moveTo } from "../move.js"
import { ownAsking } from "../own.js"
import { askRoom, isPassing, spread } from "../server.js"
import { RoomStream } from "../stream.js"
import { Ballot } from "../vote.js"
import { Attempts } from "./attempts.js"
import { Follower } from "./follow.js"
import { Joining } from "./join.js"
import { bringAll, Lead } from "./lead.js"
import { BarLook } from "./look.js"
import { Pills } from "./pills.js"
import { isAskedInSheet, Session } from "./session.js"

// Milliseconds until it is asked again what I have committed, and that a sentence stays.
const AGAIN_MINE = 3_000, READING = 10_000

class Bar {
  /** @param {Opening} opening */
  constructor(opening) {
    this.opening = opening
    this.joining = new Joining()
    this.code = this.token = "" // of the class, and of the student in it
    this.stream = /** @type {RoomStream | null} */ (null)
    this.isReached = true
    this.isAway = false // the room's database
    this.refusal = ""
    this.session = new Session()
    this.asked = "" // the asking, round and stage for which the sheet was opened
    this.pending = /** @type {{asking: string, answer: Value} | null} */ (null) // before the vote opens
    this.timer = 0 // of a refusal
    this.ballot = new Ballot({ changed: () => this.show(), refused: (sentence) => this.#refuse(sentence) })
    this.attempts = new Attempts(this.ballot)
    this.follower = new Follower((place) => {
      this.look.open("")
      this.session.hurry()
      this.opening.go(place)
    })
    this.pills = new Pills(() => this.state?.asking, (answer) => this.#vote(answer))
    this.lead = new Lead()
    this.look = new BarLook(opening.look, {
      vote: (answer) => this.#vote(answer),
      see: () => this.#see(),
      alone: (isAlone) => this.#setAlone(isAlone),
      lead: (isLeading) => {
        this.lead.isOn = isLeading
        this.show()
      },
      bring: () => bringAll().catch((error) => this.#refuse(error.message)),
      leave: () => this.#leave(true),
      close: () => this.#clear(),
    })
    document.addEventListener("lstm-entry", (event) => this.#note(/** @type {CustomEvent} */ (event).detail))
    document.addEventListener("lstm-attempt", (event) => {
      if (membership()) this.attempts.add(/** @type {CustomEvent<Attempt>} */ (event).detail)
    })
    document.addEventListener("lstm-cleared", () => forgetStudent())
    addEventListener("storage", ({ key }) => key?.startsWith("lstm_room/") && this.begin())
  }

  /** @param {Opening} opening */
  open(opening) {
    // Another session of the page knows nothing: the server has been started again.
    if (opening.session !== this.opening.session) [this.session, this.joining].forEach((each) => each.begin())
    this.opening = opening
    if (this.joining.isNew(opening.joining)) this.#join(opening.joining[1])
    else this.begin()
  }

  /** Be in the class that this browser has joined or leads, or in none. */
  begin() {
    const { code = hosted()?.code ?? "", token = "" } = membership() ?? {}
    if (code === this.code && token === this.token) return this.show()
    this.stream?.close()
    this.stream = null
    Object.assign(this, { code, token, asked: "", pending: null, isAway: false })
    this.ballot.clear()
    this.attempts.clear()
    this.#tell()
    if (!code) return this.refusal ? this.show() : this.look.remove()
    this.follower.begin(code)
    this.stream = new RoomStream(code, {
      state: () => this.#take(),
      position: (place) => !this.lead.isOn && !this.follower.isAlone && moveTo(document, place),
      reached: (isReached) => this.show({ isReached }),
      away: (isAway) => this.show({ isAway }),
      over: () => this.#over("This class is over.", code),
    })
    this.#restore()
    this.show()
  }

  async #restore() {
    const { code } = this
    try {
      const mine = await this.ballot.restore()
      if (mine) this.attempts.restore(mine.commits)
    } catch (error) {
      if (code !== this.code) return
      if (isPassing(error)) setTimeout(() => code === this.code && this.#restore(), spread(AGAIN_MINE))
      else this.#over("This class no longer knows this browser. Join it again.")
    }
  }

  /** @param {string} code  "": leave the class */
  async #join(code) {
    if (!code) return this.#leave(true)
    await this.joining.join(code)
    if (!this.joining.refusal) this.#clear()
    this.begin()
  }

  #take() {
    const { state } = this
    const asking = state?.asking
    if (asking?.stage === "vote" && this.pending?.asking === asking.id && asking.round === 1) {
      const { answer } = this.pending
      this.pending = null
      this.#vote(answer)
    }
    this.show()
    this.follower.take(state?.follow ?? null)
    this.#offer()
  }

  /** Open the sheet when a vote or an answer comes, unless the page itself asks the question. */
  #offer() {
    const asking = this.state?.asking
    const key = asking ? `${asking.id}/${asking.round}/${asking.stage}` : ""
    if (key === this.asked) return
    const isAnswer = asking?.stage === "revealed" && this.asked !== ""
    this.asked = key
    const isNews = asking && membership() && (asking.stage === "vote" || isAnswer)
    this.look.open(isNews && isAskedInSheet(asking) ? "sheet" : "")
  }

  get state() {
    const state = this.stream?.state ?? null
    return state?.asking ? { ...state, asking: ownAsking(state.asking, membership()?.seat) } : state
  }

  /** What I have committed in the round that is open or was last; at the end one of the first will do. */
  get answer() {
    const asking = this.state?.asking
    if (!asking) return null
    const { id, round, stage } = asking, own = this.ballot[stage === "vote" ? "answer" : "stored"](id, round)
    return own ?? (stage === "revealed" ? this.ballot.stored(id, 1) : null)
  }

  /** @param {{isReached?: boolean, isAway?: boolean}} [news]  of the server */
  show(news = {}) {
    Object.assign(this, news)
    const { code, state, answer, ballot, isReached, isAway, refusal } = this
    if (!code && !refusal) return this.#tell()
    const isStudent = membership() !== null, isHost = hosted()?.code === code && code !== ""
    const { isAlone } = this.follower, isLeading = this.lead.isOn
    const isUp = isStudent && !isHost && !isAlone && state?.follow?.eyes_up === true
    const view = { code, state, answer, ballot, isReached, isAway, refusal }
    this.look.show({ ...view, isStudent, isHost, isAlone, isLeading, isUp })
    this.#tell()
  }

  #tell() {
    this.session.tell(membership() && this.state, this.ballot, (room) => this.opening.tell(room))
    this.joining.tell((joined) => this.opening.tellJoined(joined))
  }

  /** @param {Value} answer */
  #vote(answer) {
    const asking = this.state?.asking
    if (asking?.stage === "waiting") this.pending = { asking: asking.id, answer }
    if (asking?.stage !== "vote" || !membership()) return
    this.refusal = ""
    if (this.ballot.answer(asking.id, asking.round)?.answer === answer) return
    this.ballot.vote(asking.id, asking.round, answer)
  }

  /**
   * What the page adds to the visitor's record: a choice is a vote, a solved challenge is progress.
   * @param {{name: string, value: string}} entry
   */
  #note({ name, value }) {
    const [kind, ...rest] = name.split("/"), id = rest.join("/"), asking = this.state?.asking
    if (kind === "solved" || kind === "tried") this.attempts.hear(id, kind === "solved", Number(value))
    if (!["answer", "vote"].includes(kind) || asking?.question !== id || asking.test) return
    // The echo of a vote given here.
    if (this.pills.isEcho || (kind === "answer" && this.ballot.answer(asking.id, 1))) return
    this.#vote(value)
  }

  #see() {
    const [page, query = ""] = (this.state?.asking?.link ?? "").split("?")
    this.follower.open({ page, query })
  }

  /** @param {boolean} isAlone */
  #setAlone(isAlone) {
    this.follower.setAlone(isAlone)
    if (!isAlone) this.follower.take(this.state?.follow ?? null)
    this.show()
  }

  /** @param {boolean} isForGood  else the answers stay, for the list on the phone's page */
  async #leave(isForGood) {
    const own = membership()
    if (isForGood) forgetStudent()
    else setMembership(null)
    this.begin()
    if (!isForGood || !own) return
    await askRoom("POST", `/${own.code}/forget`, { token: own.token, body: {} })
      .catch((error) => isPassing(error) && this.#refuse("No answer: your votes are still stored."))
  }

  /** @type {(sentence: string, code?: string) => void} */
  #over(sentence, code) {
    if (code) forgetHosted(code)
    this.#refuse(sentence)
    this.#leave(false)
  }

  /** @param {string} sentence */
  #refuse(sentence) {
    this.refusal = sentence
    this.show()
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.#clear(), READING)
  }

  /** What was said has been read. */
  #clear() {
    clearTimeout(this.timer)
    this.refusal = ""
    if (this.code) this.show()
    else this.look.remove()
  }
}

/** @param {Opening} opening */
export default function openBar(opening) {
  window.lstmBar ??= new Bar(opening)
  window.lstmBar.open(opening)
}
