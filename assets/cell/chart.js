// The cell over time: input on top, states in the middle, gates below, one column a step.  Looks up the
// curves that Python computed and maps them to pixels.

const ROWS = ["f", "i", "C_tilde", "o"]
const ROW_NAMES = { f: "f", i: "i", C_tilde: "C̃", o: "o" }

const svg = (tag, attributes, parent) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  parent?.append(element)
  return element
}

// on: step(t) when the visitor chooses a step, drawn(positions) when a new input has been drawn.
const timeChart = (root, data, colour, on) => {
  const box = root.querySelector(".time")
  box.hidden = false
  box.innerHTML = `<p class="legend"></p><svg role="img"></svg>
    <div class="scrub"><button type="button" data-go="-1" aria-label="one step back">◀</button>
    <input type="range" min="1" step="1" aria-label="step">
    <button type="button" data-go="1" aria-label="one step forward">▶</button>
    <button type="button" data-go="play">Play</button><output></output></div>`
  const picture = box.querySelector("svg")
  const range = box.querySelector("input")
  const told = box.querySelector("output")
  const x = data.sliders.find((s) => s.name === "x")
  const L = 46, R = 12, INPUT = 46, STATES = 150, ROW = 26, GAP = 12
  const top = { input: 6, states: 6 + INPUT + GAP, rows: 6 + INPUT + GAP + STATES + GAP }
  const H = top.rows + ROWS.length * (ROW + 4) + 18
  let W = 0, T = 0, parts = null, playing = null, shown = null
  let reach = 200 // how far up the input's panel goes, in hundredths

  const column = (t) => L + ((t - 0.5) * (W - L - R)) / T // the middle of step t
  const wide = () => (W - L - R) / T

  const build = () => {
    picture.setAttribute("viewBox", `0 0 ${W} ${H}`)
    picture.replaceChildren()
    const cursor = svg("rect", { class: "cursor", y: 0, height: H - 16, width: wide() }, picture)
    const label = (text, y, own, cls = "row") => {
      const element = svg("text", { x: L - 8, y, class: cls }, picture)
      element.textContent = text
      if (own) element.style.setProperty("--own", colour(own))
      return element
    }
    label("x", top.input + INPUT / 2 + 5, "x")
    const scale = label("", top.input + INPUT, null, "tick")
    const middle = top.input + INPUT / 2
    svg("path", { class: "zero", d: `M${L} ${middle}H${W - R}` }, picture)
    const bar = (own) => { // all bars of a row are one path: forty rectangles take longer to move
      const element = svg("path", { class: "bar" }, picture)
      element.style.setProperty("--own", colour(own))
      return element
    }
    const bars = { x: bar("x") }
    const band = svg("g", { class: "band" }, picture)
    const axis = { low: label("", top.states + STATES, null, "tick"), high: label("", top.states + 11, null, "tick"), zero: label("0", 0, null, "tick") }
    const zero = svg("path", { class: "zero" }, picture)
    const line = (cls, own) => {
      const element = svg("path", { class: `curve-line ${cls}` }, picture)
      element.style.setProperty("--own", colour(own))
      return element
    }
    const lines = { rnn: line("rnn", "RNN"), h: line("h", "h"), C: line("C", "C") }
    const dots = { h: svg("circle", { r: 4.5, class: "mark" }, picture), C: svg("circle", { r: 5.5, class: "mark" }, picture) }
    dots.h.style.setProperty("--own", colour("h"))
    dots.C.style.setProperty("--own", colour("C"))
    const failed = svg("g", { class: "failed" }, picture)
    ROWS.forEach((name, k) => {
      const y = top.rows + k * (ROW + 4)
      label(ROW_NAMES[name], y + ROW / 2 + 5, name)
      svg("rect", { class: "lane", x: L, y, width: W - L - R, height: ROW }, picture)
      bars[name] = bar(name)
    })
    const every = T > 25 ? 5 : T > 12 ? 2 : 1
    for (let t = 1; t <= T; t++) {
      if (t !== 1 && t % every) continue
      const tick = svg("text", { x: column(t), y: H - 2, class: "step" }, picture)
      tick.textContent = t
    }
    parts = { cursor, scale, bars, band, axis, zero, lines, dots, failed }
  }

  // A row's bars, each from `base` by as much of `room` as its value is of `largest`; negative ones go down.
  const drawBars = (element, values, base, room, largest) => {
    const width = Math.max(2, wide() - 3)
    let d = ""
    for (let t = 1; t <= T; t++) {
      const size = room * Math.max(-1, Math.min(1, values[t - 1] / largest))
      d += `M${(column(t) - width / 2).toFixed(1)} ${base}h${width.toFixed(1)}v${(-size || -0.8).toFixed(1)}h${(-width).toFixed(1)}z`
    }
    set(element, "d", d)
  }

  const drawStates = ({ curves, rnn, start, t, asked }) => {
    const edges = asked ? [...asked.low, ...asked.high].filter((v) => v !== null) : []
    const all = [...curves.C, ...curves.h, ...(rnn ?? []), ...edges.map((v) => v + 25 * Math.sign(v)), start.C, 0, 100]
    const least = Math.floor(Math.min(...all) / 50) * 50, high = Math.ceil(Math.max(...all) / 50) * 50
    const y = (v) => top.states + STATES - ((Math.max(least, Math.min(high, v)) - least) * STATES) / (high - least)
    put(parts.axis.low, least < 0 ? formatted(least) : "")
    put(parts.axis.high, formatted(high))
    set(parts.axis.zero, "y", y(0) + 4)
    set(parts.zero, "d", `M${L} ${y(0)}H${W - R}`)
    const path = (values, first) => `M${L} ${y(first)}` + Array.from(values, (v, k) => `L${column(k + 1).toFixed(1)} ${y(v).toFixed(1)}`).join("")
    set(parts.lines.C, "d", path(curves.C, start.C))
    set(parts.lines.h, "d", path(curves.h, start.h))
    set(parts.lines.rnn, "d", rnn ? path(rnn, start.h) : "")
    for (const name of ["C", "h"]) {
      set(parts.dots[name], "cx", column(t))
      set(parts.dots[name], "cy", y(curves[name][t - 1]))
    }
    drawAsked(asked, curves, y)
  }

  const drawAsked = (asked, curves, y) => {
    parts.band.replaceChildren()
    parts.failed.replaceChildren()
    if (!asked) return
    for (let t = 1; t <= T; t++) {
      const low = asked.low[t - 1], high = asked.high[t - 1]
      if (low === null && high === null) continue
      const upper = high === null ? top.states : y(high), lower = low === null ? top.states + STATES : y(low)
      svg("rect", { x: column(t) - wide() / 2, y: upper, width: wide(), height: Math.max(2, lower - upper) }, parts.band)
    }
    if (asked.failed) {
      const value = curves[asked.quantity][asked.failed - 1]
      svg("circle", { cx: column(asked.failed), cy: y(value), r: 10 }, parts.failed)
    }
  }

  // state: {x, curves: {name: (T,)}, rnn, start: {C, h}, t, asked}, all in hundredths.
  const draw = (state) => {
    shown = state
    const width = Math.max(280, Math.round(box.clientWidth))
    if (width !== W || state.x.length !== T || !parts) {
      W = width
      T = state.x.length
      build()
      range.max = T
    }
    reach = state.x.some((v) => Math.abs(v) > 200) ? 400 : 200
    put(parts.scale, `±${reach / 100}`)
    drawBars(parts.bars.x, state.x, top.input + INPUT / 2, INPUT / 2, reach)
    ROWS.forEach((name, k) => {
      const y = top.rows + k * (ROW + 4)
      if (name === "C_tilde") drawBars(parts.bars[name], state.curves[name], y + ROW / 2, ROW / 2, 100)
      else drawBars(parts.bars[name], state.curves[name], y + ROW, ROW, 100)
    })
    drawStates(state)
    set(parts.cursor, "x", column(state.t) - wide() / 2)
    range.value = state.t
    const words = `step ${state.t} of ${T}`
    put(told, words)
    set(range, "aria-valuetext", `${words}: C ${formatted(state.curves.C[state.t - 1])}, h ${formatted(state.curves.h[state.t - 1])}`)
    const legend = [`<b style="color:${colour("C")}">━ C</b>`, `<b style="color:${colour("h")}">╍ h</b>`]
    if (state.rnn) legend.push(`<b style="color:${colour("RNN")}">┉ h of an RNN</b>`)
    if (state.asked) legend.push(`<span class="swatch"></span> where ${state.asked.quantity} has to be`)
    const text = legend.join(" ")
    if (box.querySelector(".legend").dataset.is !== text) {
      box.querySelector(".legend").innerHTML = text + (state.draw ? ` <small>Draw the input x with the pointer.</small>` : "")
      box.querySelector(".legend").dataset.is = text
    }
  }

  const name = (text) => set(picture, "aria-label", text)

  // -- scrubbing and drawing the input --

  const stepAt = (event) => {
    const frame = picture.getBoundingClientRect()
    return Math.max(1, Math.min(T, Math.ceil(((event.clientX - frame.left) * (W / frame.width) - L) / wide())))
  }
  const height = (event) => (event.clientY - picture.getBoundingClientRect().top) * (H / picture.getBoundingClientRect().height)
  let drawing = null
  const drawInput = (event) => {
    const share = Math.max(-1, Math.min(1, (top.input + INPUT / 2 - height(event)) / (INPUT / 2)))
    const value = Math.round((share * reach) / 100 / x.step) * x.step
    drawing[stepAt(event) - 1] = Math.round((value - x.low) / x.step)
    shown.x[stepAt(event) - 1] = Math.round(value * 100)
    draw(shown)
    root.classList.add("waiting")
  }
  picture.addEventListener("pointerdown", (event) => {
    if (!shown) return
    picture.setPointerCapture(event.pointerId)
    if (shown.draw && height(event) < top.states - GAP / 2) {
      drawing = Array.from(shown.x, (v) => Math.round((v / 100 - x.low) / x.step))
      shown = { ...shown, x: Int16Array.from(shown.x) }
      drawInput(event)
    } else on.step(stepAt(event))
  })
  picture.addEventListener("pointermove", (event) => {
    if (!event.buttons || !shown) return
    drawing ? drawInput(event) : on.step(stepAt(event))
  })
  picture.addEventListener("pointerup", () => { if (drawing) on.drawn(drawing); drawing = null })
  range.addEventListener("input", () => on.step(Number(range.value)))
  const stop = () => {
    clearInterval(playing)
    playing = null
    box.querySelector("[data-go=play]").textContent = "Play"
  }
  box.querySelector(".scrub").addEventListener("click", (event) => {
    const go = event.target.closest("[data-go]")?.dataset.go
    if (!go || !shown) return
    if (go !== "play") return stop(), on.step(Math.max(1, Math.min(T, shown.t + Number(go))))
    if (playing) return stop()
    if (shown.t === T) on.step(1)
    event.target.textContent = "Pause"
    playing = setInterval(() => {
      if (!picture.isConnected || shown.t >= T) return stop()
      on.step(shown.t + 1)
    }, 350)
  })
  new ResizeObserver(() => { if (shown && picture.isConnected) draw(shown) }).observe(box)
  return { draw, name }
}
