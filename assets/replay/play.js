// The button that moves a slider by itself, a position at a time, up to its end.

/** @import { Panel } from "../panel/types.js" */
import { element, setText } from "../shared/dom.js"

const SHOWN_FOR = 800 // milliseconds, each position

export class Player {
  /**
   * name: of the slider.
   * @param {Panel} panel
   * @param {string} name
   */
  constructor(panel, name) {
    this.panel = panel
    this.name = name
    this.timer = 0
    this.place = "" // where the film has put the slider
    this.button = element("button", { type: "button", class: "play" })
    this.button.addEventListener("click", () => this.timer ? this.#stop() : this.#start())
    this.#label()
  }

  /** Stop if the slider has been moved by somebody else: by hand, or by a link. */
  notice() {
    if (this.timer && this.panel.setting[this.name] !== this.place) this.#stop()
  }

  #start() {
    const { values } = this.panel.controls[this.name]
    const now = this.panel.setting[this.name]
    this.timer = setInterval(() => this.#advance(), SHOWN_FOR)
    this.#goTo(now === values.at(-1) ? values[0] : now)
    this.#label()
  }

  #stop() {
    clearInterval(this.timer)
    this.timer = 0
    this.#label()
  }

  /** Go on, unless what is to be seen has not arrived yet. */
  #advance() {
    const { root, controls, setting } = this.panel
    if (!root.isConnected) return this.#stop()
    if (root.classList.contains("waiting")) return
    const { values } = controls[this.name]
    const next = Math.min(values.indexOf(setting[this.name]) + 1, values.length - 1)
    this.#goTo(values[next])
    if (next === values.length - 1) this.#stop()
  }

  /** @param {string} value */
  #goTo(value) {
    this.place = value
    this.panel.set({ [this.name]: value })
    this.panel.take(this.name) // another model's film may be on
  }

  #label() {
    setText(this.button, this.timer ? "■ Stop" : "▶ Play")
    this.button.setAttribute("aria-label", this.timer ? "Stop" : "Play")
  }
}
