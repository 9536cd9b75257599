// What Python answers of a step (`lesson/gates/vectors_answer.py`), and what the drawing keeps.

export type Gate = "f" | "i" | "C_tilde" | "o"

/** A text, or an element: its tag, its attributes, its children. */
export type Tree = string | [keyof HTMLElementTagNameMap, Record<string, string>, ...Tree[]]

/** Numbers are hundredths. */
export interface VectorsData {
  /** The step, from 0. */
  t: number
  /** Units and characters. */
  H: number
  V: number
  text: string[]
  chars: string[]
  /** The character that is read, and the next one, as rows of `chars`. */
  x: number
  target: number | null
  /** The probability of the right next character, of each step. */
  right: number[]
  values: Record<string, number[]>
  W: Record<Gate, number[][]>
  /** The equations of the gates, the candidate and the guess `y`, with the shapes for these sizes. */
  equations: Record<string, Tree[]>
  /** How much fills a bar, by name. */
  scales: Record<string, number>
  /** Sentences, by the class of their place. */
  texts: Record<string, string>
  /** What is to be said of the text that was typed. */
  complaint: string
  /** The character of a new text that is read at first, from 1. */
  first: number
  /** HTML: sizes, and the parameters counted. */
  counted: string
}

/** The colours of a symbol in the light and in the dark theme. */
export type Palette = Record<string, { light: string; dark: string }>

export interface State {
  root: HTMLElement
  data: VectorsData
  gate: Gate
  /** What the present elements were built for, and the text that was read last. */
  source: string
  text: string
  /** The unit that stays lit. */
  pinned: number | null
}
