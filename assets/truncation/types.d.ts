// What Python sends of a chart (`lesson/training/truncation/pictures.py`): places in thousandths of an axis.

export type Tick = [place: number, name: string]

/** look: how it is drawn, a class of chart.css; dash: of several of one look; name: in the legend. */
export interface Line {
  look: string
  points: [x: number, y: number][]
  dash?: number
  name?: string
}

export interface Band {
  look: string
  points: [x: number, low: number, high: number][]
}

export interface Chart {
  title: string
  x: Tick[]
  y: Tick[]
  bands: Band[]
  lines: Line[]
  /** Lines across, with a name: above on the left, or below on the right. */
  levels: { at: number; name: string; side: "left" | "right" }[]
  /** A line from top to bottom, with a name. */
  mark?: [x: number, name: string]
  /** The difference of two losses at a place. */
  gap?: [x: number, high: number, low: number]
}

/** A chart with the point that is set, in words for who does not see it. */
export interface Shown {
  chart: Chart
  at: number | null
  dot: number | null
  alt: string
  /** What is said in place of the curves while they are covered; "" if they are not. */
  cover: string
  axis: string
}
