// What Streamlit hands to a component, and what the scripts of one page hand to each other.

/** A component of Streamlit as its script sees it; Data: what Python sent. */
export interface Component<Data> {
  data: Data
  parentElement: HTMLElement
  setStateValue(name: string, value: unknown): void
  setTriggerValue(name: string, value: unknown): void
}

/** Where a drawing is in the page, as its feed leaves it. */
export interface DrawingRoot extends HTMLElement {
  /** The newest data, for code that arrives after them. */
  newest?: unknown
  /** Send a value to Python. */
  send?(name: string, value: unknown): void
  /** The timer after which the code counts as lost. */
  missing?: number
}

/** The code of a drawing: it draws the newest data, and its look. */
export interface DrawingCode {
  draw(root: DrawingRoot, data: any): void
  sheet: CSSStyleSheet
}

declare global {
  interface Window {
    lstmCell?: import("../cell/types.js").CellFeed
    lstmVectors?: import("../vectors/types.js").VectorsFeed
    lstmDrawings?: Record<string, DrawingCode>
    lstmPointers?: Record<string, import("../reader/types.js").Pointer>
  }
}
