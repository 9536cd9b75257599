// What Python sends of the live cell (`lesson/gates/cell_drawing.py`), what answers it, and what the cell keeps.

import type { Control } from "../panel/types.js"
import type { ControlBox } from "../panel/controls.js"
import type { Asker } from "../shared/ask.js"
import type { AddressWriter } from "../shared/address.js"
import type { DrawingRoot } from "../shared/streamlit.js"
import type { Chart } from "./chart/chart.js"

/** Positions of sliders, by name. */
export type Positions = Record<string, number>
/** What is asked or set, as the address has it. */
export type Texts = Record<string, string>
/** Names of the model's quantities, and a number of each: hundredths; of the half-life tenths. */
export type Values = Record<string, number>

export interface Slider {
  name: string
  label: string
  spoken: string
  symbol: string
  low: number
  step: number
  positions: number
  /** Where it stands at first. */
  first: number
}

/** free: sliders that may move and the lesson stays true. */
export interface Preset {
  label: string
  setting: Positions
  lesson: string
  free: string[]
}

/** Numbers that would answer the question above: always, or while another one, in hundredths, is in `range`. */
export interface HiddenNumbers {
  values: string[]
  of: string
  ranges: [low: number, high: number][]
}

export interface Equation {
  symbol: string
  left: string
  formula: string
  numbers: string
}

/** σ or tanh; dots: which quantities stand on it. */
export interface ResponseCurve {
  title: string
  points: string
  low: number
  dots: { symbol: string; z: string; value: string }[]
}

/** What is the same for everybody and in every view; it comes with the code. */
export interface Fixed {
  markup: string
  version: string
  quantities: string[]
  curveNames: string[]
  /** The largest number that Python sends. */
  largest: number
  palette: Record<string, { light: string; dark: string }>
  equations: Equation[]
  curves: ResponseCurve[]
  source: { text: string; symbol: string }[]
  script: string
  presets: Preset[]
}

/** What a challenge adds: its name, where C stands in its example, what is solved of how many. */
export interface ChallengeData {
  name: string
  C_prev: number
  solved: string[]
  count: number
}

/** A view of the cell. */
export interface CellData {
  page: string
  /** Its name on the page. */
  view: string
  /** The address of its answers, below api/. */
  answers: string
  /** Of the address: it carries the setting. */
  parameter: string
  /** The address names the setting of other cells by these. */
  otherParameters: string[]
  overTime: boolean
  /** Names of sliders: in view at once (main), and behind two drawers. */
  groups: Record<string, string[]>
  sliders: Slider[]
  /** What the input over time is chosen with. */
  controls: Control[]
  hasPresets: boolean
  /** What is said of the cell, with gaps for numbers. */
  words: string
  rnnWords: string
  /** What the address says. */
  setting: Texts
  link: number
  /** What the page has set, and how often it has. */
  jump: { count: number; positions: Positions; t: number }
  challenge: ChallengeData | null
  /** What stays covered while the question above stands, and what is written in its place. */
  covered: string[]
  hidden: HiddenNumbers[]
  cover: string
}

/** Where a challenge wants a quantity to be, of each step, null for anywhere. */
export interface Band {
  quantity: string
  low: (number | null)[]
  high: (number | null)[]
}

/** With the first step that fails, 0 if none does. */
export type Target = Band & { failed: number }

/** What Python answers: tables in base64; of one step only `numbers`. */
export interface TablesAnswer {
  numbers: string
  x?: string
  rnn?: string
  complaint?: string
  target?: Band
}

/** An answer unpacked, with what was asked. numbers: quantities, steps, positions of the slider `along`. */
export interface Answer {
  question: Texts
  positions: Positions
  along: string
  numbers: Int16Array
  x: Int16Array
  rnn: Int16Array | null
  complaint: string
  target: Band | null
}

/** What Python answers to a check; the rest if a sequence fails: its number, its step, and where C starts. */
export interface Verdict {
  passed: boolean
  /** In words, which step of which sequence fails first. */
  fails?: string
  words: string
  sequence?: number
  step?: number
  C_prev?: number
}

/** How far a visitor is with a challenge. */
export interface Challenge {
  attempts: number
  verdict: Verdict | null
  /** What the verdict is about. */
  judgedPositions: Positions
  /** The sequence in view: of which attempt, and which of it; 0 is the example. */
  attempt: number
  sequence: number
}

/** The run that is drawn over time, in hundredths; curves and rnn: (T,) each. */
export interface RunState {
  x: Int16Array
  curves: Record<string, Int16Array>
  rnn: Int16Array | null
  start: { C: number; h: number }
  t: number
  target: Target | null
  /** Whether the input can be drawn. */
  draw: boolean
  /** Whether the curves of the states stay covered. */
  isCovered: boolean
}

export interface SliderControls {
  inputs: Record<string, HTMLInputElement>
  outputs: Record<string, HTMLElement>
}

/** Everything that shows a number; shown: which one it shows. */
export interface Places {
  texts: { element: Element; name: string; shown?: number }[]
  wires: { element: HTMLElement; name: string; shown?: number }[]
  gauges: { element: Element; name: string; from: number; height: number; shown?: number }[]
  dots: { element: Element; z: string; value: string; low: number }[]
}

/** The live cell on a page. */
export interface Cell {
  root: DrawingRoot
  data: CellData
  fixed: Fixed
  sliders: Record<string, Slider>
  colour(symbol: string): string
  positions: Positions
  /** What the input over time is, by the names of its controls. */
  input: Texts
  inputBox: ControlBox | null
  /** Typed numbers that can't be read, and the input that is read until then. */
  refusedValues: string | null
  readableInput: Texts
  /** Drawers that are open. */
  open: Set<string>
  t: number
  /** What is on the screen. */
  values: Values
  answer: Answer | null
  /** The slider that was moved last. */
  inHand: string
  /** How often the page has set a cell, as far as it is shown. */
  jump: number
  controls: SliderControls
  /** The preset that was chosen, while its lesson is true. */
  preset: Preset | null
  places: Places
  chart: Chart | null
  challenge: Challenge | null
  asker: Asker<TablesAnswer>
  checker: Asker<Verdict>
  address: AddressWriter
  /** Where it stands, as the address says it, for other browsers (assets/classroom/bar/lead.js). */
  position(): Texts
  move(position: Texts): void
}
