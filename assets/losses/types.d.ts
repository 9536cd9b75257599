// What Python sends of the loss curves (`visualization.losses.loss_picture`), and what is kept of it here.

import type { Scales } from "./scales.js"

export type Tick = [code: number, text: string]

/** What is written of a run. */
export interface RunText {
  name: string
  /** Of training and of validation. */
  colours: [string, string]
  /** Whether points are means over nearby steps. */
  means: boolean
  /** The step that is marked. */
  at: number | null
  says: string
}

export interface Run extends RunText {
  /** Packed, as the four below: see `numbers.js`. */
  step: string
  loss: string
  norm: string | null
  validation_step: string
  validation: string
  /** Codes of the losses there, of training and of validation. */
  dots: number[]
  /** Steps of which the loss is above the axis. */
  up: number[]
}

export interface Picture<Kind extends RunText = Run> {
  /** linear: steps below which the axis is nearly linear and above it logarithmic; 0 for a linear axis. */
  x: { last: number; linear: number; title: string; ticks: Tick[] }
  y: { top: number; title: string; ticks: Tick[]; other_unit?: { title: string; ticks: string[] } }
  /** The loss of guessing. */
  guess: Tick
  norm: { low: number; high: number; title: string; ticks: Tick[]; clip: Tick | null } | null
  runs: Kind[]
  grey: string
  alt: string
  /** Whether these are no losses but shares of right answers, in thousandths. */
  shares?: boolean
}

/** A run with its numbers unpacked; xs: where its steps are in the picture; packed: what it was made from. */
export interface UnpackedRun extends Omit<Run, "step" | "loss" | "norm" | "validation"> {
  step: Uint16Array | Uint32Array
  loss: Int16Array
  norm: Int16Array | null
  validationStep: Uint16Array | Uint32Array
  validation: Int16Array
  xs: number[]
  packed: string
}

/** The paths of a run; here: where training and validation are at the marked step; source: what is drawn. */
export interface RunPaths {
  training: SVGPathElement
  norm: SVGPathElement
  marks: SVGPathElement
  validation: SVGPathElement
  dots: SVGPathElement
  stop: SVGPathElement
  up: SVGPathElement
  here: SVGPathElement[]
  source: string
}

export interface State {
  root: HTMLElement
  data: Picture<RunText>
  runs: UnpackedRun[]
  at: Scales
  /** Pixels that the place had when the picture was drawn. */
  width: number
  /** The size of labels then. */
  label: number
  /** By part of the picture: what it was drawn from. */
  sources: Record<string, string>
  legend: HTMLElement
  notes: HTMLElement
  picture: SVGSVGElement
  rule: SVGPathElement
  axes: SVGGElement
  runGroup: SVGGElement
  runPaths: RunPaths[]
  cursor: SVGPathElement
  tip: HTMLElement
  /** Where in the picture the tip was shown last. */
  x: number
}
