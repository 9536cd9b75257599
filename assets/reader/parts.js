// What the parts of the reader share: elements, numbers that Python packed, characters that can be seen.

const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
const short = (text) => new Uint16Array(bytes(text).buffer)
const signed = (text) => new Int16Array(bytes(text).buffer)
const hundredths = (n) => (n / 100).toFixed(2)
const written = (n) => `${n < 0 ? "−" : ""}${hundredths(Math.abs(n))}`
const percent = (n) => (n >= 100 ? `${Math.round(n / 100)}%` : n > 0 ? "< 1%" : "0%")
const seen = (char) => ({ " ": "␣", "\n": "⏎", "\t": "⇥" })[char] ?? char
// Mixed with the page, so that what is written on it can be read.
const faint = (colour) => `color-mix(in srgb, ${colour} 45%, transparent)`

function make(parent, tag, className = "", text = "") {
  const made = Object.assign(document.createElement(tag), { className })
  if (text) made.textContent = text // always as text: a visitor may have written it
  return parent.appendChild(made)
}
function say(element, text) {
  if (element.textContent !== text) element.textContent = text
}

// The colour of a value: of a unit with its own scale by where it lies on it; else by the bounds of the
// palette's colours, which are in rising order.
function colourOf(value, { bounds, palette, spans }, row) {
  if (spans) {
    const [start, end] = spans[row], share = Math.max(0, Math.min(1, (value - start) / (end - start)))
    return palette[Math.round(share * (palette.length - 1))]
  }
  let low = 0, high = bounds.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (bounds[middle] <= value) low = middle + 1
    else high = middle
  }
  return palette[low]
}
