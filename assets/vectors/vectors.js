// One character's way through a network: formats numbers and maps them to pixels.  Every number comes
// from Python, in hundredths; nothing of the model is computed here.

const FROM_ZERO = new Set(["f", "i", "o", "y"]) // 0..1: their bars start at the left edge
const HINT = "Unit j of a vector comes from row j of its matrix: point at a unit, or tap it, to follow it " +
  "everywhere. Bars start at the left for numbers from 0 to 1, and in the middle for numbers with a sign."

const bar = (element, value, scale, fromZero) => {
  const share = Math.max(-100, Math.min(100, Math.round(100 * value / scale))) // in percent of a full bar
  const [from, to] = fromZero ? [0, share] : [50 + Math.min(0, share) / 2, 50 + Math.max(0, share) / 2]
  element.style.setProperty("--from", `${from}%`)
  element.style.setProperty("--to", `${to}%`)
}

const drawn = new WeakMap() // what an element shows: most weights stay, and need no work
const already = (element, ...what) => {
  const now = what.join()
  if (drawn.get(element) === now) return true
  drawn.set(element, now)
  return false
}

export default function (component) {
  const { data: palette, parentElement } = component
  const root = parentElement.querySelector(".vectors")
  const tone = isDark(root) ? "dark" : "light"
  for (const [name, tones] of Object.entries(palette)) root.style.setProperty(`--${name}`, tones[tone])
  if (root.dataset.ready) return // the script ran again, for another theme
  root.dataset.ready = "yes"
  const find = (selector) => root.querySelector(selector)
  const all = (selector) => root.querySelectorAll(selector)
  let data = null // what `visualization.vectors.picture` made
  let gate = "f"
  let built = "" // what the present elements were built for
  let pinned = null // the unit that stays lit

  const build = () => {
    const wanted = JSON.stringify([data.H, data.text])
    if (wanted === built) return
    built = wanted
    find(".strip").replaceChildren(...characters(data.text))
    find(".tabs").replaceChildren(...tabs())
    find(".state .row").replaceChildren(...state(data.H))
    find(".output .row").replaceChildren(hidden(data.H), readout(data))
    buildGate()
  }

  const buildGate = () => {
    for (const tab of all("[data-gate]")) tab.setAttribute("aria-pressed", String(tab.dataset.gate === gate))
    find(".gate .equation").replaceChildren(...equation(data, gate))
    find(".wide").replaceChildren(matrix(data, gate))
  }

  const fill = () => {
    for (const element of all("[data-value]")) {
      const { value: name, k } = element.dataset
      const value = data.values[name][k], scale = data.scales[name] ?? 100
      if (already(element, value, scale)) continue
      element.textContent = formatted(value)
      bar(element, value, scale, FROM_ZERO.has(name))
    }
    for (const element of all("[data-weight]")) {
      const [row, column] = element.dataset.weight.split(",")
      const value = data.W[gate][row][column]
      if (already(element, value, data.scales.W)) continue
      element.firstChild.textContent = element.title = formatted(value)
      bar(element, value, data.scales.W, false)
    }
    for (const [selector, text] of Object.entries(data.texts)) find(`.${selector}`).textContent = text
    mark()
    light(pinned)
  }

  const mark = () => {
    for (const element of all("[data-column]")) {
      const hot = Number(element.dataset.column) === data.x
      element.classList.toggle("hot-column", hot)
      const bit = element.querySelector(".bit")
      if (bit) bit.textContent = hot ? "1" : "0"
    }
    for (const line of all("[data-char]")) {
      const right = Number(line.dataset.char) === data.target
      line.classList.toggle("target", right)
      line.querySelector(".mark").textContent = right ? "target" : ""
    }
    for (const button of all("[data-step]")) {
      const step = Number(button.dataset.step)
      button.classList.toggle("now", step === data.t)
      button.classList.toggle("next", step === data.t + 1)
      button.tabIndex = step === data.t ? 0 : -1 // one stop for the Tab key; arrows go on from there
      button.setAttribute("aria-current", step === data.t ? "step" : "false")
      bar(button, data.right[step] ?? 0, 100, true)
    }
  }

  const receive = () => {
    if (!root.isConnected) { // the visitor went to another page
      document.removeEventListener("lstm-vectors-data", receive)
      return
    }
    if (!window.lstmVectors) return
    const held = root.getRootNode().activeElement?.dataset.step // the focus goes along with the character
    data = window.lstmVectors.data
    if (pinned >= data.H) pinned = null
    build()
    fill()
    if (held !== undefined) find(`[data-step="${data.t}"]`).focus()
  }

  // -- one unit lights up in every vector --

  const light = (unit) => {
    root.classList.toggle("lit", unit !== null)
    for (const element of all("[data-unit]")) {
      const own = Number(element.dataset.unit)
      element.classList.toggle("on", own === unit)
      if (element.type === "button") element.setAttribute("aria-pressed", String(own === pinned))
    }
    find(".lens").textContent = unit === null ? HINT : story(unit)
  }

  const story = (unit) => {
    const [, letter, squash, index] = GATES[gate]
    const value = (name) => formatted(data.values[name][unit])
    const z = value(`z_${index}`), place = unit + 1
    return `Unit ${place}: row ${place} of W · [h, x] + ${value(`b_${index}`)} gives z = ${z}, ` +
      `and ${squash}(${z}) = ${value(gate)} is unit ${place} of ${letter}.`
  }

  const unitOf = (event) => {
    const unit = event.target.closest?.("[data-unit]")?.dataset.unit
    return unit === undefined ? null : Number(unit)
  }

  for (const type of ["pointerover", "focusin"]) {
    root.addEventListener(type, (event) => { if (data) light(unitOf(event) ?? pinned) })
  }
  for (const type of ["pointerleave", "focusout"]) {
    root.addEventListener(type, () => { if (data) light(pinned) })
  }

  root.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]")?.dataset.step
    const tab = event.target.closest("[data-gate]")?.dataset.gate
    const unit = unitOf(event)
    if (step !== undefined) window.lstmVectors.choose(Number(step))
    if (tab) {
      gate = tab
      buildGate()
      fill()
    }
    if (unit === null) return
    pinned = pinned === unit ? null : unit
    light(pinned)
  })

  root.addEventListener("keydown", (event) => {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!move || !event.target.closest("[data-step]")) return
    event.preventDefault()
    const next = data.t + move
    if (next >= 0 && next < data.text.length) window.lstmVectors.choose(next)
  })

  document.addEventListener("lstm-vectors-data", receive)
  receive()
}
