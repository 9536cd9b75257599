// The address at which phones join: where this page lies, corrected on a laptop and by the lecturer.

import { askRoom } from "../server.js"

const LONGEST_ADDRESS = 200
const ADDRESS = /^https?:\/\/[^\s/@?#]+(\/[^\s/@?#]+)*$/
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/

/**
 * The phones' address of a room as this page's own says it.
 * @param {string} course  the course's address
 * @param {string} code
 */
export function joinAddress(course, code) {
  return new URL(`j/${code}`, course).href
}

/**
 * Whether an address can be the one that phones of this room take.
 * @param {unknown} address
 * @param {string} code
 */
export function isJoinAddress(address, code) {
  return typeof address === "string" && address.length <= LONGEST_ADDRESS && ADDRESS.test(address)
    && address.endsWith(`/j/${code}`)
}

/**
 * What is read aloud and typed: without http://, and in two parts, the last of which is the code.
 * @param {string} address
 */
export function shortAddress(address) {
  const text = address.replace(/^http:\/\/|^https:\/\//, "")
  const place = text.lastIndexOf("/") + 1
  return [text.slice(0, place), text.slice(place)]
}

/**
 * The same address in the network, if this browser runs on the server's own machine: a phone's localhost is
 * the phone.
 * @param {string} address
 * @param {string} code
 */
export async function networkAddress(address, code) {
  const url = new URL(address)
  if (!LOOPBACK.test(url.hostname)) return address
  const { host } = await askRoom("GET", `/${code}/address`)
  url.host = host
  return url.href
}
