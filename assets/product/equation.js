// The factor of a step with its numbers: matrices and arrows as grids between two brackets.

/**
 * Texts of a step, as Python writes them: both factors, their product, the arrow before and after.
 * @typedef {object} Factors
 * @property {string[][]} weights
 * @property {string[][]} slopes
 * @property {string[][]} matrix
 * @property {string[][]} before
 * @property {string[][]} after
 * @property {string} from
 * @property {string} to
 */

/**
 * @param {string[][]} rows
 * @param {string} name HTML
 * @param {string} kind
 */
function grid(rows, name, kind) {
  const cells = rows.flat().map((text) => `<span>${text}</span>`).join("")
  return `<span class="term ${kind}"><small>${name}</small>` +
    `<span class="grid" style="grid-template-columns:repeat(${rows[0].length},auto)">${cells}</span></span>`
}

/**
 * Both lines: the factor of the step, and what it makes of the arrow.
 * @param {Factors | null} factors null at the last step, where there is none
 */
export function equation(factors) {
  if (!factors) return ""
  const { weights, slopes, matrix, before, after, from, to } = factors, sign = (/** @type {string} */ text) =>
    `<span class="sign">${text}</span>`
  const factor = grid(matrix, "factor", "factor"), h = `h<sub>${from}</sub>`
  return `<span class="line">${factor}${sign("=")}${grid(weights, "W<sub>h</sub><sup>T</sup>", "weights")}` +
    `${sign("·")}${grid(slopes, `diag(1 − ${h}²)`, "slopes")}</span>` +
    `<span class="line">${grid(after, `∂L/∂h<sub>${to}</sub>`, "after")}${sign("=")}` +
    `${grid(matrix, "factor", "factor")}${sign("·")}${grid(before, `∂L/∂${h}`, "before")}</span>`
}
