// The small part of the lecturer's screen that Streamlit sends: it loads the screen itself (host.js) by an
// address of the server, without which there is no class either.

/** @import { Component } from "../../shared/streamlit.js" */
/** @import { HostData } from "./types.js" */
import { loadModule } from "../../shared/module.js"

const UNREACHED = "The server can’t be reached at present. Reload the page in a moment."

/** @param {Component<[HostData & {version: string}]>} component */
export default function (component) {
  /** @type {undefined | (() => void)} */
  let close
  let isOver = false
  loadModule("classroom/host/host.js", component.data[0].version).then(
    (/** @type {{default: (component: Component<[HostData]>) => () => void}} */ screen) => {
      if (!isOver) close = screen.default(component)
    },
    () => {
      const place = component.parentElement.querySelector("[data-host]")
      if (place) place.textContent = UNREACHED
    },
  )
  return () => {
    isOver = true
    close?.()
  }
}
