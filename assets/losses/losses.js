// Losses over steps as a drawing of their own; a panel draws them with `picture.js`.

/** @import { Component } from "../shared/streamlit.js" */
import { register } from "../drawing/register.js"
import { drawLosses } from "./picture.js"

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, drawLosses)
