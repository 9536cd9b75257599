// One symbol and all that belongs to it light up together.

import { closest, findAll } from "../shared/search.js"

const AT_REST = "C" // whose equation stands in the line when nothing is pointed at

/** @param {HTMLElement} root */
export function listenForSymbols(root) {
  for (const type of ["pointerover", "pointerout", "focusin", "focusout"]) {
    root.addEventListener(type, (event) => {
      const isOn = type === "pointerover" || type === "focusin"
      light(root, isOn ? symbolOf(root, event) : null)
    })
  }
  showEquation(root, AT_REST)
}

/**
 * The symbol that an event is about, if it has an equation.
 * @param {HTMLElement} root
 * @param {Event} event
 */
function symbolOf(root, event) {
  const symbol = closest(event, "[data-symbol]")?.dataset.symbol?.split(" ")[0] ?? null
  return root.querySelector(`tr[data-symbol="${symbol}"]`) ? symbol : null
}

/**
 * @param {HTMLElement} root
 * @param {string | null} symbol
 */
function light(root, symbol) {
  root.classList.toggle("lit", symbol !== null)
  for (const element of findAll(root, "[data-symbol]")) {
    const symbols = (element.dataset.symbol ?? "").split(" ")
    element.classList.toggle("on", symbol !== null && symbols.includes(symbol))
  }
  showEquation(root, symbol ?? AT_REST)
}

/**
 * @param {HTMLElement} root
 * @param {string} symbol
 */
function showEquation(root, symbol) {
  for (const line of findAll(root, "[data-line]")) {
    line.classList.toggle("current", line.dataset.line === symbol)
  }
}
