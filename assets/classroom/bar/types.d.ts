import type { RoomState } from "../types.js"
import type { Ballot } from "../vote.js"

/** What the session says; session: its name; joining: how often one wanted to join or leave, and the code, "" to leave. */
export interface Mount {
  version: string
  joining: [number, string]
  session: string
}

/** What the bar's script gets when it is loaded; tell: the class's question that is open, and my first answer. */
export interface Opening {
  look: string
  joining: [number, string]
  session: string
  tell(room: { question: string; closed: boolean; answered: string; answer: string; last: string }): void
  tellJoined(joined: { handle: string; refusal: string }): void
  go(place: Place): void
}

/** A page of the course by its address, and what is set there. */
export interface Place {
  page: string
  query: string
}

/** What the bar and its sheet show. */
export interface View {
  code: string
  state: RoomState | null
  answer: { answer: string | number; sent: boolean } | null
  ballot: Ballot
  isReached: boolean
  /** Whether the room's database is away. */
  isAway?: boolean
  isAlone: boolean
  isStudent: boolean
  isHost: boolean
  isLeading: boolean
  isUp: boolean
  refusal: string
  /** That the vote's soft timer has left, null without one. */
  seconds?: number | null
}

/** An attempt at a challenge; name: its page and itself; fails: in words, what fails first. */
export interface Attempt {
  name: string
  solved: boolean
  fails?: string
  query?: string
}

declare global {
  interface Window {
    lstmBar?: { open(opening: Opening): void }
  }
}
