/** What a room sends to everybody; see lesson/classroom/state.py. */
export interface RoomState {
  stage_version: number
  tally_version: number
  asking: Asking | null
  joined: number
  voted: number
  follow: { page?: string; query?: string; eyes_up?: boolean } | null
  /** Where all were led, away from a revealed answer, as "Gates: Challenges"; "": nowhere. */
  elsewhere?: string
  led_on?: boolean
  moved_on?: boolean
  timer: { seconds: number; since: number } | null
  /** since: when the class came to this stop; begun: when it began with this plan; seconds since 1970. */
  plan: { minutes: number; stop: number; since: number; begun: number } | null
}

export type Stage = "waiting" | "vote" | "talk" | "revealed"
export type Value = string | number

/** html: the text with its formulas, made by the course; a typed text has none. */
export interface AnswerText {
  id: string
  text: string
  html?: string
}

export interface Asking {
  id: string
  question: string
  kind: "choice" | "number" | "typed"
  text: string
  html: string
  answers: AnswerText[]
  stage: Stage
  round: number
  page: string
  link: string
  covers: string[]
  scale?: { low: number; high: number; logarithmic: boolean; unit: string }
  right?: Value | null
  replies?: Record<string, string>
  rounds?: Counts[]
  moved?: [Value, Value, number][]
  /** What is on the picture of the reveal, in words; it lies at /api/rooms/CODE/picture/ID. */
  picture?: string
}

/** By answer how many; of numbers the numbers. */
export type Counts = Record<string, number> & { numbers?: number[] }

export interface Mine {
  handle: string
  answers: { asking: string; round: number; answer: Value; n: number }[]
  commits: Record<string, { value: unknown; n: number }>
}

/** What happens in a room, for a page that shows it. */
export interface News {
  /** The state, whenever anything of it has changed. */
  state: (state: RoomState) => void
  /** Where the lecturer's controls are. */
  position?: (position: Record<string, string>) => void
  /** Whether the server can be reached. */
  reached?: (isReached: boolean) => void
  /** The room is over, or never was. */
  over?: (refusal: Error & { status: number }) => void
}

/** What tabs say to each other. lead: the one that listens; who: one wants to know; free: nobody listens. */
export interface Said {
  lead?: number
  who?: number
  free?: boolean
  state?: RoomState | null
  position?: Record<string, string>
  reached?: boolean
}

/** What has come of a stream. pieces: of its bytes; isSilent: it was given up, for nothing came in time. */
export interface Arrived {
  pieces: number
  isSilent: boolean
}

/** An answer of this student's. sent: the server has said that it is stored. */
export interface OwnAnswer {
  answer: Value
  n: number
  sent: boolean
  /** The one before it, which the server has, while this one is on its way. */
  stored?: OwnAnswer
}

/** What is on its way to a room. */
export interface Unsent {
  route: "vote" | "commit"
  body: { n: number; [name: string]: unknown }
}

/** A text with its formulas, "" where it has none, and without. */
export type Words = [html: string, text: string]

/** What this browser keeps of a question, for the record at the end. */
export interface RecordRow {
  text: string
  html: string
  link: string
  first: Words
  last: Words
  isRevealed: boolean
  right: boolean | null
  truth: Words | null
}

/** What a browser keeps of a room. n: the counter of what it has sent. */
export interface Membership {
  code: string
  token: string
  handle: string
  n: number
  until: number
}
