// What Python sends of the live cell (`mount` and `feed`), and what the cell keeps.

import type { Chart } from "./chart/chart.js"

/** Positions of sliders, by name. */
export type Setting = Record<string, number>
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

export interface Preset {
  label: string
  setting: Setting
  lesson: string
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

/** What the drawing is mounted with, once. */
export interface CellData {
  version: string
  view: string
  /** Of the address: it carries the setting. */
  parameter: string
  overTime: boolean
  quantities: string[]
  curveNames: string[]
  /** The largest number that Python sends. */
  largest: number
  palette: Record<string, { light: string; dark: string }>
  /** Names of sliders: in view at once (main), and behind two drawers. */
  groups: Record<string, string[]>
  sliders: Slider[]
  setting: Setting
  open: string[]
  t: number
  /** How often the page has set the cell. */
  jump: number
  equations: Equation[]
  curves: ResponseCurve[]
  source: { text: string; symbol: string }[]
  script: string
  presets: Preset[]
}

/** Where a challenge wants a quantity to be, of each step, null for anywhere; failed: the first wrong step. */
export interface Target {
  quantity: string
  low: (number | null)[]
  high: (number | null)[]
  failed: number
}

/** What Python answers to a setting. */
export interface Message {
  view: string
  setting: Setting
  /** The slider in hand. */
  held: string
  t: number
  turn: number
  jump: number
  /** What the page has set. */
  moved: Setting
  parts: [name: string, size: number][]
  packed: boolean
  numbers: string
  words: string
  asked: Target | null
  /** Whether the input can be drawn. */
  draw: boolean
  /** The input as it was typed. */
  typed: string | null
}

/** The newest message, and how to answer it. */
export interface CellFeed {
  data: Message
  send(value: unknown): void
  sendInput(value: string): void
}

/** A message with its tables unpacked. */
export interface Answer extends Message {
  tables: Record<string, Int16Array>
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
}

export interface Controls {
  inputs: Record<string, HTMLInputElement>
  outputs: Record<string, HTMLElement>
}

/** Everything that shows a number. */
export interface Places {
  texts: { element: Element; name: string }[]
  wires: { element: HTMLElement; name: string }[]
  gauges: { element: Element; name: string; from: number; height: number }[]
  dots: { element: Element; z: string; value: string; low: number }[]
}

/** The live cell on a page. */
export interface Cell {
  root: HTMLElement
  data: CellData
  sliders: Record<string, Slider>
  colour(symbol: string): string
  setting: Setting
  /** Drawers that are open. */
  open: Set<string>
  /** What is on the screen. */
  values: Values
  answer: Answer | null
  /** The setting that the words are about. */
  answeredSetting: Setting | null
  /** The slider that was moved last. */
  inHand: string
  t: number
  /** How often the page has set the cell, as far as it is shown. */
  jump: number
  controls: Controls
  places: Places
  chart: Chart | null
  /** Timers are 0 when none is running; times are in milliseconds. */
  commits: { inFlight: boolean; sentAt: number; timer: number; lossTimer: number; turn: number }
  address: { writtenAt: number; timer: number }
}
