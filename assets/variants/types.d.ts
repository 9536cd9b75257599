// What Python sends of a variant beside the LSTM (lesson/gates/cell_variants/part.py and answers.py).

import type { Setting } from "../panel/types.js"

/** A line of the LSTM and of the variant, as HTML; cell is "" where the variant has no such line. */
export interface Line {
  symbol: string
  lstm: string
  cell: string
  changes: boolean
}

export interface Look {
  palette: Record<string, Record<"light" | "dark", string>>
  /** By the option of the cell's choice: its lines, what it changes, the sliders that it does not have. */
  kinds: Record<string, { lines: Line[]; change: string; spoken: string; lacks: string[] }>
  /** Where the sliders stand when a challenge is loaded, by cell and challenge. */
  settings: Record<string, Record<string, Setting>>
  /** The table of challenges, as HTML, and what stands above it. */
  challenges: string
  title: string
}

/** What is allowed of a state after each step, in hundredths; null where it is free. */
export interface Band {
  quantity: "C" | "h"
  low: (number | null)[]
  high: (number | null)[]
}

/** A run of both cells, unpacked: numbers by cell and line, each of T steps, in hundredths. */
export interface Run {
  T: number
  x: Int16Array
  cell: Int16Array[]
  lstm: Int16Array[]
  axis: [low: number, high: number]
  band: Band | null
  /** The step in view, from 1. */
  t: number
  alt: string
  covered: string
}
