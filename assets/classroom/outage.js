// When a server is gone, or a room's database: how long a browser waits, and when it says so.

const BACK = 1_500 // milliseconds within which all who have lost a server come to another one
const LONGEST = 6_000 // milliseconds between two attempts
const BLINK = 1_000 // milliseconds for which a database may be away without a word

/** @type {(failures: number, shortest: number) => number}  milliseconds: longer from one to the next */
export const longer = (failures, shortest) => Math.min(LONGEST, shortest * 1.5 ** failures)

/**
 * Milliseconds until the next attempt; by chance, so that a class does not come all at once.
 * @param {number} failures  in a row; 0: what is lost has worked until now
 */
export function pauseAfter(failures) {
  return failures ? longer(failures, 500) * (0.5 + Math.random()) : BACK * Math.random()
}

/** Whether a room's database is away; told is called once that lasts, and when it is over. */
export class Outage {
  /** @param {(isAway: boolean) => void} told */
  constructor(told) {
    this.told = told
    this.isOn = false
    this.timer = 0
  }

  /** @param {boolean} [isOn] */
  set(isOn = false) {
    if (isOn === this.isOn) return
    this.isOn = isOn
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.told(isOn), isOn ? BLINK : 0)
  }
}
