// The small part of class mode's bar that every visitor gets: it loads the bar itself (bar.js, by a route of
// the server) once this browser has joined a class or leads one, be it in another tab.

/** @import { Component } from "../../shared/streamlit.js" */
/** @import { Mount } from "./types.js" */
import { loadModule } from "../../shared/module.js"

const CLASSES = ["lstm_room/student", "lstm_room/host"] // of classes: ../device.js, ../hosted.js

function isInClass() {
  try {
    return CLASSES.some((name) => localStorage.getItem(name))
  } catch {
    return false // in a frame of another site: only who types a code here takes part
  }
}

/** @param {Component<[Mount]>} component */
export default function ({ data: [{ version, joining, session }], setStateValue, setTriggerValue }) {
  const load = async () => {
    const { default: open, look } = await loadModule("classroom/bar/bar.js", version)
    open({
      look, joining, session,
      tell: setStateValue.bind(null, "room"),
      tellJoined: setStateValue.bind(null, "joined"),
      go: setTriggerValue.bind(null, "place"),
    })
  }
  const notice = (/** @type {StorageEvent} */ { key }) => key && CLASSES.includes(key) && load()
  if (isInClass() || joining[0]) load()
  else addEventListener("storage", notice)
  return () => removeEventListener("storage", notice)
}
