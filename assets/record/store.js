// Where the record lies: the browser's localStorage, a key for each entry, so that two tabs never write over
// each other. Every access may throw; then the tab's memory serves.

export const PREFIX = "lstm_course/1/" // with the version: another one is not read
export const CLEARED = `${PREFIX}cleared` // when a new student came
const USED = `${PREFIX}used`, ENTRY = `${PREFIX}entry/`
const DAY = 86_400_000 // milliseconds
export const MOST = 1000, LONGEST = 100 // entries, characters: what the course writes stays far below

export class Store {
  /**
   * storage: returns the browser's, or throws; now: the time in milliseconds.
   * @param {() => Storage} storage
   * @param {() => number} [now]
   */
  constructor(storage, now = Date.now) {
    this.storage = storage
    this.now = now
    /** @type {Map<string, string>} */
    this.memory = new Map()
  }

  /**
   * Forget everything if it was used last so many days ago; else this is the last use.
   * @param {number} days
   */
  use(days) {
    const used = Number(this.#get(USED) ?? this.now())
    if (!(this.now() - used <= days * DAY)) this.#removeAll()
    this.#set(USED, String(this.now()))
  }

  /** Every entry by its name. */
  read() {
    /** @type {Record<string, string>} */
    const entries = {}
    for (const key of this.#keys().filter((key) => key.startsWith(ENTRY)).slice(0, MOST)) {
      const value = this.#get(key)
      if (value !== null && value.length <= LONGEST) entries[key.slice(ENTRY.length)] = value
    }
    return entries
  }

  /**
   * Write an entry; a first guess stays the first.
   * @param {string} name
   * @param {string} value
   */
  write(name, value) {
    const key = ENTRY + name
    if (!name.startsWith("answer/") || this.#get(key) === null) this.#set(key, value)
  }

  /** Forget everything; other tabs notice. */
  clear() {
    this.#removeAll()
    this.#set(CLEARED, String(this.now()))
  }

  #removeAll() {
    for (const key of this.#keys()) {
      this.memory.delete(key)
      this.#try((storage) => storage.removeItem(key))
    }
  }

  #keys() {
    const keys = this.#try((storage) => Array.from(storage, (_, at) => storage.key(at))) ?? []
    const own = keys.filter((key) => key !== null && key.startsWith(PREFIX))
    return [.../** @type {Set<string>} */ (new Set([...own, ...this.memory.keys()]))]
  }

  /** @param {string} key */
  #get(key) {
    return this.memory.get(key) ?? this.#try((storage) => storage.getItem(key))
  }

  /**
   * @param {string} key
   * @param {string} value
   */
  #set(key, value) {
    const written = this.#try((storage) => {
      storage.setItem(key, value)
      return true
    })
    if (written) this.memory.delete(key)
    else this.memory.set(key, value)
  }

  /**
   * @template Result
   * @param {(storage: Storage) => Result} access
   * @returns {Result | null}
   */
  #try(access) {
    try {
      return access(this.storage())
    } catch (error) {
      if (error instanceof DOMException) return null // forbidden here, or full
      throw error
    }
  }
}
