// Numbers of the loss curves: unpacked, and as text by looking up. Python sends whole numbers, thousandths
// of a loss and hundredths of a norm's logarithm (`visualization/drawings/loss_codes.py`).

/** @import { Run, UnpackedRun } from "./types.js" */
import { decodeInt16, decodeUint16, decodeUint32, superscript } from "../shared/numbers.js"

// Codes of what has no place on an axis; a loss above it is minus (BEYOND + hundredths of its logarithm).
export const NAN = -32768, INFINITE = -32767, ZERO = -32766, BEYOND = 1000
const MANTISSAS = Array.from({ length: 100 }, (_, k) => (10 ** (k / 100)).toFixed(1))

/** @type {Record<number, string>} */
const SPECIAL = { [NAN]: "not a number", [INFINITE]: "more than any number", [ZERO]: "exactly 0" }

/**
 * Write a whole number with commas between thousands.
 * @param {number} n
 */
export const grouped = (n) => n.toLocaleString("en-US")

/**
 * Write the number that has this logarithm.
 * @param {number} log hundredths
 */
export function antilogarithm(log) {
  const exponent = Math.floor(log / 100)
  const mantissa = MANTISSAS[log - exponent * 100], digits = mantissa.replace(".", "")
  if (exponent === 0) return mantissa
  if (exponent < 0 && exponent > -3) return "0." + "0".repeat(-1 - exponent) + digits
  if (exponent === 1 || exponent === 2) return digits + "0".repeat(exponent - 1)
  return `${mantissa} · 10${superscript(exponent)}`
}

/**
 * Write the loss of a code.
 * @param {number} code
 */
export const lossText = (code) =>
  SPECIAL[code] ?? (code < 0 ? antilogarithm(-code - BEYOND) : (code / 1000).toFixed(3))

/**
 * Write the gradient norm of a code.
 * @param {number} code
 */
export const normText = (code) => SPECIAL[code] ?? antilogarithm(code)

/**
 * Unpack a run, unless its numbers are those of before; steps up to `last` have two bytes if that is enough.
 * @param {Run} run
 * @param {number} last
 * @param {UnpackedRun} [before]
 * @returns {UnpackedRun}
 */
export function unpackRun(run, last, before) {
  const { step, loss, norm, validation_step, validation, up } = run
  const packed = JSON.stringify([last, step, loss, norm, validation_step, validation, up])
  if (before?.packed === packed) {
    return {
      ...run, step: before.step, loss: before.loss, norm: before.norm, validationStep: before.validationStep,
      validation: before.validation, xs: before.xs, packed,
    }
  }
  const steps = last < 65536 ? decodeUint16 : decodeUint32
  return {
    ...run, step: steps(step), loss: decodeInt16(loss), norm: norm ? decodeInt16(norm) : null,
    validationStep: steps(validation_step), validation: decodeInt16(validation), xs: [], packed,
  }
}
