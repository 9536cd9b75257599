// Loads the code of a large component by an address of its own: packed, and kept by the browser. Where a host
// lets no plain request through, the code is asked for, and comes through Streamlit's socket.

/** @import { Component, DrawingLook } from "../shared/streamlit.js" */
import { loadModule } from "../shared/module.js"

const PATIENCE = 10_000 // milliseconds until code counts as lost

/** @param {Component<[{name: string, version: string}]>} component */
export default function (component) {
  const [{ name, version }] = component.data
  const loading = (window.lstmLoading ??= new Set())
  loading.add(name)
  const late = new Promise((_, reject) => setTimeout(reject, PATIENCE))
  Promise.race([loadModule(`${name}/${name}.js`, version), late])
    .then((/** @type {{default: (component: Component<DrawingLook>) => void, look: DrawingLook}} */ code) => {
      code.default({ ...component, data: code.look })
    })
    .catch(() => component.setTriggerValue("unreachable", true))
    .finally(() => loading.delete(name))
}
