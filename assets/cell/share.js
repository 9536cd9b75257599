// Taking the cell along: its link, and a script that prints its numbers.

/** @import { Cell } from "./types.js" */
import { element, find } from "../shared/dom.js"
import { closest } from "../shared/search.js"
import { formatNumber } from "../shared/numbers.js"
import { axisLabel } from "./lookup.js"

/** @param {Cell} cell */
export function listenForSharing(cell) {
  const share = find(cell.root, ".share"), status = find(share, ".shared")
  share.addEventListener("click", async (event) => {
    const kind = closest(event, "[data-share]")?.dataset.share
    if (!kind) return
    if (kind === "script") {
      download("lstm_cell.py", script(cell))
      status.textContent = "Run the script with: python lstm_cell.py"
    } else {
      cell.address.write(true)
      const isCopied = await copy(cell.address.link().href)
      const success = "The link is copied. It opens exactly this cell."
      const failure = "The link stands in the address bar."
      status.textContent = isCopied ? success : failure
    }
  })
}

/** @param {string} text */
const copy = (text) => navigator.clipboard?.writeText(text).then(() => true, () => false) ?? false

/**
 * The script with this cell's setting and inputs.
 * @param {Cell} cell
 */
function script({ data, fixed, positions, values, answer }) {
  const plain = (/** @type {number} */ whole) => formatNumber(whole).replace("−", "-")
  const lines = data.sliders.filter(({ name }) => name !== "x")
    .map((slider) => `    "${slider.name}": ${plain(axisLabel(slider, positions[slider.name]))},`)
  const x = data.overTime && answer ? Array.from(answer.x) : [values.x]
  return fixed.script.replace("{setting}", () => lines.join("\n"))
    .replace("{inputs}", () => x.map(plain).join(", "))
}

/**
 * @param {string} name
 * @param {string} text
 */
function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/x-python" }))
  element("a", { href: url, download: name }).click()
  URL.revokeObjectURL(url)
}
