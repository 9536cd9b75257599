// What Python sends of a series, of a run that learns it, and of the map.

export interface StageData {
  /** The first step that is drawn, and the values from there, in thousandths. */
  first: number
  values: (number | null)[]
  low: number
  high: number
  /** Steps at which something is asked, and what. */
  questions: [step: number, value: number][]
  marks: number[]
  /** Whether the next value is to be predicted, at each step. */
  isNext: boolean
  cuts: number[]
  /** Each mark, its question, and whether one sequence holds both. */
  pairs: [mark: number, question: number, isHeld: number][]
  /** Hundredths of a state that are left, step by step. */
  left: number[]
  alt: string
}

/** A run, as the page names it. */
export interface RunLook {
  id: string
  visit: string
  watcher: string
  name: string
  also: Record<string, string>
}

export interface SeriesLook {
  tones: Record<string, string>
}

export interface CellNews {
  learned: boolean
  bias: string
  length: string
}

export interface SeriesNews {
  /** Seconds until it is worth asking again. */
  again: number
  ended: boolean
  error: string
  begun: boolean
  step: number
  steps: number
  status: string
  losses?: {
    low: number
    high: number
    steps: number
    title: string
    ticks: [number, string][]
    names: string[]
    references: { name: string; log: number }[]
    training: number[]
    test: number[]
    alt: string
  }
  predictions?: number[]
  /** HTML. */
  words?: string
  verdict?: string
  solved?: string[]
  cell?: CellNews
}

export interface MapData {
  title: string
  corner: string
  note: string
  rows: string[]
  columns: string[]
  cells: Record<string, { dots: number[]; text: string; says: string; shade: string }>
  names: [bias: string, length: string]
}
