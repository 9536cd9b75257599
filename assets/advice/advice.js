// The panel of three questions: what their answers point to.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { Frame } from "../panel/types.js" */
import { register } from "../drawing/register.js"
import { setMarkup } from "../panel/look.js"
import { showPanel } from "../panel/panel.js"
import { element, find } from "../shared/dom.js"

/** @param {HTMLElement} place */
const buildAdvice = (place) => place.append(element("p", { class: "advice-words", role: "status" }))

/**
 * @param {HTMLElement} place
 * @param {Frame} frame
 */
const drawAdvice = (place, frame) => setMarkup(find(place, ".advice-words"), frame.words)

/** @param {Component<{name: string, css: string}>} component */
export default (component) => register(component, (root, data) =>
  showPanel(root, data, { build: buildAdvice, draw: drawAdvice }))
