// Streaming: a text that has been computed is shown at a pace that can be read; it can be stopped and skipped.

const PACE = 40 // characters a second

function buildReveal(place, state) {
  state.buttons = make(place, "div", "buttons")
  state.pauseButton = make(state.buttons, "button")
  state.allButton = make(state.buttons, "button", "", "Show all")
  state.pauseButton.onclick = () => (state.running ? stop(state) : run(state))
  state.allButton.onclick = () => reveal(state, Infinity)
  state.buttons.hidden = true
}

function startReveal(state, from) {
  state.revealed = from
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return reveal(state, Infinity)
  reveal(state, from + 1) // the first character comes at once
  run(state)
}

function run(state) {
  state.running = true
  let before = performance.now(), owed = 0
  const frame = (now) => {
    if (!state.running) return
    owed += ((now - before) * PACE) / 1000
    before = now
    if (owed >= 1) reveal(state, state.revealed + Math.floor(owed))
    owed %= 1
    if (state.running) requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  say(state.pauseButton, "Stop")
}

function stop(state) {
  state.running = false
  say(state.pauseButton, "Go on")
}

function reveal(state, upto) {
  const { spans, paper } = state.texts[0], end = Math.min(upto, spans.length)
  spans.forEach((span, k) => { if (span.hidden !== k >= end) span.hidden = k >= end })
  state.revealed = end
  if (end === spans.length) stop(state)
  state.buttons.hidden = end === spans.length
  state.panel.place.classList.toggle("later", end < spans.length) // what comes is not told before it is seen
  if (upto !== Infinity) paper.scrollTop = paper.scrollHeight
}
