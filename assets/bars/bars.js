// Bars as a drawing of their own; a panel draws them with `rows.js`.

/** @import { Component } from "../shared/streamlit.js" */
import { register } from "../drawing/register.js"
import { drawBars } from "./rows.js"

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, drawBars)
