// Curves over steps on a logarithmic axis.  Python sends the logarithms, in hundredths; here they become
// pixels, and text by looking up the hundred mantissas that there are.

const L = 52, R = 10, TOP = 8, BOTTOM = 40, H = 305

const raised = (n) => String(n).replace(/[-\d]/g, (c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]))
const power = (n) => (n === 0 ? "1" : `10${raised(n)}`)

export default function (component) {
  const { data, parentElement } = component
  const root = parentElement.querySelector(".curves")
  const picture = root.querySelector(".picture")
  const tip = root.querySelector(".tip")
  const W = Math.max(280, root.clientWidth)
  const { low, high, steps } = data
  const x = (back) => L + (back * (W - L - R)) / Math.max(1, steps - 1)
  const y = (log) => TOP + ((high * 100 - Math.max(low * 100, Math.min(high * 100, log))) * (H - TOP - BOTTOM)) / ((high - low) * 100)
  const written = (log) => {
    const exponent = Math.floor(log / 100)
    const mantissa = data.mantissas[log - exponent * 100]
    return exponent === 0 ? mantissa : `${mantissa} · 10${raised(exponent)}`
  }

  const every = Math.max(1, Math.ceil((high - low) / 8))
  const across = Math.max(1, Math.ceil(steps / (W < 500 ? 5 : 20) / 5) * 5)
  let drawn = ""
  for (let e = low; e <= high; e++) {
    if (e % every) continue
    drawn += `<path class="grid" d="M${L} ${y(e * 100)}H${W - R}"/><text class="tick y" x="${L - 8}" y="${y(e * 100) + 4}">${power(e)}</text>`
  }
  for (let back = 0; back < steps; back += across) drawn += `<text class="tick x" x="${x(back)}" y="${H - 22}">${back}</text>`
  drawn += `<text class="title" x="${(L + W - R) / 2}" y="${H - 3}">steps back in time</text>`
  for (const line of data.references) {
    drawn += `<path class="reference" d="M${L} ${y(line.log)}H${W - R}"/>`
  }
  for (const c of data.curves) {
    const points = c.logs.map((log, back) => `${x(back).toFixed(1)},${y(log).toFixed(1)}`).join(" ")
    drawn += `<polyline class="curve" points="${points}" stroke="${c.colour}" stroke-width="${c.width}" stroke-dasharray="${c.dash}" opacity="${c.opacity}"/>`
    if (c.end) {
      const at = x(c.logs.length), edge = c.end.up ? y(high * 100) : y(low * 100), way = c.end.up ? 10 : -10
      drawn += `<path fill="${c.colour}" d="M${at - 7} ${edge + way}h14L${at} ${edge}z"/>`
    }
    if (c.label && c.logs.length) {
      const last = c.logs.length - 1
      drawn += `<text x="${x(last) - 4}" y="${y(c.logs[last]) + 17}" text-anchor="end" style="fill:${c.colour}">${c.label}</text>`
    }
  }
  // On top of the curves, with an edge that keeps them apart.
  for (const line of data.references) drawn += `<text class="reference-name" x="${L + 6}" y="${y(line.log) - 6}">${line.name}</text>`
  picture.setAttribute("viewBox", `0 0 ${W} ${H}`)
  picture.setAttribute("aria-label", data.alt)
  picture.innerHTML = drawn + `<path class="cursor" d=""/>`
  root.querySelector(".legend").innerHTML = data.curves.filter((c) => !c.label).map((c) =>
    `<span><svg viewBox="0 0 34 8" aria-hidden="true"><path d="M0 4H34" stroke="${c.colour}" stroke-width="${c.width}" stroke-dasharray="${c.dash}"/></svg>${c.name}</span>`).join("")

  // Point at a step, and it says what is left of every curve there.
  picture.onpointermove = (event) => {
    const frame = picture.getBoundingClientRect()
    const back = Math.round((((event.clientX - frame.left) * W) / frame.width - L) / ((W - L - R) / Math.max(1, steps - 1)))
    if (back < 0 || back >= steps) return picture.onpointerleave()
    picture.querySelector(".cursor").setAttribute("d", `M${x(back)} ${TOP}V${H - BOTTOM}`)
    const rows = data.curves.map((c) => {
      const text = back < c.logs.length ? written(c.logs[back]) : c.end ? `${c.end.says}, ${c.logs.length} steps back` : ""
      return `<div style="color:${c.colour}"><b>${c.name}</b> ${text}</div>`
    })
    tip.innerHTML = `<div>${back} steps back</div>${rows.join("")}`
    tip.hidden = false
    tip.style.top = "2.2rem"
    tip.style.left = `${Math.min((x(back) * frame.width) / W + 12, frame.width - tip.offsetWidth)}px`
  }
  picture.onpointerleave = () => {
    tip.hidden = true
    picture.querySelector(".cursor")?.setAttribute("d", "")
  }
}
