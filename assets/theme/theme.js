// Python gives charts and drawings the colours of a theme. Where the page's is another by now, since the
// visitor has chosen it in the menu or their system's has changed, the page is run once more. Streamlit calls
// a component whenever the theme changes.

/** @import { Component } from "../shared/streamlit.js" */

let asked = "" // the theme that a run was asked for: where it does not come, once is enough

/** @param {Component<["light" | "dark"]>} component  data: the theme that the page was run for */
export default function ({ data: [drawn], setTriggerValue }) {
  const app = document.querySelector("[data-testid=stApp]")
  const now = app ? getComputedStyle(app).colorScheme : ""
  if (now === drawn) asked = ""
  else if (now !== asked && ["light", "dark"].includes(now)) {
    asked = now
    setTriggerValue("theme", now)
  }
}
