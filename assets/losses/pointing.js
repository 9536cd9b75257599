// What is said of a step, by pointer or by key.

function nearest(xs, x) {
  let best = -1
  xs.forEach((own, k) => { if (best < 0 || Math.abs(own - x) < Math.abs(xs[best] - x)) best = k })
  return best
}

function say(state, x) {
  const found = state.decoded.map((run) => nearest(run.xs, x))
  const distance = (run, k) => (found[k] < 0 ? Infinity : Math.abs(run.xs[found[k]] - x))
  const order = state.decoded.map((run, k) => [distance(run, k), k]).sort((a, b) => a[0] - b[0])
  const [away, chosen] = order[0] ?? [Infinity]
  if (away === Infinity) return quiet(state)
  const step = state.decoded[chosen].step[found[chosen]], place = state.at.x(step)
  state.x = place
  set(state.cursor, { d: `M${place} ${TOP}V${state.at.bottom}` })
  state.tip.replaceChildren()
  make(state.tip, "div", {}, `step ${grouped(step)}`)
  state.decoded.forEach((run, k) => {
    if (found[k] >= 0 && Math.abs(run.xs[found[k]] - place) < 12) told(state, run, found[k], step)
  })
  if (state.data.runs.some((run) => run.means)) make(state.tip, "small", {}, "means over nearby steps")
  state.tip.hidden = false
  const shown = (place * state.root.clientWidth) / state.W, wide = state.tip.offsetWidth
  const left = shown + 12 + wide <= state.root.clientWidth ? shown + 12 : shown - 12 - wide
  state.tip.style.left = `${Math.max(0, left)}px`
  state.tip.style.top = `${state.legend.offsetHeight + state.notes.offsetHeight + TOP + 8}px`
}

function told(state, run, k, step) {
  const block = make(state.tip, "div", { class: "run", style: `color: ${run.colours[1]}` })
  if (state.decoded.length > 1) make(block, "b", {}, run.name)
  make(block, "div", {}, `training ${lossText(run.loss[k])}`)
  const before = run.validationStep.findLastIndex((measured) => measured <= step)
  if (before >= 0) {
    const when = run.validationStep[before] === step ? "" : ` (step ${grouped(run.validationStep[before])})`
    make(block, "div", {}, `validation ${lossText(run.validation[before])}${when}`)
  }
  if (run.norm) make(block, "div", {}, `gradient norm ${normText(run.norm[k])}`)
}

function quiet(state) {
  state.tip.hidden = true
  set(state.cursor, { d: "" })
}

function pointing(state) {
  const point = (event) => {
    const frame = state.picture.getBoundingClientRect()
    const x = ((event.clientX - frame.left) * state.W) / frame.width
    if (x < L - 6 || x > state.W - R + 6) quiet(state)
    else say(state, x)
  }
  state.picture.onpointermove = state.picture.onpointerdown = point
  state.picture.onpointerleave = state.picture.onblur = () => quiet(state)
  state.picture.onkeydown = (event) => {
    const { xs } = state.decoded[0] ?? { xs: [] }, now = state.tip.hidden ? -1 : nearest(xs, state.x)
    const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: xs.length - 1 }[event.key]
    if (event.key === "Escape") quiet(state)
    if (to === undefined) return
    event.preventDefault()
    if (xs.length) say(state, xs[Math.max(0, Math.min(xs.length - 1, to))])
  }
}
