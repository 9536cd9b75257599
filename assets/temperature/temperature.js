// One distribution under a temperature slider.  Python sends what it is at every temperature of the slider.

const states = new WeakMap()

function build(root) {
  const state = { root, rows: [] }
  const head = make(root, "label", "head")
  state.label = make(head, "span")
  state.slider = make(head, "input")
  state.slider.type = "range"
  state.slider.setAttribute("aria-label", "Temperature of this distribution")
  state.slider.min = 0
  state.slider.step = 1
  state.slider.oninput = () => show(state, Number(state.slider.value))
  state.list = make(root, "div", "list")
  state.says = make(root, "p", "says")
  states.set(root, state)
  return state
}

function make(parent, tag, className = "") {
  return parent.appendChild(Object.assign(document.createElement(tag), { className }))
}

function draw(root, data) {
  const state = states.get(root) ?? build(root), changed = JSON.stringify(data) !== state.made
  if (!changed) return
  Object.assign(state, { data, made: JSON.stringify(data) })
  root.style.setProperty("--tone", data.tone)
  state.slider.max = data.temperatures.length - 1
  state.list.replaceChildren()
  state.rows = data.chars.map((char) => {
    const row = make(state.list, "div", "row")
    make(row, "span", "char").textContent = char
    const track = make(row, "span", "track")
    return { bar: make(track, "span", "bar"), percent: make(row, "span", "percent") }
  })
  state.slider.value = data.start
  show(state, data.start)
}

function show(state, k) {
  const { data } = state, text = data.temperatures[k]
  state.label.textContent = `Temperature ${text}`
  state.slider.setAttribute("aria-valuetext", text)
  state.rows.forEach(({ bar, percent }, row) => {
    const share = data.shares[k][row]
    bar.style.width = `${share / 100}%`
    percent.textContent = `${(share / 100).toFixed(1)}%`
  })
  state.says.textContent = data.says[k]
}
