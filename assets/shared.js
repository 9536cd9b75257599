// What several components need: numbers as text, and whether the theme is dark.  Python sends whole
// numbers, hundredths or tenths.

const SCALE = { 1: 10, 2: 100 }

const formatted = (whole, digits = 2) => {
  const text = (Math.abs(whole) / SCALE[digits]).toFixed(digits)
  return whole < 0 ? "−" + text : text
}

const isDark = (root) => {
  const probe = document.createElement("span")
  probe.style.color = "var(--st-background-color)"
  root.append(probe)
  const [r, g, b] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number)
  probe.remove()
  return r + g + b < 384
}
