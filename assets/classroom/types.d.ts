/** What a room sends to everybody; see lesson/classroom/state.py. */
export interface RoomState {
  stage_version: number
  tally_version: number
  asking: Asking | null
  joined: number
  voted: number
  follow: { page?: string; query?: string; eyes_up?: boolean } | null
  timer: { seconds: number; since: number } | null
  plan: { minutes: number; stop: number } | null
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
}

/** By answer how many; of numbers the numbers. */
export type Counts = Record<string, number> & { numbers?: number[] }

export interface Mine {
  handle: string
  answers: { asking: string; round: number; answer: Value; n: number }[]
  commits: Record<string, { value: unknown; n: number }>
}

/** What a browser keeps of a room. n: the counter of what it has sent. */
export interface Membership {
  code: string
  token: string
  handle: string
  n: number
  until: number
}
