// What Python sends of a panel (`Panel.show`), and what the panel keeps.

import type { Asker } from "../shared/ask.js"
import type { AddressWriter } from "../shared/address.js"
import type { DrawingRoot } from "../shared/streamlit.js"

/**
 * A control: a slider over all its values, a choice among them, a switch, or a field for a number or a text;
 * "drawing": what is set in the drawing itself.
 */
export interface Control {
  name: string
  kind: "slider" | "choice" | "switch" | "number" | "text" | "drawing"
  /** HTML. */
  label: string
  spoken: string
  help: string
  /** In view at once, or behind a button. */
  more: boolean
  /** Whether there are answers along its whole range, to look up while it is dragged. */
  along: boolean
  /** How many positions to both sides are asked for while it is moved by keys; 0 for its whole range. */
  near: number
  /** Whether the panel's question has it; if not, only the drawing knows what it is for. */
  inQuestion: boolean
  /** Whether the drawing puts it where it belongs, not among the others. */
  byDrawing: boolean
  /** Whether its values are looked up in one answer; an answer along a slider is for one of them. */
  lookedUp: boolean
  /** As the address has them, lowest first; of a field for a number its two ends; of a text none. */
  values: string[]
  /** As they are written beside the control. */
  texts: string[]
  /** The value without a link. */
  start: string
  /** Longest text; 0 for any. */
  longest: number
}

/** Values by control, as the address has them. */
export type Setting = Record<string, string>

export interface Preset {
  label: string
  setting: Setting
}

export interface PanelData {
  /** Of the panel on its page: settings of the tab are known by it. */
  page: string
  /** The address of its answers, below api/. */
  answers: string
  controls: Control[]
  /** What else is asked with, not set here. */
  fixed: Setting
  /** What the address says. */
  setting: Setting
  /** How often the visitor has come by a link that names settings. */
  link: number
  /** What the page has set, and how often. */
  jump: { count: number; setting: Setting }
  presets: Preset[]
  /** Of the button that shows the other controls. */
  moreLabel: string
  /** Whether questions hold a visitor's own text, or are about what only their session has. */
  byPost: boolean
  channel: boolean
  /** For the drawing: colours and the like. */
  look: any
  /** What stays hidden until the question above it is answered, and what is said in its place. */
  covered: string[]
  cover: string
}

/** What was set on a page in this tab. */
export interface PageSettings {
  link: number
  jumps: Record<string, number>
  setting: Setting
  /** The view of the live cell that has written into the address last. */
  writer?: string
  /** How far the visitor is with challenges of the live cell, by their parameter. */
  challenges?: Record<string, import("../cell/types.js").Challenge>
}

/** What is drawn: the parts of an answer that hold for one setting. */
export type Frame = Record<string, any>

/** An answer: what holds for all positions, and a frame for each. */
export interface Answer {
  common: Frame
  /** One for each position; null for one that was not asked for. */
  frames: (Frame | null)[]
}

/** How a drawing shows frames. */
export interface Drawing {
  /** Build what stays, once; place: an empty element below the controls. */
  build(place: HTMLElement, panel: Panel): void
  /** Draw a frame. */
  draw(place: HTMLElement, frame: Frame, panel: Panel): void
}

export interface Panel {
  root: DrawingRoot
  place: HTMLElement
  data: PanelData
  controls: Record<string, Control>
  inputs: Record<string, HTMLElement>
  /** Controls that the drawing puts where they belong, with their labels. */
  boxes: Record<string, HTMLElement>
  setting: Setting
  /** The control that was moved last, and whether a pointer has it. */
  inHand: string
  byPointer: boolean
  answer: { question: Setting; along: string; answer: Answer } | null
  frame: Frame | null
  asker: Asker<Answer>
  address: AddressWriter
  drawing: Drawing
  jump: number
  /** Set controls from the drawing, as the visitor could. */
  set(changes: Setting): void
  /** Ask for the answers along a control before the drawing moves it. */
  take(name: string): void
}
