// One task of run.mjs, in a thread of its own, so that modules and globals are new each time: reads a script, or
// applies a function to modules of assets/, as one object, and an input. Tells the result as JSON.

import { SourceTextModule } from "node:vm"
import { parentPort, workerData } from "node:worker_threads"

const LISTS = { int16: Int16Array, uint8: Uint8Array }

// JSON has neither typed arrays nor NaN.
const revive = (key, value) => {
  const [kind] = value && typeof value === "object" ? Object.keys(value) : []
  return kind in LISTS ? LISTS[kind].from(value[kind]) : value
}
const replace = (key, value) => {
  if (ArrayBuffer.isView(value)) return Array.from(value)
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value
}

const { script, files, function: source, input } = JSON.parse(workerData, revive)
let result = null
if (script !== undefined) new SourceTextModule(script) // throws where it is no JavaScript
else {
  const modules = files.map((file) => import(new URL(`../../assets/${file}`, import.meta.url)))
  result = await eval(source)(Object.assign({}, ...(await Promise.all(modules))), input)
}
parentPort.postMessage(JSON.stringify(result, replace) ?? "null")
process.exit() // whatever a test has left running ends here
