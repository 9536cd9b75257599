// The address: it carries what is set, so that a link opens the same state.

// Browsers limit how often an address may change (Safari throws after 100 times in 30 s, Chromium drops
// it): while something is dragged the address follows at a pace, and what was refused is tried again.
const PACE = 400 // milliseconds
const AGAIN = 1000 // milliseconds

/**
 * The address with some parameters changed; "" or null takes one out.
 * @param {Record<string, string | null>} changes
 */
function addressWith(changes) {
  const url = new URL(window.location.href)
  for (const [name, value] of Object.entries(changes)) {
    if (value) url.searchParams.set(name, value)
    else url.searchParams.delete(name)
  }
  return url
}

/**
 * Writes parameters into the address while its element is in the page; never an entry of the history.
 */
export class AddressWriter {
  /**
   * parameters: called when the address is written; "" or null takes one out.
   * @param {HTMLElement} root
   * @param {() => Record<string, string | null>} parameters
   */
  constructor(root, parameters) {
    this.root = root
    this.parameters = parameters
    this.timer = 0
    this.writtenAt = -Infinity
  }

  /** Whether something is still to be written. */
  get waits() {
    return this.timer !== 0
  }

  /** The address with the parameters as they are now. */
  link() {
    return addressWith(this.parameters())
  }

  /**
   * Write, at once if it may wait no longer.
   * @param {boolean} [now]
   */
  write(now = false) {
    clearTimeout(this.timer)
    this.timer = 0
    if (!this.root.isConnected) return // another page's address is not ours
    const wait = now ? 0 : PACE - (performance.now() - this.writtenAt)
    if (wait > 0) return this.#later(wait)
    this.writtenAt = performance.now()
    const url = this.link()
    if (url.href === window.location.href) return
    try {
      window.history.replaceState(window.history.state, "", url)
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== "SecurityError") throw error
    }
    if (url.href !== window.location.href) this.#later(AGAIN)
  }

  /** Write nothing more: another one has taken over. */
  stop() {
    clearTimeout(this.timer)
    this.parameters = () => ({})
  }

  /** @param {number} wait */
  #later(wait) {
    this.timer = setTimeout(() => this.write(), wait)
  }
}
