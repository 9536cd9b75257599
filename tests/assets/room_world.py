"""A browser's tab and a server of rooms for Node: a clock that jumps, tabs that talk, networks that fail."""

WORLD = """
  const immediate = setImmediate, log = [], timers = new Map()
  let now = 1_000_000_000_000, last = 0
  Date.now = () => now
  globalThis.setTimeout = (task, pause = 0) => { timers.set(++last, { at: now + pause, task }); return last }
  globalThis.clearTimeout = (id) => timers.delete(id)
  globalThis.setInterval = (task, pause) => {
    const id = ++last, again = () => { timers.set(id, { at: now + pause, task: () => { again(); task() } }) }
    again()
    return id
  }
  globalThis.clearInterval = clearTimeout
  const settle = async () => { for (let k = 0; k < 12; k++) await new Promise((done) => immediate(done)) }
  const pass = async (milliseconds) => {
    const end = now + milliseconds
    for (await settle(); ; await settle()) {
      const due = [...timers].filter(([, { at }]) => at <= end)
      const next = due.sort(([, one], [, two]) => one.at - two.at)[0]
      if (!next) break
      timers.delete(next[0])
      now = Math.max(now, next[1].at)
      next[1].task()
    }
    now = end
    await settle()
  }

  const windowEvents = new EventTarget()
  globalThis.addEventListener = windowEvents.addEventListener.bind(windowEvents)
  globalThis.document = Object.assign(new EventTarget(), { hidden: false, querySelector: () => null })
  globalThis.HTMLScriptElement = class {}
  globalThis.location = { pathname: "/course/j/ABCDEF", href: "http://here/course/j/ABCDEF" }
  globalThis.reportError = (error) => { throw error }
  const look = async (isLooking) => {
    document.hidden = !isLooking
    document.dispatchEvent(new Event("visibilitychange"))
    await settle()
  }
  globalThis.BroadcastChannel = class extends EventTarget {
    static all = new Set()
    constructor(name) { super(); this.name = name; BroadcastChannel.all.add(this) }
    close() { BroadcastChannel.all.delete(this) }
    postMessage(data) {
      for (const other of BroadcastChannel.all) {
        if (other === this || other.name !== this.name) continue
        queueMicrotask(() => other.dispatchEvent(Object.assign(new Event("message"), { data })))
      }
    }
  }

  const storage = new Map()
  globalThis.localStorage = {
    getItem: (key) => storage.get(key) ?? null,
    setItem: (key, value) => storage.set(key, value),
    removeItem: (key) => storage.delete(key),
  }

  // The server.  events: how it treats those who listen; answers: what it says to others, by method and path.
  const server = {
    state: { stage_version: 1, tally_version: 1, asking: null, joined: 0, voted: 0 },
    events: "stream", isDown: false, streams: new Set(), answers: {},
  }
  const json = (value, status = 200) =>
    new Response(JSON.stringify(value), { status, headers: { date: new Date(now + 60_000).toUTCString() } })
  const bytes = (text) => new TextEncoder().encode(text)
  const send = async (text) => {
    for (const stream of server.streams) stream.enqueue(bytes(text))
    await settle()
  }
  const tell = (kind, value) => send(`event: ${kind}\\ndata: ${JSON.stringify(value)}\\n\\n`)
  const hangs = (signal) => new Promise((_, fail) =>
    signal.addEventListener("abort", () => fail(new DOMException("", "AbortError"))))
  globalThis.fetch = async (address, { method = "GET", body, signal }) => {
    const path = address.replace("http://here/course/api/rooms", "")
    log.push({ at: now, what: `${method} ${path}`, ...(body && { body: JSON.parse(body) }) })
    if (server.isDown) throw new TypeError("network")
    if (path.endsWith("/events")) {
      if (server.events === "hang") return hangs(signal)
      if (typeof server.events === "object") return server.events.clone()
      return new Response(new ReadableStream({
        start: (stream) => {
          server.streams.add(stream)
          stream.enqueue(bytes(`event: state\\ndata: ${JSON.stringify(server.state)}\\n\\n`))
          signal.addEventListener("abort", () => {
            server.streams.delete(stream)
            try { stream.error(new DOMException("", "AbortError")) } catch {}
          })
        },
      }))
    }
    const answer = server.answers[`${method} ${path}`]
    if (answer) return answer(body && JSON.parse(body), signal)
    return json(server.state)
  }
  const living = async (milliseconds) => { // with signs of life, as the server sends them
    for (let left = milliseconds; left > 0; left -= 15_000) {
      await pass(Math.min(left, 15_000))
      await send(":\\n\\n")
    }
  }
  const requests = (what) => log.filter((row) => row.what === what)
  const LISTEN = "GET /ABCDEF/events", ASK = "GET /ABCDEF"
"""
