// What networks of each start learned, as a table: a dot for each network. All of it is Python's.

/** @import { Component } from "../shared/streamlit.js" */
import { register } from "../drawing/register.js"
import { setMarkup } from "../panel/look.js"

/**
 * @param {HTMLElement} root
 * @param {{markup: string, colour: string}} data
 */
function drawResults(root, { markup, colour }) {
  root.style.setProperty("--dot", colour)
  setMarkup(root, markup)
}

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, drawResults)
