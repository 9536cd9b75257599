// Numbers of the loss curves: unpacked, and as text by looking up.  Python sends whole numbers, thousandths
// of a loss and hundredths of a norm's logarithm.

const NAN = -32768, INFINITE = -32767, ZERO = -32766, BEYOND = 1000
const MANTISSAS = Array.from({ length: 100 }, (_, k) => (10 ** (k / 100)).toFixed(1))

const raised = (n) => String(n).replace(/[-\d]/g, (c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]))
const grouped = (n) => n.toLocaleString("en-US")
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer
const short = (text) => new Int16Array(bytes(text))

function power(log) {
  const exponent = Math.floor(log / 100), mantissa = MANTISSAS[log - exponent * 100], digits = mantissa.replace(".", "")
  if (exponent === 0) return mantissa
  if (exponent < 0 && exponent > -3) return "0." + "0".repeat(-1 - exponent) + digits
  if (exponent === 1 || exponent === 2) return digits + "0".repeat(exponent - 1)
  return `${mantissa} · 10${raised(exponent)}`
}
const special = { [NAN]: "not a number", [INFINITE]: "more than any number", [ZERO]: "exactly 0" }
const lossText = (code) => special[code] ?? (code < 0 ? power(-code - BEYOND) : (code / 1000).toFixed(3))
const normText = (code) => special[code] ?? power(code)

// A run with its numbers unpacked; steps up to `last` have two bytes if that is enough.
function decoded(run, last) {
  const steps = (text) => new (last < 65536 ? Uint16Array : Uint32Array)(bytes(text))
  return {
    ...run, step: steps(run.step), loss: short(run.loss), norm: run.norm && short(run.norm),
    validationStep: steps(run.validation_step), validation: short(run.validation),
  }
}
