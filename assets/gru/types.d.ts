// What Python sends and answers of the GRU (`lesson/gates/gru/`). All numbers of the model are hundredths.

export type Palette = Record<string, { light: string; dark: string }>

/** By names of the setting: names of parameters, and the symbol whose colour a slider has. */
export interface Sliders {
  controls: Record<string, string>
  owners: Record<string, string>
}

/** Of the cell: names by which numbers are looked up, and what is written once. */
export interface CellLook extends Sliders {
  palette: Palette
  markup: string
  quantities: string[]
  equations: import("../cell/types.js").Equation[]
  /** Which gate of an LSTM each share of the GRU stands for; the last: none. */
  same: { lstm: string; lstmOwn: string; gru: string; own: string; value: string; note: string }[]
  /** Names of numbers that would answer the question above. */
  hidden: string[]
  /** The parameter that chooses the input over time. */
  input: string
}

export interface CellFrame {
  values: number[]
  x: number[]
  curves: Record<string, number[]>
  words: string
  alt: string
}

/** A line over time; dash: of its stroke. */
export interface Line {
  name: string
  own: string
  values: number[]
  dash: string
  width: number
}

/** What a quantity is asked to be, of each step; null where nothing is asked. */
export interface Band {
  name: string
  low: (number | null)[]
  high: (number | null)[]
}

/** A picture over time: the input, lines with bands, and rows of bars. */
export interface ChartData {
  x: number[]
  lines: Line[]
  bands: Band[]
  rows: { letter: string; own: string; values: number[]; isSigned: boolean }[]
  /** Ends of the axis of the lines. */
  range: [low: number, high: number]
  /** The step, from 1, and the value of a ring; step 0 for none. */
  ring: [step: number, value: number]
  alt: string
  /** HTML. */
  legend: string
}

export interface CountLook extends Sliders {
  palette: Palette
  rows: string[]
  letters: Record<string, string>
  /** Which sliders are in view at once. */
  main: string[]
  isSolved: boolean
  name: string
  check: string
  sequenceName: string
}

export interface CountFrame {
  x: number[]
  sequence: string
  asked: Omit<Band, "name">
  count: Omit<Band, "name">
  C: number[]
  h: number[]
  rows: Record<string, number[]>
  proof: string[]
  alt: string
}

export interface CheckReply {
  passed: boolean
  words: string
  fails: string
  sequence?: string
  step?: number
}

export interface PulsesFrame {
  apart: number[]
  biases: string[]
  C: number[]
  at: number
  h: number[]
  counted: number
  words: string
  alt: string
}
