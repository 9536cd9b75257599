// Numbers of the live cell: unpacked and put in their places, never computed.

// How many steps a half-life is; from the largest number that Python sends on, only that it is more.
const steps = (tenths, largest) => {
  if (tenths >= largest) return "> 3,000"
  return `${tenths >= 1000 ? Math.round(tenths / 10) : formatted(tenths, 1)} steps`
}

// Nothing is touched that stays as it is: the browser would lay it out and paint it again.
const put = (element, text) => { if (element.textContent !== text) element.textContent = text }
const set = (element, name, value) => {
  const text = String(value)
  if (element.getAttribute(name) !== text) element.setAttribute(name, text)
}

// What Python packed: base64, all low bytes before all high ones; what is large is deflated as well.
const decoded = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0))

const joined = (planes) => {
  const size = planes.length / 2
  const numbers = new Int16Array(size)
  for (let k = 0; k < size; k++) numbers[k] = planes[k] | (planes[size + k] << 8)
  return numbers
}

const unpack = async (text) => {
  const stream = new Blob([decoded(text)]).stream().pipeThrough(new DecompressionStream("deflate"))
  return joined(new Uint8Array(await new Response(stream).arrayBuffer()))
}

// Parts by name, from one array after the other.
const split = (numbers, parts) => {
  const found = {}
  let from = 0
  for (const [name, size] of parts) {
    found[name] = numbers.subarray(from, from + size)
    from += size
  }
  return found
}
