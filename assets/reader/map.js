// A heat map: a row a unit, a column a character.  Python sends a byte for each, its colour and its number.

const TALLEST = 384, SHORTEST = 96 // pixels

function buildMap(place, state) {
  const map = { box: make(place, "div", "box") }
  map.name = make(map.box, "p", "name")
  map.frame = make(map.box, "div", "frame")
  map.canvas = make(map.frame, "canvas")
  map.row = make(map.frame, "i", "unit")
  map.column = make(map.frame, "i", "character")
  map.frame.tabIndex = 0
  map.frame.setAttribute("role", "application")
  map.frame.setAttribute("aria-roledescription", "heat map")
  map.status = make(map.box, "p", "status")
  const where = (event) => {
    const { left, top, width, height } = map.canvas.getBoundingClientRect(), { T, H } = map
    const inside = (x, size, count) => Math.max(0, Math.min(count - 1, Math.floor((x / size) * count)))
    return [inside(event.clientX - left, width, T), inside(event.clientY - top, height, H)]
  }
  map.frame.onpointermove = (event) => readOut(map, state, ...where(event))
  map.frame.onpointerleave = () => point(map, state)
  map.frame.onclick = (event) => {
    const [at, row] = where(event)
    pick(state, state.data.units[row], at)
  }
  map.frame.onkeydown = (event) => {
    const by = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1], PageDown: [0, 10], PageUp: [0, -10],
      Home: [-map.T, 0], End: [map.T, 0] }[event.key]
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const row = Math.max(0, Math.min(map.H - 1, state.data.units.indexOf(state.unit) + by[1]))
    pick(state, state.data.units[row], Math.max(0, Math.min(map.T - 1, state.at + by[0])))
  }
  return map
}

function fillMap(map, data, sent) {
  map.name.hidden = !sent.name
  say(map.name, sent.name)
  map.frame.setAttribute("aria-label", sent.alt)
  const look = JSON.stringify([data.palette, data.spans, data.units.length, data.maps.length])
  if (map.sent === sent.codes && map.look === look) return
  Object.assign(map, { sent: sent.codes, look, codes: signed(sent.codes), H: data.units.length })
  map.T = map.codes.length / map.H
  map.canvas.width = map.T
  map.canvas.height = map.H
  map.frame.style.height = `${Math.max(SHORTEST, Math.min(TALLEST / Math.min(data.maps.length, 1.6), map.H * 6))}px`
  const paper = map.canvas.getContext("2d"), image = paper.createImageData(map.T, map.H)
  const pixels = new Uint32Array(image.data.buffer), colours = new Map() // of the values that occur
  for (let row = 0, k = 0; row < map.H; row++) {
    if (data.spans) colours.clear() // each row has a scale of its own
    for (const end = k + map.T; k < end; k++) {
      const value = map.codes[k]
      if (!colours.has(value)) colours.set(value, pixelOf(colourOf(value, data, row)))
      pixels[k] = colours.get(value)
    }
  }
  paper.putImageData(image, 0, 0)
}

// #rrggbb as a canvas keeps it, red in the lowest byte.
function pixelOf(colour) {
  const n = parseInt(colour.slice(1), 16)
  return (0xff000000 | ((n & 255) << 16) | (n & 0xff00) | (n >> 16)) >>> 0
}

// The values of a unit along the text.
const rowOf = (map, data, unit) => {
  const row = data.units.indexOf(unit)
  return row < 0 ? null : map.codes.subarray(row * map.T, (row + 1) * map.T)
}

function readOut(map, state, at, row) {
  const { data } = state, code = map.codes[row * map.T + at], char = (state.texts[map.number] ?? state.texts[0]).chars[at] ?? ""
  say(map.status, `unit ${data.units[row]}, character ${at + 1} ‘${seen(char)}’: ${data.symbol} = ${written(code)}`)
}

function point(map, state) {
  const row = state.data.units.indexOf(state.unit), at = Math.min(map.T - 1, state.at)
  map.column.hidden = at < 0
  map.row.hidden = row < 0
  map.row.style.cssText = `top: ${(100 * row) / map.H}%; height: ${100 / map.H}%`
  map.column.style.cssText = `left: ${(100 * at) / map.T}%; width: ${100 / map.T}%`
  if (row >= 0 && at >= 0) readOut(map, state, at, row)
}
