/** What a room sends to everybody; see lesson/classroom/state.py. */
export interface RoomState {
  stage_version: number
  tally_version: number
  asking: Asking | null
  joined: number
  voted: number
  follow: { page?: string; query?: string; eyes_up?: boolean } | null
  /** Where all were led since an answer was revealed, as "Gates: Challenges"; "": nowhere. */
  elsewhere?: string
  led_on?: boolean
  moved_on?: boolean
  timer: { seconds: number; since: number } | null
  /** Whether the room's database does not answer: nothing is stored, so votes wait and no stage changes. */
  away?: boolean
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
  /** dealt: a number, with other numbers in the text for each student; sweep: a setting is chosen. */
  kind: "choice" | "number" | "typed" | "dealt" | "sweep"
  text: string
  html: string
  answers: AnswerText[]
  stage: Stage
  round: number
  page: string
  link: string
  covers: string[]
  scale?: Scale
  /** What fills the gaps {0}, {1}, … of the text, for each student's place: see ownAsking in own.js. */
  deals?: string[][]
  /** To how many digits after the point a number is asked for. */
  digits?: number
  settings?: Setting[]
  experiment?: { setups: string[]; seeds: number; first: number }
  test?: { part: "before" | "after"; item: number; items: number }
  right?: Value | null
  replies?: Record<string, string>
  /** With what the general reply and others begin in common, "" or absent: nothing. */
  opening?: string
  rounds?: Counts[]
  moved?: [Value, Value, number][]
  /** With the reveal of dealt numbers: what is true for each deal, and [outcome, low, high]: the first that holds an answer names it, else it is "other". */
  truths?: number[]
  keys?: [string, number, number][][]
  /** Of the numbers in rounds, which are errors: 0 is right, on a logarithmic scale 1. */
  errors?: Scale
  /** What the model does, through the numbers of the class: points are [number on the scale, height 0..1]. */
  curve?: { title: string; points: [number, number][]; ticks: [number, string][]; words: string }
  /** What comes of each setting: a row for each value of the first control, in it a column for each of the second. */
  surface?: { title: string; heights: number[]; words: string[]; ticks: [number, string][] }
  /** With the reveal of the test after the lesson; then rounds are the votes before and after the lesson. */
  gain?: Gain
  /** What is on the picture of the reveal, in words; it lies at /api/rooms/CODE/picture/ID. */
  picture?: string
  /** This student's place among those who have joined; added by ownAsking in own.js. */
  seat?: number
}

export interface Scale {
  low: number
  high: number
  logarithmic: boolean
  unit: string
}

/** A control of a sweep. values: as an address says them under the parameter's name. */
export interface Setting {
  text: string
  html: string
  parameter: string
  values: string[]
}

/** Shares and gain from 0 to 1; null with fewer than ten students. */
export interface Compared {
  n: number
  share_before: number | null
  share_after: number | null
  gain: number | null
  interval: [number, number] | null
}

export interface Gain extends Compared {
  items: Item[]
}

/** before, after: the asking and its round. right: what is right, once the vote after the lesson is closed; ranges: of dealt numbers, for each deal; answer: the right one of several. */
export interface Item extends Compared {
  question: string
  text: string
  html: string
  before: [string, number]
  after: [string, number]
  right: Value | null
  ranges: [number, number][]
  answer: AnswerText | null
}

/** What has come of the networks of an experiment: GET /api/rooms/CODE/runs/ID, once it is revealed. */
export interface RunTable {
  setups: { name: string }[]
  axis: { title: string; last: number }
  heights: { title: string; low: number; high: number; ticks: [number, string][] }
  runs: Run[]
  /** Of each setup, how many have learned it so far. */
  learned: number[]
  done: number
  /** Of each setup: [step, lower quartile, median, upper quartile]. */
  quantiles: [number, number, number, number][][]
  /** null until all are done. */
  truth: number | null
  reply: string
}

export interface Run {
  seed: number
  setup: number
  points: [number, number][]
  done: boolean
  learned: boolean
  /** The address of a page that shows this run, below the course's. */
  link: string
  diagnosis?: string
}

/** By answer how many; of numbers the numbers, of dealt ones how far each is off; of a sweep how many have chosen each setting, "7" or "7,12". */
export type Counts = Record<string, number> & { numbers?: number[]; dots?: Record<string, number> }

export interface Mine {
  handle: string
  seat: number
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
  /** Whether the room's database is away, for longer than a moment. */
  away?: (isAway: boolean) => void
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

/** What has come of a stream. pieces: with whole events; isSilent: it was given up, for nothing came in time. */
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
  /** At which end of the lesson it was asked, "" of what is no item of a test. */
  name: string
  first: Words
  last: Words
  isRevealed: boolean
  /** What is said of the last answer; truth follows it. */
  said: string
  truth: Words | null
}

/** What a browser keeps of a room. n: the counter of what it has sent; seat: as ownAsking needs it. */
export interface Membership {
  code: string
  token: string
  handle: string
  seat?: number
  n: number
  until: number
}
