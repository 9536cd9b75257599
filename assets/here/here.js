// The address of the page as the browser shows it: a run of the server sees the one before the last moves.

/** @import { Component } from "../shared/streamlit.js" */

const EVERY = 500 // milliseconds

/** @param {Component<unknown>} component */
export default function ({ setStateValue }) {
  let last = ""
  const tell = () => {
    if (location.href === last) return
    last = location.href
    setStateValue("href", last)
  }
  tell()
  const timer = setInterval(tell, EVERY)
  return () => clearInterval(timer)
}
