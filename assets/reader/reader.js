// The reader: texts to walk through, what was expected at the chosen character, and heat maps of what the
// network did with it.  Python computed all of it; here it is looked up, and what was chosen is sent back.

const REST = 250 // milliseconds without another choice, after which Python is told
const states = new WeakMap()

function build(root) {
  const state = { root, at: 0, unit: -1, texts: [], maps: [] }
  buildReveal(root, state)
  for (const place of ["maps", "texts"]) state[`${place}Place`] = make(root, "div", place)
  state.panel = buildPanel(root)
  states.set(root, state)
  document.addEventListener("lstm-pointer", function listen() {
    if (root.isConnected) moved(state)
    else document.removeEventListener("lstm-pointer", listen)
  })
  return state
}

function draw(root, data) {
  const state = states.get(root) ?? build(root), before = state.data
  state.data = data
  root.style.setProperty("--tone", data.tone)
  root.style.setProperty("--grey", data.grey)
  root.style.setProperty("--mark", data.mark)
  number(state.texts, data.texts, (k) => buildText(state.textsPlace, state, k))
  number(state.maps, data.maps, () => buildMap(state.mapsPlace, state))
  root.classList.toggle("two", data.texts.length > 1)
  const changed = data.texts.map((text, k) => fillText(state.texts[k], text, text.alt)).some(Boolean)
  data.maps.forEach((map, k) => Object.assign(state.maps[k], { number: k }))
  data.maps.forEach((map, k) => fillMap(state.maps[k], data, map))
  state.details = data.details ? decodeDetails(data.details) : null
  if (changed && state.running) reveal(state, Infinity)
  moved(state, changed)
  if (before && data.stream !== before.stream) startReveal(state, data.texts[0].start)
  else if (changed) reveal(state, Infinity)
}

// What Python has chosen travels by itself, in a message of a few bytes: lstmPointers holds the newest.
function moved(state, anew) {
  const { at, unit } = window.lstmPointers?.[state.data.key] ?? { at: 0, unit: -1 }
  // What the visitor has chosen meanwhile counts; Python will hear of it.
  if (!state.waiting || anew) Object.assign(state, { at, unit })
  show(state)
}

function number(list, wanted, built) {
  while (list.length > wanted.length) (list.at(-1).box ?? list.at(-1).paper.parentElement).remove(), list.pop()
  while (list.length < wanted.length) list.push(built(list.length))
}

function show(state) {
  const { data, texts, maps, at } = state
  texts.forEach((own, k) => {
    const map = maps[k], tints = data.texts[k].tints
    colourText(own, map ? rowOf(map, data, state.unit) : tints && signed(tints), data, data.units.indexOf(state.unit))
    markText(own, at)
  })
  maps.forEach((map) => point(map, state))
  fillPanel(state.panel, state.details, texts[0].chars, at)
}

function choose(state, at) {
  if (state.running) reveal(state, Infinity)
  state.panel.place.classList.remove("later")
  state.at = at
  show(state)
  tell(state)
}

function pick(state, unit, column) {
  Object.assign(state, { unit, at: column })
  show(state)
  tell(state)
}

function tell(state) {
  clearTimeout(state.waiting)
  state.waiting = setTimeout(() => {
    state.waiting = 0
    state.root.send?.("chosen", [state.at, state.unit])
  }, REST)
}
