// Networks that a class has the server train: how far they are, and which failed, for a look with the doctor.

/** @import { Run, RunTable } from "../../types.js" */
/** @import { Desk } from "../desk.js" */
/** @import { View } from "../types.js" */

import { element } from "../../../shared/dom.js"
import { lowered } from "../../markup.js"
import { countOf, courseText, pushButton, redraw } from "./texts.js"

const NEXT_LOOK = 2_000 // milliseconds between two looks at what has come
const MOST_SEEDS = 3 // of runs that failed in the same way

/**
 * The runs that failed, those of one setup with one diagnosis together, the most frequent first. What stands
 * behind the colon of a diagnosis are the numbers of its run.
 * @param {RunTable} table
 * @returns {{setup: string, diagnosis: string, runs: Run[]}[]}
 */
export function failures({ setups, runs }) {
  /** @type {Map<string, {setup: string, diagnosis: string, runs: Run[]}>} */
  const groups = new Map()
  for (const run of runs.filter(({ done, learned }) => done && !learned)) {
    const setup = setups[run.setup].name, [diagnosis] = (run.diagnosis ?? "").split(": ")
    const name = `${setup} ${diagnosis}`
    const group = groups.get(name) ?? { setup, diagnosis, runs: [] }
    group.runs.push(run)
    groups.set(name, group)
  }
  return [...groups.values()].sort((one, other) => other.runs.length - one.runs.length)
}

/**
 * @param {Desk} desk
 * @returns {View}
 */
export function runsView(desk) {
  const count = element("p", { class: "trained", role: "status" }), learned = element("p", { class: "row" })
  const fill = element("div"), bar = element("div", { class: "share" }, fill)
  const reply = element("div"), list = element("div", { class: "failures" })
  const words = { class: "runs", "aria-label": "Networks" }
  const root = element("section", words, count, bar, learned, reply, list)
  /** @type {RunTable | null} */
  let table = null
  let watched = "" // the room and its asking

  /** @param {string} key */
  async function look(key) {
    if (key !== watched || desk.room?.closed) return
    try {
      const { room } = desk, id = key.split("/")[1]
      const now = await room?.send("GET", `/runs/${id}`)
      if (key !== watched || !now) return
      table = now
      desk.changed()
    } catch {
      // they have not begun, or the server is not reached: it looks again
    }
    if (key === watched && table?.truth == null) setTimeout(() => look(key), NEXT_LOOK)
  }

  function update() {
    const { room, result, isPast } = desk
    const isOn = result?.experiment && result.stage === "revealed" && desk.state?.asking?.stage === "revealed"
    const key = isOn ? `${room?.code}/${result.id}` : ""
    if (key !== watched) {
      watched = key
      table = null
      if (key) look(key)
    }
    root.hidden = !key || isPast
    if (root.hidden) return
    const { done = 0, runs = [], setups = [], learned: counts = [] } = table ?? {}
    const step = Math.max(0, ...runs.map(({ points }) => points.at(-1)?.[0] ?? 0))
    const isFirst = done === 0 && step > 0
    redraw(count, [done, runs.length, isFirst && step], () => (isFirst
      ? [element("span", { class: "unit" }, `Update ${step} of ${table?.axis.last}, ${runs.length} networks`)]
      : runs.length ? [
        element("strong", { class: "huge" }, String(done)),
        element("span", { class: "unit" }, `of ${runs.length} networks are done`),
      ]
      : [element("span", { class: "unit" }, "The networks begin to train …")]))
    bar.hidden = runs.length > 0 && done === runs.length
    const share = isFirst ? step / (table?.axis.last ?? 1) : done / (runs.length || 1)
    fill.style.width = `${Math.round(100 * share)}%`
    redraw(learned, [counts, setups], () => setups.map(({ name }, at) => {
      const count = element("b", {}, String(counts[at] ?? 0))
      return element("span", { class: "learned" }, count, ...lowered(` learned it with ${name}`))
    }))
    redraw(reply, table?.reply, () => (table?.reply ? [courseText("p", { html: table.reply })] : []))
    const isDone = table !== null && table.truth !== null
    redraw(list, isDone ? watched : "", () => (table && isDone ? drawFailures(table) : []))
  }

  /** @param {RunTable} whole */
  function drawFailures(whole) {
    const rows = failures(whole).map(({ setup, diagnosis, runs }) => {
      const which = element("b", {}, ...lowered(`${countOf(runs.length, "network")} with ${setup}. `))
      const looks = runs.slice(0, MOST_SEEDS).map(({ seed, link }) =>
        pushButton(`seed ${seed}`, () => desk.project(link), {
          "aria-label": `Look at the network with ${setup} and seed ${seed} on the projector`,
        }))
      const row = element("p", { class: "row small" }, "Look at it on the projector:", ...looks)
      const { seed, diagnosis: whole = "" } = runs[0], numbers = whole.slice(diagnosis.length + 2)
      const example = numbers ? `${diagnosis}. Seed ${seed}: ${numbers}` : diagnosis
      return element("li", {}, element("p", {}, which, example), row)
    })
    return rows.length ? [element("h3", {}, "What failed"), element("ul", {}, ...rows)] : []
  }
  return { root, update }
}
