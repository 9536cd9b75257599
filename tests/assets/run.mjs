// Applies a function to modules of assets/, as one object, and an input; all come from standard input. Prints
// the result.

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

let text = ""
for await (const part of process.stdin) text += part
const { files, function: source, input } = JSON.parse(text, revive)
const modules = files.map((file) => import(new URL(`../../assets/${file}`, import.meta.url)))
const result = await eval(source)(Object.assign({}, ...(await Promise.all(modules))), input)
process.stdout.write(JSON.stringify(result, replace))
