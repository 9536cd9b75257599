import type { Asking, Counts, Gain, RoomState, Setting, Value } from "../types.js"

/** A stop of a plan, as lesson/class_page/plans.py sends it. does, watch: markup of the course's own. */
export interface Stop {
  minutes: number
  kind: "prediction" | "challenge" | "look" | "test"
  does: string
  watch: string
  asks: string[]
  /** "" where what it asks are no items of a test. */
  test?: "" | "before" | "after"
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
  challenges: Record<string, ChallengeTitle>
}

/** fails: what the course says to those who don't solve it at first, for a rehearsal. */
export interface ChallengeTitle {
  title: string
  page: string
  page_title: string
  fails: string[]
}

/** How a question is led; see flows.js. */
export type Flow = "talk" | "alone" | "bars" | "dots" | "runs" | "before" | "after"

/** What the next step depends on, beside the state of the room. */
export interface Lesson {
  /** Names of questions that the room was asked; see nameOf in steps.js. */
  before: Set<string>
  /** Of the plan that the room follows. */
  stops?: Stop[] | null
  flow?: Flow
  /** Ids of the questions of the test that goes on. */
  items?: string[]
  /** The question that is asked next because it asks the last one with other numbers; "": none. */
  again?: string
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
  kind: Asking["kind"]
  right: Value | null
  again: string
  is_test: boolean
  settings: Setting[]
}

export interface Result extends Omit<Asking, "rounds" | "moved" | "replies" | "covers"> {
  rounds: Counts[]
  moved: [Value, Value, number][]
  hands: [number, Value, number][]
  advice: string
  again?: string
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
  gain: Gain
  progress: Record<string, Progress>
}

/** What the big button, or the one that goes back, does. */
export interface Step {
  act: "ask" | "stage" | "lead" | "stop" | "choose" | "finish" | "close"
  label: string
  question?: string
  test?: Asking["test"]
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
  gain?: Gain
}

/** A simulated student. */
export interface Simulated {
  token: string
  seat: number
}

/** What a rehearsal keeps, to go on after a reload. */
export interface RehearsalRecord extends LecturersRoom {
  students: Simulated[]
  until: number
}
