import type { Asking, Counts, RoomState, Value } from "../types.js"

/** A stop of a plan, as lesson/class_page/plans.py sends it. does, watch: markup of the course's own. */
export interface Stop {
  minutes: number
  kind: "prediction" | "challenge" | "look"
  does: string
  watch: string
  asks: string[]
  challenge: string
  page: string
  /** The stop's state, with its first question. */
  query: string
  /** The same without a question: once the room has answered it. */
  free_query: string
}

/** What the page Class sends to its component. */
export interface HostData {
  plans: Record<string, Stop[]>
  /** By page and name, as students' commits name them. */
  challenges: Record<string, { title: string; page: string; page_title: string }>
}

export interface LecturersRoom {
  code: string
  host: string
}

/** A question that the room can ask, with what is right and why. */
export interface CourseQuestion {
  id: string
  page: string
  text: string
  html: string
  link: string
  right: Value | null
}

export interface Result extends Omit<Asking, "rounds" | "moved" | "replies" | "covers"> {
  rounds: Counts[]
  moved: [Value, Value, number][]
  hands: [number, Value, number][]
  advice: string
  replies: Record<string, string>
}

export interface Progress {
  solved: number
  trying: number
  stuck: number
  not_begun: number
  tries: number[]
  fails: [string, number][]
  attempts: string[]
}

export interface Results extends RoomState {
  admits: boolean
  /** How many of the lecturer's lead it. */
  devices: number
  askings: Result[]
  progress: Record<string, Progress>
}

/** What the big button, or the one that goes back, does. */
export interface Step {
  act: "ask" | "stage" | "lead" | "stop" | "choose" | "finish" | "close"
  label: string
  question?: string
  stage?: "waiting" | "vote" | "talk" | "revealed"
  round?: number
  stop?: number
}

/** A part of the screen. */
export interface View {
  root: HTMLElement
  update(): void
}

/** What is left of a rehearsal that is over: its room is deleted. */
export interface Rehearsed {
  joined: number
  askings: Result[]
}

/** What a rehearsal keeps, to go on after a reload. */
export interface RehearsalRecord extends LecturersRoom {
  students: string[]
  until: number
}
