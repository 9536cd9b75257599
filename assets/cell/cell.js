// The live cell: looks up, formats, maps to pixels.  Every number of the model comes from Python: for
// the setting that was last sent, the values of the whole cell along sliders' ranges.

export default function (component) {
  const { data, parentElement } = component
  const root = parentElement.querySelector(".cell")
  const tone = isDark(root) ? "dark" : "light"
  const colour = (symbol) => data.palette[symbol]?.[tone] ?? "currentColor"
  paint(root, colour)
  if (root.dataset.ready) return // the script ran again: everything below is there already
  root.dataset.ready = "yes"
  root.classList.toggle("over-time", data.overTime)

  const sliders = data.sliders // [{name, label, symbol, low, step, positions}]
  const byName = Object.fromEntries(sliders.map((s) => [s.name, s]))
  const setting = { ...data.setting } // positions
  const open = new Set(data.open)
  const values = {} // what is on the screen, in hundredths; the half-life in tenths
  let feed = null // {setting, held, t, tables: {part: Int16Array}, asked}
  let held = data.groups.main[0]
  let t = data.t
  let jump = data.jump
  let inFlight = false
  let sent = 0
  let timer = null // until the next commit
  let lost = null // until an answer counts as lost
  let answered = null // the setting that the words are about
  let turn = 0 // of commits: Python answers each by its number

  const along = (s, position) => Math.round((s.low + position * s.step) * 100) // a label of the axis

  const { inputs, outputs } = buildSliders(root, data, {
    take: (s) => { if (data.overTime && held !== s.name) { held = s.name; commit() } },
    moving: () => { if (timer) rest() },
    move: (s, position) => move(s, position),
    release: () => commit(),
  })
  buildPresets(root, data, (preset) => {
    adopt(preset.setting)
    for (const button of root.querySelectorAll("[data-preset]")) {
      button.setAttribute("aria-pressed", String(data.presets[button.dataset.preset] === preset))
    }
    root.querySelector(".lesson").textContent = preset.lesson
    commit()
  })
  buildReading(root, data)
  if (data.overTime) root.querySelector(".wide").remove() // the chart needs the room
  paint(root, colour)
  const numbered = collect(root)
  const chart = data.overTime
    ? timeChart(root, data, colour, { step: (to) => { t = to; refresh(); rest() }, drawn: (x) => drawn(x) })
    : null

  for (const details of root.querySelectorAll("details")) {
    details.open = open.has(details.dataset.group)
    details.addEventListener("toggle", () => {
      if (details.open === open.has(details.dataset.group)) return
      details.open ? open.add(details.dataset.group) : open.delete(details.dataset.group)
      commit()
    })
  }

  // -- looking up --

  const same = (except) => feed && sliders.every((s) => s.name === except || feed.setting[s.name] === setting[s.name])

  // One step: a slider's table is right for exactly the settings in which all other sliders stand as they
  // stood when it was computed.
  const lookUpStep = () => {
    const found = Object.keys(feed?.tables ?? {}).find((name) => same(name))
    if (!found) return false
    const table = feed.tables[found]
    data.quantities.forEach((name, k) => { values[name] = table[k * byName[found].positions + setting[found]] })
    return true
  }

  // Over time: the run as it was sent, or its curves along the slider in hand.
  const lookUpRun = () => {
    if (!feed?.tables.run || !same(feed.held)) return false
    const { tables } = feed
    const T = tables.x.length
    t = Math.max(1, Math.min(T, t))
    const P = byName[feed.held].positions, at = setting[feed.held]
    const start = { C: along(byName.C_prev, setting.C_prev), h: along(byName.h_prev, setting.h_prev) }
    const curves = {}
    data.curveNames.forEach((name, k) => {
      curves[name] = Int16Array.from({ length: T }, (_, s) => tables.along[(k * T + s) * P + at])
    })
    const exact = feed.setting[feed.held] === at
    data.quantities.forEach((name, k) => {
      if (exact) values[name] = tables.run[k * T + t - 1]
      else if (t === feed.t) values[name] = tables.at[k * P + at]
      else if (curves[name]) values[name] = curves[name][t - 1]
    })
    values.x = tables.x[t - 1]
    values.C_prev = t > 1 ? curves.C[t - 2] : start.C
    values.h_prev = t > 1 ? curves.h[t - 2] : start.h
    const rnn = tables.rnn ? Int16Array.from({ length: T }, (_, s) => tables.rnn[s * P + at]) : null
    chart.draw({ x: tables.x, curves, rnn, start, t, asked: feed.asked, draw: feed.draw })
    return true
  }

  // What is said in words is about what was answered last.
  const isAnswered = () => sliders.every((s) => answered?.[s.name] === setting[s.name])

  const refresh = () => {
    const fresh = data.overTime ? lookUpRun() : lookUpStep()
    root.classList.toggle("waiting", !fresh)
    root.classList.toggle("moved", !isAnswered())
    drawNumbers(numbered, data, values)
  }

  const showSlider = (s) => {
    const text = formatted(along(s, setting[s.name]))
    values[s.name] = along(s, setting[s.name])
    if (!(s.name in inputs)) return
    if (Number(inputs[s.name].value) !== setting[s.name]) inputs[s.name].value = setting[s.name]
    put(outputs[s.name], text)
    set(inputs[s.name], "aria-valuetext", `${s.spoken} ${text}`)
  }

  const move = (s, position) => {
    setting[s.name] = position
    held = s.name
    showSlider(s)
    refresh()
    rest()
  }

  const adopt = (positions) => {
    Object.assign(setting, positions)
    sliders.forEach(showSlider)
    refresh()
  }

  // -- to Python and back: one commit under way at a time, the latest wins --

  const rest = () => {
    clearTimeout(timer)
    timer = setTimeout(commit, 150)
  }

  const commit = () => {
    clearTimeout(timer)
    timer = null
    const wait = 80 - (performance.now() - sent)
    if (inFlight || wait > 0) {
      timer = setTimeout(commit, Math.max(20, wait))
      return
    }
    const send = window.lstmCell?.send
    if (!send || window.lstmCell.data.view !== data.view) { timer = setTimeout(commit, 50); return }
    inFlight = true
    sent = performance.now()
    clearTimeout(lost)
    lost = setTimeout(() => { inFlight = false }, 3000) // an answer that got lost holds nobody up
    send({ view: data.view, setting: { ...setting }, open: [...open], held, t, seen: jump, turn: ++turn })
    address()
  }

  // Browsers limit how often an address may change (Safari throws after 100 times in 30 s, Chromium drops
  // it): while a key is held the address follows at a pace, and what was refused is tried again.
  const PACE = 400
  let written = -PACE
  let pending = null
  const address = (now = false) => {
    clearTimeout(pending)
    pending = null
    if (!root.isConnected) return // another page's address is not ours
    const wait = now ? 0 : PACE - (performance.now() - written)
    if (wait > 0) { pending = setTimeout(address, wait); return }
    written = performance.now()
    const query = link()
    if (query.href === window.location.href) return
    try {
      window.history.replaceState(window.history.state, "", query)
    } catch (error) {
      if (error.name !== "SecurityError") throw error
    }
    if (query.href !== window.location.href) pending = setTimeout(address, 1000)
  }
  // Who leaves the cell for something else on the page finds the link right at once.
  root.addEventListener("focusout", () => { if (pending) address(true) })

  const link = () => {
    const query = new URL(window.location.href)
    query.searchParams.set(data.parameter, data.version + "_" + sliders.map((s) => setting[s.name]).join("_"))
    for (const name of [...query.searchParams.keys()]) { // other challenges' answers don't travel along
      if (name.startsWith("try-") && name !== data.parameter) query.searchParams.delete(name)
    }
    for (const [name, value] of [["t", data.overTime && t > 1 ? t : ""], ["open", [...open].join(".")], ["values", feed?.typed]]) {
      value ? query.searchParams.set(name, value) : query.searchParams.delete(name)
    }
    return query
  }

  // A drawn input is what the visitor could have typed.
  const drawn = (positions) => {
    window.lstmCell?.drawn(positions.map((p) => String(byName.x.low + p * byName.x.step)).join(" "))
  }

  // What is said of the cell, in words and to those who do not see it.
  const say = (words) => {
    put(root.querySelector(".words"), words)
    root.classList.toggle("moved", !isAnswered())
    if (!feed) return // nothing is drawn yet
    describe(root, data, values)
    chart?.name(`The cell over time, ${feed.tables.x.length} in all; at step ${t} C is ${formatted(values.C)} and h is ${formatted(values.h)}.`)
  }

  let newest = 0
  const receive = async () => {
    if (!root.isConnected) { // the visitor went to another page
      document.removeEventListener("lstm-cell-data", receive)
      return
    }
    const message = window.lstmCell?.data
    if (!message || message.view !== data.view) return
    const mine = ++newest
    answered = message.setting
    say(message.words) // it needs no tables, and unpacking them can cost a frame
    // What is small comes as it is, and is read without waiting.
    const numbers = message.packed ? await unpack(message.numbers) : joined(decoded(message.numbers))
    if (mine !== newest) return // a later answer is here already
    inFlight = false
    feed = { ...message, tables: split(numbers, message.parts) }
    if (message.jump > jump) { // the page has set the cell
      jump = message.jump
      t = message.t
      adopt(message.moved)
      commit()
    } else {
      sliders.forEach(showSlider)
      refresh()
      if (data.overTime || sliders.some((s) => setting[s.name] !== s.first)) address() // also after another page
    }
    say(message.words)
  }
  document.addEventListener("lstm-cell-data", receive)

  // -- one symbol and all that belongs to it light up together --

  const belongs = (element, symbol) => (element.dataset.symbol ?? "").split(" ").includes(symbol)
  const light = (event) => {
    const on = event.type === "pointerover" || event.type === "focusin"
    const symbol = event.target.closest?.("[data-symbol]")?.dataset.symbol.split(" ")[0]
    const lit = on && root.querySelector(`tr[data-symbol="${symbol}"]`) ? symbol : null
    root.classList.toggle("lit", Boolean(lit))
    for (const element of root.querySelectorAll("[data-symbol]")) element.classList.toggle("on", belongs(element, lit))
    tell(lit ?? "C")
  }
  const tell = (symbol) => {
    for (const line of root.querySelectorAll("[data-line]")) line.classList.toggle("told", line.dataset.line === symbol)
  }
  for (const type of ["pointerover", "pointerout", "focusin", "focusout"]) root.addEventListener(type, light)
  tell("C")

  // The page's keys (F2, F4) work while a slider has the focus, too: Streamlit does not listen to inputs.
  root.addEventListener("keydown", (event) => {
    if (!/^F\d+$/.test(event.key)) return
    event.preventDefault()
    event.stopPropagation()
    const { key, code } = event
    for (const type of ["keydown", "keyup"]) document.body.dispatchEvent(new KeyboardEvent(type, { key, code, bubbles: true }))
  })

  // -- taking it along --

  const share = root.querySelector(".share")
  share.addEventListener("click", async (event) => {
    const what = event.target.closest("[data-share]")?.dataset.share
    if (!what) return
    if (what === "script") download()
    else {
      address(true)
      const copied = await copy(link().href)
      share.querySelector(".shared").textContent = copied ? "Copied: it opens exactly this cell." : "The address bar holds the link."
    }
  })
  const copy = (text) => navigator.clipboard?.writeText(text).then(() => true, () => false) ?? false
  const plain = (whole) => formatted(whole).replace("−", "-")
  const download = () => {
    const lines = sliders.filter((s) => s.name !== "x").map((s) => `    "${s.name}": ${plain(along(s, setting[s.name]))},`)
    const x = data.overTime ? Array.from(feed.tables.x) : [values.x]
    const text = data.script.replace("{setting}", () => lines.join("\n")).replace("{inputs}", () => x.map(plain).join(", "))
    const anchor = document.createElement("a")
    anchor.href = URL.createObjectURL(new Blob([text], { type: "text/x-python" }))
    anchor.download = "lstm_cell.py"
    anchor.click()
    URL.revokeObjectURL(anchor.href)
    share.querySelector(".shared").textContent = "Run it with: python lstm_cell.py"
  }

  sliders.forEach(showSlider)
  receive()
}
