// The live cell: looks up, formats, maps to pixels.  Every number of the model comes from Python as a
// table: for the setting that was last sent, the values of the whole cell along each slider's range.

const DIGITS = 100 // tables hold hundredths

const number = (hundredths) => {
  const text = (Math.abs(hundredths) / DIGITS).toFixed(2)
  return hundredths < 0 ? "−" + text : text
}

// Tables arrive as little-endian 16-bit integers in base64: [quantity][position].
const decode = (text) => {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
  return new Int16Array(bytes.buffer)
}

const isDark = (root) => {
  const probe = document.createElement("span")
  probe.style.color = "var(--st-background-color)"
  root.append(probe)
  const [r, g, b] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number)
  probe.remove()
  return r + g + b < 384
}

export default function (component) {
  const { data, parentElement } = component
  const root = parentElement.querySelector(".cell")
  const tone = isDark(root) ? "dark" : "light"
  const colour = (symbol) => data.palette[symbol]?.[tone] ?? "currentColor"
  for (const element of root.querySelectorAll("[data-symbol]")) {
    element.style.setProperty("--own", colour(element.dataset.symbol.replace("C_prev", "C")))
  }
  if (root.dataset.ready) return // the script ran again: everything below is there already
  root.dataset.ready = "yes"

  const sliders = data.sliders // [{name, label, symbol, group, low, step, positions}]
  const setting = Object.fromEntries(sliders.map((s) => [s.name, data.setting[s.name]])) // positions
  const open = new Set(["main"])
  const inputs = {}
  const outputs = {}
  const values = {} // what is on the screen, in hundredths
  let feed = null // {setting, tables: {slider: Int16Array}}
  let inFlight = false
  let sent = 0
  let timer = null // until the next commit
  let lost = null // until an answer counts as lost

  const along = (s, position) => Math.round((s.low + position * s.step) * DIGITS) // a label of the axis

  // -- building what data decides: sliders, equations, curves --

  const groups = root.querySelector(".sliders")
  const box = { main: groups }
  for (const [name, title] of Object.entries(data.groups)) {
    const details = document.createElement("details")
    details.innerHTML = `<summary>${title}</summary>`
    details.addEventListener("toggle", () => {
      details.open ? open.add(name) : open.delete(name)
      commit()
    })
    groups.append(details)
    box[name] = details
  }
  for (const s of sliders) {
    const label = document.createElement("label")
    label.className = "slider"
    label.dataset.symbol = s.symbol
    label.style.setProperty("--own", colour(s.symbol))
    label.innerHTML = `<span>${s.label}</span><output></output>`
    const input = document.createElement("input")
    Object.assign(input, { type: "range", min: 0, max: s.positions - 1, step: 1 })
    input.setAttribute("aria-label", s.spoken)
    label.append(input)
    if (s.group === "main") groups.insertBefore(label, groups.querySelector("details"))
    else box[s.group].append(label)
    inputs[s.name] = input
    outputs[s.name] = label.querySelector("output")
    input.addEventListener("pointermove", (e) => { if (e.buttons && timer) rest() }) // moving: not yet
    input.addEventListener("input", () => move(s, Number(input.value)))
    input.addEventListener("change", () => commit())
  }

  const equations = root.querySelector(".equations")
  equations.innerHTML = `<table>${data.equations.map((e) =>
    `<tr data-symbol="${e.symbol}" tabindex="0"><td>${e.left}</td><td><small>= ${e.formula}</small>= ${e.right}</td>` +
    `<td><span data-value="${e.value}"></span></td></tr>`).join("")}</table>`

  const curves = root.querySelector(".curves")
  curves.innerHTML = data.curves.map((c) =>
    `<figure><svg viewBox="-8.6 -4.9 17.2 9.8" role="img" aria-label="${c.title}">` +
    `<path class="axis" d="M-8 4H8M0 -4.6V4.6"/>` +
    `<polyline class="curve" points="${c.points}"/>` +
    c.dots.map((d) => `<circle r=".45" data-symbol="${d.symbol}" data-dot="${d.z},${d.value}" data-low="${c.low}"/>`).join("") +
    `</svg><figcaption>${c.title}</figcaption></figure>`).join("")
  for (const element of root.querySelectorAll(".reading [data-symbol]")) {
    element.style.setProperty("--own", colour(element.dataset.symbol))
  }

  // -- drawing --

  const draw = () => {
    for (const element of root.querySelectorAll("[data-value]")) {
      const name = element.dataset.value
      if (name in values) element.textContent = number(values[name])
    }
    for (const element of root.querySelectorAll("[data-width]")) {
      const size = Math.min(1, Math.abs(values[element.dataset.width] ?? 0) / DIGITS)
      element.style.strokeWidth = 2 + 9 * size
      element.style.opacity = 0.35 + 0.65 * size
    }
    for (const element of root.querySelectorAll("[data-shade]")) {
      element.style.opacity = Math.min(1, Math.abs(values[element.dataset.shade] ?? 0) / DIGITS) * 0.38
    }
    for (const dot of root.querySelectorAll("[data-dot]")) {
      const [z, value] = dot.dataset.dot.split(",")
      const share = (values[value] / DIGITS - Number(dot.dataset.low)) / (1 - Number(dot.dataset.low))
      dot.setAttribute("cx", Math.max(-8, Math.min(8, values[z] / DIGITS)))
      dot.setAttribute("cy", 4 - 8 * share)
    }
    for (const gate of root.querySelectorAll(".gate")) {
      gate.setAttribute("aria-label", `${gate.dataset.name}: ${number(values[gate.dataset.symbol] ?? 0)}`)
    }
  }

  const showSlider = (s) => {
    const position = setting[s.name]
    const text = number(along(s, position))
    if (Number(inputs[s.name].value) !== position) inputs[s.name].value = position
    outputs[s.name].textContent = text
    inputs[s.name].setAttribute("aria-valuetext", `${s.spoken} ${text}`)
    if (["x", "h_prev", "C_prev"].includes(s.name)) values[s.name] = along(s, position)
  }

  // A slider's table is right for exactly the settings in which all other sliders stand as they stood
  // when it was computed.
  const lookUp = (s) => {
    const table = feed?.tables[s.name]
    if (!table) return false
    if (sliders.some((other) => other.name !== s.name && feed.setting[other.name] !== setting[other.name])) return false
    data.quantities.forEach((name, k) => { values[name] = table[k * s.positions + setting[s.name]] })
    return true
  }

  const move = (s, position) => {
    setting[s.name] = position
    showSlider(s)
    root.classList.toggle("waiting", !lookUp(s))
    draw()
    rest()
  }

  const rest = () => {
    clearTimeout(timer)
    timer = setTimeout(commit, 150)
  }

  // -- to Python and back: one commit under way at a time, the latest wins --

  const commit = () => {
    clearTimeout(timer)
    timer = null
    const wait = 80 - (performance.now() - sent)
    if (inFlight || wait > 0) {
      timer = setTimeout(commit, Math.max(20, wait))
      return
    }
    const send = window.lstmCell?.send
    if (!send) { timer = setTimeout(commit, 50); return }
    inFlight = true
    sent = performance.now()
    clearTimeout(lost)
    lost = setTimeout(() => { inFlight = false }, 3000) // an answer that got lost holds nobody up
    send({ setting: { ...setting }, open: [...open] })
    const query = new URL(window.location.href)
    query.searchParams.set("cell", data.version + "_" + sliders.map((s) => setting[s.name]).join("_"))
    window.history.replaceState(window.history.state, "", query)
  }

  const receive = () => {
    if (!root.isConnected) { // the visitor went to another page
      document.removeEventListener("lstm-cell-data", receive)
      return
    }
    const message = window.lstmCell?.data
    if (!message) return
    inFlight = false
    feed = {
      setting: message.setting,
      tables: Object.fromEntries(Object.entries(message.tables).map(([k, v]) => [k, decode(v)])),
    }
    sliders.forEach(showSlider)
    const fresh = sliders.some((s) => lookUp(s))
    root.classList.toggle("waiting", !fresh)
    draw()
  }
  document.addEventListener("lstm-cell-data", receive)

  // -- one symbol and all that belongs to it light up together --

  const light = (event) => {
    const on = event.type === "pointerover" || event.type === "focusin"
    const symbol = event.target.closest?.(".gate, tr")?.dataset.symbol
    root.classList.toggle("lit", Boolean(on && symbol))
    for (const element of root.querySelectorAll("[data-symbol]")) {
      element.classList.toggle("on", element.dataset.symbol === symbol)
    }
  }
  for (const type of ["pointerover", "pointerout", "focusin", "focusout"]) root.addEventListener(type, light)

  sliders.forEach(showSlider)
  receive()
}
