// What Python sends of runs (`watch`), what it answers, and what is kept of it in the tab.

import type { Asker } from "../shared/ask.js"
import type { DrawingRoot } from "../shared/streamlit.js"
import type { Picture, RunText } from "../losses/types.js"

/** What the page says of the runs that its visitor looks at. */
export interface RunData {
  /** The part of the page that has started them. */
  about: string
  /** Tells this look at them from any other; "" if the page's session knows none. */
  visit: string
  watcher: string
  /** Whether they learn the recall task. */
  recall: boolean
  runs: { id: string; name: string; colours: [string, string] }[]
  grey: string
  /** The address of what is said of them, and what else that is asked with. */
  answers: string
  also: Record<string, string>
  /** What stays hidden until the question above is answered, and what is said in its place. */
  covered: string[]
  cover: string
}

/** What is known of a run as it is now. */
export interface RunState {
  head: number
  first: number
  steps: number | null
  begun: boolean
  finished: boolean
  error: string
  /** Steps a second of late. */
  pace: number
  samples: [step: number, text: string][]
  temperature: string
  /** How step and epoch are written, {} for the number. */
  step: string
  epoch: string
  /** Steps of an epoch. */
  chunks: number
  /** Of the bar, where a time bounds the run. */
  share: number | null
  status: string[]
  end: string
}

/** New points: those of steps after `after` are replaced by them. */
export interface Points {
  after: number
  step: number[]
  loss: number[]
  norm: number[]
  validation: [steps: number[], codes: number[]]
}

/** What two runs share; up: steps of each that are above the axis; width: steps over which means are taken. */
export type Axes = Pick<Picture, "x" | "y" | "guess" | "norm"> & { up: number[][]; width: number }

export interface News {
  /** Seconds until it is worth asking again. */
  again: number
  runs: RunState[]
  picture: { axes: Axes; points: (Points | null)[] } | null
}

/** What is said of the runs at some steps; diagnoses, words and checklist are HTML. */
export interface Sentences {
  at: number[]
  /** Codes of loss and norm there. */
  points: ([loss: number, norm: number] | null)[]
  alt: string
  says: string[]
  diagnoses: { words: string; healthy: boolean }[]
  words: string
  checklist: string
  /** Of each run a step that is marked and the code of its validation loss, where something is. */
  marks?: ([step: number, code: number] | null)[]
  /** Names of challenges that are solved. */
  solved?: string[]
}

/** A run as far as this tab knows it. */
export interface RunRecord {
  /** The newest step; −1 before the first answer. */
  head: number
  state: RunState | null
  step: number[]
  loss: number[]
  norm: number[]
  validationStep: number[]
  validation: number[]
  samples: [step: number, text: string][]
}

/** A look at runs: what is known of them, and where the visitor is. */
export interface Visit {
  data: RunData
  records: RunRecord[]
  cursors: number[]
  playing: boolean
  /** Whether the first answer takes the visitor to the newest step: the page was loaded again. */
  late: boolean
  /** Steps that are waited for, after a click on Step. */
  goal: number[] | null
  axes: Axes | null
  sentences: Sentences | null
  /** Why there will be no more answers. */
  gone: string
  isSolvedSent: boolean
}

export interface View {
  root: DrawingRoot
  parts: Record<"toggle" | "step" | "reset" | "way" | "slider" | "bars" | "trouble" | "cover" | "picture" |
    "beside" | "words" | "drawer" | "checklist", HTMLElement>
  visit: Visit | null
  news: Asker<News>
  sentences: Asker<Sentences>
  /** Timers: of the next question, and of the cursor. */
  timer: number
  clock: number
  movedAt: number
  /** What sentences were asked for last, and when. */
  asked: string
  askedAt: number
}

export type { RunText }
