// What the bars of the part Its own mistakes are drawn from; numbers in hundredths of bits.

export interface Means {
  mean: Int16Array
  low: Int16Array
  high: Int16Array
}

/** place: of the wrong character in the text, from 1; intact: of each character of the text. */
export interface Case {
  text: string[]
  place: number
  wrong: string
  intact: Int16Array
  withMistake: Int16Array
  extra: Int16Array
  means: Means
  /** The ends of the axes, in bits. */
  top: number
  low: number
  alt: string
  /** Over how many places the means are taken, as text. */
  places: string
  /** What is written in place of the bars, "" if they are shown. */
  cover: string
}

/** Where things are in the picture, in pixels; columns: characters that have room, `before` the wrong one. */
export interface Room {
  W: number
  left: number
  label: number
  step: number
  columns: number
  before: number
  bars: number
  extra: number
}
