// The page for phones as phones reach it.

import { joinAddress, networkAddress } from "./projector/joining.js"
import { courseAddress } from "./server.js"

const CORRECTED = "lstm_room/phones"

/**
 * Where students join. On the server's own machine it is the network's address, for no phone knows that
 * one's localhost; what the lecturer has typed counts more.
 * @param {string} code
 */
export async function phonesAddress(code) {
  const corrected = correctedAddress()
  if (corrected) return `${corrected}/j/${code}`
  const address = joinAddress(courseAddress().href, code)
  try {
    return await networkAddress(address, code)
  } catch {
    return address // it can be typed
  }
}

/**
 * What the lecturer has typed as the course's address for phones, in order; "" if it can be none.
 * @param {string} text
 */
export function readAddress(text) {
  const line = text.trim().replace(/\/(?:j\/[^/]*)?$/, "")
  const address = /^https?:\/\//.test(line) ? line : `http://${line}`
  return /^https?:\/\/[A-Za-z0-9.\-[\]:]+(?:\/[A-Za-z0-9._~%-]+)*$/.test(address) ? address : ""
}

function correctedAddress() {
  try {
    return sessionStorage.getItem(CORRECTED) ?? ""
  } catch {
    return ""
  }
}

/** @param {string} address  "" for the one that the server knows */
export function correctAddress(address) {
  try {
    sessionStorage.setItem(CORRECTED, address)
  } catch {
    // no storage: the server's own address stays
  }
}
