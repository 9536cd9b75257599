// One symbol and all that belongs to it light up together.

import { closest, findAll } from "../shared/search.js"

/**
 * @param {HTMLElement} root
 * @param {string} [atRest] the symbol whose equation stands in the line when nothing is pointed at
 */
export function listenForSymbols(root, atRest = "C") {
  for (const type of ["pointerover", "pointerout", "focusin", "focusout"]) {
    root.addEventListener(type, (event) => {
      const isOn = type === "pointerover" || type === "focusin"
      light(root, isOn ? symbolOf(root, event) : null, atRest)
    })
  }
  showEquation(root, atRest)
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
 * @param {string} atRest
 */
function light(root, symbol, atRest) {
  root.classList.toggle("lit", symbol !== null)
  for (const element of findAll(root, "[data-symbol]")) {
    const symbols = (element.dataset.symbol ?? "").split(" ")
    element.classList.toggle("on", symbol !== null && symbols.includes(symbol))
  }
  showEquation(root, symbol ?? atRest)
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
