// What data decide and what then stays: sliders in their drawers, equations, curves, code, presets.

const buildSliders = (root, data, on) => {
  const box = root.querySelector(".sliders")
  const titles = { more: data.overTime ? "More: output gate, candidate, start" : "More: last output and biases", weights: "The eight weights" }
  const byName = Object.fromEntries(data.sliders.map((s) => [s.name, s]))
  const inputs = {}
  const outputs = {}
  for (const [group, names] of Object.entries(data.groups)) {
    if (!names.length) continue
    let place = box
    if (group !== "main") {
      place = document.createElement("details")
      place.dataset.group = group
      place.innerHTML = `<summary>${titles[group]}</summary>`
      box.append(place)
    }
    for (const name of names) {
      const s = byName[name]
      const label = document.createElement("label")
      label.className = "slider"
      label.dataset.own = s.symbol
      label.innerHTML = `<span>${s.label}</span><output></output>`
      const input = document.createElement("input")
      Object.assign(input, { type: "range", min: 0, max: s.positions - 1, step: 1 })
      input.setAttribute("aria-label", s.spoken)
      label.append(input)
      place.append(label)
      inputs[name] = input
      outputs[name] = label.querySelector("output")
      input.addEventListener("pointerdown", () => on.take(s))
      input.addEventListener("focus", () => on.take(s))
      input.addEventListener("pointermove", (e) => { if (e.buttons) on.moving() })
      input.addEventListener("input", () => on.move(s, Number(input.value)))
      input.addEventListener("change", () => on.release())
    }
  }
  return { inputs, outputs }
}

const buildPresets = (root, data, choose) => {
  if (!data.presets.length) return
  const box = document.createElement("div")
  box.className = "presets"
  box.innerHTML = `<p>Eight cells to look at:</p><div role="group" aria-label="Eight cells to look at">` +
    data.presets.map((p, k) => `<button type="button" aria-pressed="false" data-preset="${k}">${p.label}</button>`).join("") +
    `</div><p class="lesson" role="status"></p>`
  root.querySelector(".sliders").insertBefore(box, root.querySelector(".sliders details"))
  box.addEventListener("click", (event) => {
    const button = event.target.closest("[data-preset]")
    if (button) choose(data.presets[button.dataset.preset])
  })
}

const equation = (e) => `<span class=formula>= ${e.formula}</span> <span class=numbers>= ${e.numbers}</span>`

const buildReading = (root, data) => {
  root.querySelector(".line").innerHTML = data.equations.map((e) =>
    `<div data-line="${e.symbol}"><i class=symbol data-own="${e.symbol}">${e.left}</i> ${equation(e)} ` +
    `<span class=numbers>= <b data-value="${e.symbol}" data-own="${e.symbol}"></b></span></div>`).join("")
  root.querySelector(".equations").innerHTML = `<table><tbody>${data.equations.map((e) =>
    `<tr data-symbol="${e.symbol}" tabindex="0"><th scope="row" data-own="${e.symbol}">${e.left}</th><td>${equation(e)}</td>` +
    `<td><b data-value="${e.symbol}" data-own="${e.symbol}"></b></td></tr>`).join("")}</tbody></table>`
  root.querySelector(".curves").innerHTML = data.curves.map((c) =>
    `<figure><svg viewBox="-10 -5 19 10.9" role="img" aria-label="${c.title}">` +
    `<path class="axis" d="M-8 4H8M0 -4.4V4.4M-8 -4H8"/>` +
    `<text x="-7.7" y="5.5">−8</text><text x="0" y="5.5">0</text><text x="8" y="5.5">8</text>` +
    `<text x="-8.4" y="-3.6" class="end">1</text><text x="-8.4" y="4.4" class="end">${c.low === 0 ? "0" : "−1"}</text>` +
    `<polyline class="curve" points="${c.points}"/>` +
    c.dots.map((d) => `<circle r=".5" data-symbol="${d.symbol}" data-own="${d.symbol}" data-dot="${d.z},${d.value}" data-low="${c.low}"/>`).join("") +
    `</svg><figcaption>${c.title}</figcaption></figure>`).join("")
  const code = root.querySelector(".code")
  for (const { text, symbol } of data.source) {
    const line = document.createElement("span")
    line.textContent = text + "\n"
    if (symbol) Object.assign(line.dataset, { symbol, own: symbol })
    code.append(line)
  }
}

const paint = (root, colour) => {
  for (const element of root.querySelectorAll("[data-own]")) {
    element.style.setProperty("--own", colour(element.dataset.own))
  }
}

// -- drawing numbers into what was built --

// Widths of wires: gates by their share, states by how far they are from 0, up to 4.
const thickness = (name, hundredths) => {
  const size = Math.abs(hundredths) / 100
  const isState = ["C", "C_prev", "kept_part", "x"].includes(name)
  return 2.5 + 9 * Math.min(1, isState ? Math.sqrt(size / 4) : size)
}

// Everything that shows a number, found once: looking for it in every frame costs more than drawing it.
const collect = (root) => ({
  texts: [...root.querySelectorAll("[data-value]")].map((element) => ({ element, name: element.dataset.value })),
  wires: [...root.querySelectorAll("[data-width]")].map((element) => ({ element, name: element.dataset.width })),
  gauges: [...root.querySelectorAll("[data-gauge]")].map((element) => ({
    element, name: element.dataset.gauge, from: Number(element.dataset.from), height: Number(element.dataset.height),
  })),
  dots: [...root.querySelectorAll("[data-dot]")].map((element) => {
    const [z, value] = element.dataset.dot.split(",")
    return { element, z, value, low: Number(element.dataset.low) }
  }),
})

const drawNumbers = (found, data, values) => {
  for (const item of found.texts) {
    if (!(item.name in values)) continue
    put(item.element, item.name === "half_life" ? steps(values[item.name], data.largest) : formatted(values[item.name]))
  }
  for (const { element, name } of found.wires) {
    const value = values[name] ?? 0
    element.style.setProperty("--width", thickness(name, value))
    element.style.opacity = 0.4 + 0.6 * Math.min(1, Math.abs(value) / 100)
    element.classList.toggle("negative", value < 0)
  }
  for (const { element, name, from, height } of found.gauges) {
    const filled = height * Math.min(1, Math.abs(values[name] ?? 0) / 100)
    set(element, "y", from + height - filled)
    set(element, "height", filled)
    element.classList.toggle("negative", values[name] < 0)
  }
  for (const { element, z, value, low } of found.dots) {
    set(element, "cx", Math.max(-8, Math.min(8, values[z] / 100)))
    set(element, "cy", 4 - (8 * (values[value] / 100 - low)) / (1 - low))
  }
}

// What a screen reader is told of the drawing; not at every frame, only when the cell rests.
const describe = (root, data, values) => {
  for (const part of root.querySelectorAll("[data-name]")) {
    set(part, "aria-label", `${part.dataset.name}: ${formatted(values[part.dataset.symbol] ?? 0)}`)
  }
  const told = [["f", "forget gate"], ["i", "input gate"], ["C_tilde", "candidate"], ["o", "output gate"], ["C", "cell state"], ["h", "hidden state"]]
  for (const drawing of root.querySelectorAll("[data-drawing]")) {
    set(drawing, "aria-label", "The LSTM cell. " + told.map(([n, word]) => `${word} ${formatted(values[n] ?? 0)}`).join(", "))
  }
}
