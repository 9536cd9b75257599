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
  /** The first step of the test; what stands before it is only read. */
  testFrom: number
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
  /** What its settings are, by the controls' names. */
  setting: Record<string, string>
}

export interface SeriesLook {
  watcher: string
  tones: Record<string, string>
  /** What stands before the power of ten, for each hundredth of a logarithm. */
  mantissas: string[]
  /** The name of the control that an RNN has no use for. */
  bias: string
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
  predictions?: (number | null)[]
  /** HTML. */
  words?: string
  verdict?: string
  solved?: string[]
  cell?: CellNews | null
}

export interface MapData {
  title: string
  corner: string
  note: string
  rows: string[]
  columns: string[]
  cells: Record<string, { dots: number[]; text: string; says: string; shade: string }>
  names: [bias: string, length: string]
  /** What else a cell sets: the kind of network that was measured. */
  measured: Record<string, string>
}
