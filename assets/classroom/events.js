// Server-sent events, read by fetch: it says why there are none, which EventSource does not.

/** @import { Arrived } from "./types.js" */

import { learnTime, refusalOf } from "./server.js"

const SILENCE = 40_000 // milliseconds without a sign of life, which comes every 15 s
const FIRST = 4_000, SECOND = 20_000 // milliseconds that the first event may take, and what follows it

/**
 * Read a stream until it ends. Throws Refusal, TypeError where it can't be reached or is cut, and an abort,
 * also where nothing comes.
 * @param {string} address
 * @param {AbortController} request
 * @param {Arrived} arrived  is kept up to date
 * @param {(kind: string, value: any, isFirst: boolean) => void} hear  gets each event; isFirst: of the first
 *   piece; kind is "" for a sign of life
 */
export async function readEvents(address, request, arrived, hear) {
  const watch = (/** @type {number} */ patience) => setTimeout(() => {
    arrived.isSilent = true
    request.abort()
  }, patience)
  let timer = watch(FIRST)
  try {
    const headers = { accept: "text/event-stream" }, asked = Date.now()
    const response = await fetch(address, { signal: request.signal, cache: "no-store", headers })
    learnTime(response, asked)
    if (!response.ok || !response.body) throw await refusalOf(response)
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (let rest = ""; ;) {
      const { value, done } = await reader.read()
      if (done || request.signal.aborted) return
      clearTimeout(timer)
      const events = (rest + value).split("\n\n")
      rest = events.pop() ?? ""
      if (events[0]) arrived.pieces += 1 // a large state may come in two
      timer = watch(arrived.pieces > 1 ? SILENCE : SECOND)
      for (const event of events) {
        const kind = /^event: (\w+)$/m.exec(event)?.[1], data = /^data: (.*)$/m.exec(event)?.[1]
        hear(data ? (kind ?? "") : "", data && JSON.parse(data), arrived.pieces === 1)
      }
    }
  } finally {
    clearTimeout(timer)
    request.abort() // also where an event could not be used: a stream that nobody reads would stay open
  }
}
