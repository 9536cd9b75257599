// What a panel's challenge says of an attempt.

/** @import { Panel } from "./types.js" */
import { tellAttempt } from "../shared/attempt.js"

/**
 * Tell the bar of a class of an attempt with the setting that the address has.
 * @param {Panel} panel
 * @param {boolean} solved
 * @param {string} fails what fails, in a line
 */
export function tellOfPanel({ address, data: { page, look, byPost } }, solved, fails) {
  const query = byPost ? "" : address.link().search.slice(1) // a visitor's own text stands in no address
  tellAttempt({ name: `${page}/${look.name}`, solved, fails, query })
}
