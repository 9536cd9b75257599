// What Python sends of the reader (`draw_reader`), and what is kept of it here.

/** A text: start: where the prompt ends; first: where it differs from the text beside it, −1 if nowhere. */
export interface TextData {
  chars: string
  name: string
  start: number
  /** How strongly each character is coloured, packed; "" for not at all. */
  tints: string
  first: number
  alt: string
}

/**
 * A heat map; codes: packed, a row a unit; exact: they are hundredths of the values, two bytes each, else places
 * in the palette, a byte each.
 */
export interface MapData {
  exact: boolean
  name: string
  alt: string
  codes: string
}

/** How values become colours: by bounds between the palette's colours, or on each unit's own span. */
export interface Colouring {
  bounds: number[]
  palette: string[]
  spans: [start: number, end: number][] | null
}

type Code = "index" | "before" | "after" | "surprise" | "entropy" | "among" | "rank"

/**
 * What was expected at characters of a text, `from` one up to another (`expectation_codes`), which begin in a
 * row of the codes; given: what the second bar is; each: bars of a character; certainty: of each draw, in words.
 */
export interface DetailsData {
  codes: Record<Code, string>
  chars: string[]
  given: string
  each: number
  from: number
  to: number
  row: number
  certainty: string[]
}

export type Details = Record<Code, Uint16Array> & Omit<DetailsData, "codes">

export interface ReaderData extends Colouring {
  texts: TextData[]
  maps: MapData[]
  /** Units from the top of the maps. */
  units: number[]
  symbol: string
  details: DetailsData | null
}

/** What is chosen: a character and a unit, −1 for none. */
export interface Choice {
  at: number
  unit: number
}

export interface TextView {
  box: HTMLElement
  name: HTMLElement
  paper: HTMLElement
  spans: HTMLElement[]
  chars: string[]
  /** The colour of each span. */
  tints: string[]
  chosenSpan: HTMLElement | null
  /** What the spans were made from. */
  source: string
}

export interface MapView {
  box: HTMLElement
  name: HTMLElement
  frame: HTMLElement
  canvas: HTMLCanvasElement
  row: HTMLElement
  column: HTMLElement
  status: HTMLElement
  /** Which of the maps it is, from 0. */
  index: number
  codes: Int16Array | Uint8Array
  exact: boolean
  /** Steps and units. */
  T: number
  H: number
  /** What the picture was made from. */
  source: string
}

export interface DetailsRow {
  place: HTMLElement
  char: HTMLElement
  before: HTMLElement
  after: HTMLElement
  says: HTMLElement
}

export interface DetailsView {
  place: HTMLElement
  head: HTMLElement
  facts: HTMLElement
  status: HTMLElement
  bars: HTMLElement
  legend: HTMLElement
  rows: DetailsRow[]
}

export interface State {
  root: HTMLElement
  data: ReaderData
  at: number
  unit: number
  texts: TextView[]
  maps: MapView[]
  textsPlace: HTMLElement
  mapsPlace: HTMLElement
  details: DetailsView
  expected: Details | null
  buttons: HTMLElement
  pauseButton: HTMLButtonElement
  /** Characters of the first text that are shown. */
  revealed: number
  /** Whether the first text is being written. */
  running: boolean
  /** Hears of what the visitor has chosen. */
  onChoice(choice: Choice): void
}
