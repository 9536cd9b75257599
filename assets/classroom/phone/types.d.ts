import type { Asking, RoomState, Value } from "../types.js"
import type { Ballot } from "../vote.js"

export type ScreenName = "code" | "join" | "loading" | "waiting" | "ready" | "vote" | "talk" | "revealed" | "place" | "over"

/** What of the room decides which screen there is. */
export interface Situation {
  code: string
  isMember: boolean
  /** Whether this student's answers have been asked for. */
  isRestored: boolean
  state: RoomState | null
  /** Why the room can't be entered; status 0: it can. */
  over: { status: number; message: string }
}

/** What the screens show, and what they may do. */
export interface Phone extends Situation {
  ballot: Ballot
  handle: string
  join: () => Promise<void>
  vote: (answer: Value) => void
  enter: (code: string) => Promise<void>
}

/** A screen: what it consists of, and what it does when something has changed that leaves it as it is; asking: without one it is not read. */
export interface Screen {
  nodes: (Node | string)[]
  update?: (asking: Asking) => void
}

/** What decides which words stand beside the menu. */
export interface StatusNow {
  isReached: boolean
  /** Whether the room's database is away. */
  isAway?: boolean
  /** Whether the soft timer has run out. */
  isLate?: boolean
  name: ScreenName
  own: { sent: boolean } | null
  voted: number
  joined: number
}
