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
  /** Of a drawing with controls of its own. */
  panel?: import("../panel/types.js").Panel
  /** Of the live cell. */
  cell?: import("../cell/types.js").Cell
}

/** The code of a drawing: it draws the newest data, its look, and what is the same for everybody. */
export interface DrawingCode {
  draw(root: DrawingRoot, data: any, fixed: any): void
  sheet: CSSStyleSheet
  fixed: unknown
}

/** What a drawing's code is told: its name, its look, and what is the same for everybody. */
export interface DrawingLook {
  name: string
  css: string
  fixed?: unknown
}

/** What Streamlit's channel brings: an answer, or why there is none. */
export interface ChannelReply {
  answer?: unknown
  error?: string
}

/** The way through Streamlit, for questions that plain HTTP can't carry. */
export interface Channel {
  ask(name: string, question: Record<string, string>): Promise<ChannelReply>
}

declare global {
  interface Window {
    lstmChannel?: Channel
    lstmRecord?: import("../record/types.js").BrowserRecord
    lstmRecordWaiting?: import("../record/types.js").SessionRecord[]
    lstmQuestions?: {
      last: number
      waiting: Map<number, any>
      travelling: Set<number>
    }
    /** Of the page's own scripts. */
    lstmVersion?: string
    /** Set once a host has let no plain request through. */
    lstmNoHttp?: boolean
    /** What was set in this tab, by page. */
    lstmSettings?: Record<string, import("../panel/types.js").PageSettings>
    /** The runs that are looked at in this tab, by the part of a page that has started them. */
    lstmVisits?: Record<string, import("../run/types.js").Visit>
    /** The finger on a slider, if there is one. */
    lstmTouch?: { touch: import("./touch.js").Touch | null }
    lstmDrawings?: Record<string, DrawingCode>
    /** The drawings whose code is on its way by plain HTTP. */
    lstmLoading?: Set<string>
    lstmProjector?: import("../projector/types.js").ProjectorKeys
  }
}
