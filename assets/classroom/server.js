// Asking the rooms' interface: JSON to and fro, and what came of it.

const PATIENCE = 10_000 // milliseconds until an answer counts as lost
let ahead = 0 // milliseconds by which the server's clock is ahead of this one
let slowest = Infinity // milliseconds that the answer took by which this is known

/** The server has answered that it does not do this: its status, and its sentence. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} sentence
   * @param {boolean} [isRoom]  false: a proxy, or a network's own page, says so in the room's place
   */
  constructor(status, sentence, isRoom = true) {
    super(sentence)
    this.status = status
    this.isRoom = isRoom
  }
}

/**
 * The address of the course, with a slash at its end. The phone's page and the projector's lie at BASE/j/CODE
 * and BASE/p/CODE; on a page of the course it is where Streamlit's own script was loaded from.
 */
export function courseAddress() {
  const script = document.querySelector('script[type="module"][src*="static/js/"]')
  if (script instanceof HTMLScriptElement) return new URL("../..", script.src)
  return new URL(location.pathname.replace(/[jp](\/[^/]*)?\/?$/, ""), location.href)
}

/** The address of the rooms' interface. */
export function roomsAddress() {
  return new URL("api/rooms", courseAddress()).href
}

/** Milliseconds since 1970 by the server's clock, to about half a second. */
export function serverTime() {
  return Date.now() + ahead
}

/**
 * Learn the server's clock from an answer: the quicker it came, the surer it is.
 * @param {Response} response
 * @param {number} asked  when, by this clock
 */
export function learnTime(response, asked) {
  const date = Date.parse(response.headers.get("date") ?? ""), took = Date.now() - asked
  if (Number.isNaN(date) || took < 0 || took > slowest + 200) return
  slowest = took
  ahead = date + 500 - (asked + took / 2) // the header has whole seconds: on average half of one has gone
}

/**
 * Ask once. Throws Refusal for what the server does not do, and TypeError or an abort where it can't be
 * reached.
 * @param {string} method
 * @param {string} path  what stands behind /api/rooms
 * @param {{token?: string, body?: unknown}} [options]
 */
export async function askRoom(method, path, { token = "", body } = {}) {
  /** @type {Record<string, string>} */
  const headers = {}
  if (token) headers.authorization = `Bearer ${token}`
  if (body) headers["content-type"] = "application/json"
  const request = new AbortController(), asked = Date.now()
  const timer = setTimeout(() => request.abort(), PATIENCE)
  try {
    const response = await fetch(roomsAddress() + path, {
      method,
      headers,
      body: JSON.stringify(body),
      cache: "no-store",
      signal: request.signal,
    })
    learnTime(response, asked)
    if (!response.ok) throw await refusalOf(response)
    return response.status === 204 ? null : await jsonOf(response)
  } finally {
    clearTimeout(timer)
  }
}

/** @param {Response} response */
async function jsonOf(response) {
  try {
    return await response.json()
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new Refusal(response.status, "This network answers in the server's place.", false) // asks to log in
  }
}

/**
 * What the server has answered in place of what was asked for.
 * @param {Response} response
 */
export async function refusalOf(response) {
  try {
    const { error } = await response.json()
    if (typeof error === "string") return new Refusal(response.status, error)
  } catch {
    // no JSON: a proxy answers in the server's place
  }
  return new Refusal(response.status, `The server answers with ${response.status}.`, false)
}

/** @param {unknown} error  whether it is no answer of a server, but a mistake of ours */
export function isMistake(error) {
  return !isPassing(error) && !(error instanceof Refusal)
}

/**
 * Whether the room itself has answered with one of these statuses.
 * @type {(error: unknown, ...statuses: number[]) => boolean}
 */
export function hasStatus(error, ...statuses) {
  return error instanceof Refusal && error.isRoom && statuses.includes(error.status)
}

/** @param {number} pause  to be as much longer or shorter as chance says, so that not all ask at once */
export function spread(pause) {
  return pause * (0.75 + Math.random() / 2)
}

/**
 * What this browser's tabs tell each other; null where they can't.
 * @param {string} name
 * @param {(said: any) => void} hear
 */
export function tabsOf(name, hear) {
  if (typeof BroadcastChannel !== "function") return null
  const tabs = new BroadcastChannel(name)
  tabs.addEventListener("message", ({ data }) => hear(data))
  return tabs
}

/** @param {unknown} error  whether it is worth asking again */
export function isPassing(error) {
  if (!(error instanceof Refusal)) return error instanceof TypeError || error instanceof DOMException
  return !error.isRoom || error.status >= 500 || error.status === 408 || error.status === 429
}
