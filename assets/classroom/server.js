// Asking the rooms' interface: JSON to and fro, and what came of it.

const PATIENCE = 10_000 // milliseconds until an answer counts as lost

/** The server has answered that it does not do this: its status, and its sentence. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} sentence
   */
  constructor(status, sentence) {
    super(sentence)
    this.status = status
  }
}

/**
 * The address of the rooms' interface. The phone's page and the projector's lie at BASE/j/CODE and
 * BASE/p/CODE; on a page of the course it is where Streamlit's own script was loaded from.
 */
export function roomsAddress() {
  const script = document.querySelector('script[type="module"][src*="static/js/"]')
  const isCourse = script instanceof HTMLScriptElement
  const own = location.pathname.replace(/[jp]\/[^/]*\/?$/, "")
  const base = isCourse ? new URL("../..", script.src) : new URL(own, location.href)
  return new URL("api/rooms", base).href
}

/**
 * Ask once. Throws Refusal for what the server does not do, and TypeError or a time-out where it can't be
 * reached.
 * @param {string} method
 * @param {string} path  what stands behind /api/rooms
 * @param {{token?: string, body?: unknown, address?: string}} [options]
 */
export async function askRoom(method, path, { token = "", body = undefined, address = roomsAddress() } = {}) {
  /** @type {Record<string, string>} */
  const headers = {}
  if (token) headers.authorization = `Bearer ${token}`
  if (body !== undefined) headers["content-type"] = "application/json"
  const response = await fetch(address + path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE),
  })
  if (response.ok) return response.status === 204 ? null : response.json()
  throw new Refusal(response.status, await sentenceOf(response))
}

/** @param {Response} response */
async function sentenceOf(response) {
  try {
    const { error } = await response.json()
    if (typeof error === "string") return error
  } catch {
    // no JSON: a proxy answers in the server's place
  }
  return `The server answers with ${response.status}.`
}

/** @param {unknown} error  whether it is worth asking again */
export function isPassing(error) {
  if (error instanceof Refusal) return error.status === 503 || error.status === 429 || error.status >= 500
  return error instanceof TypeError || error instanceof DOMException
}
