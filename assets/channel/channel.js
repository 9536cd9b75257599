// Streamlit's channel for questions that plain HTTP can't carry. Several that come while one is under way
// travel together; each has a number by which its answer is known.

/** @import { Component, ChannelReply } from "../shared/streamlit.js" */

const LATE = 60_000 // milliseconds after which nobody waits any more

/**
 * @typedef {object} Waiting
 * @property {{id: number, name: string, question: Record<string, string>}} sent
 * @property {(reply: ChannelReply) => void} done
 */

/** @param {Component<[{version: string, replies: Record<string, ChannelReply>}]>} component */
export default function ({ data, setTriggerValue }) {
  const [{ version, replies }] = data
  window.lstmVersion ??= version // that of the page's scripts: a server that was updated says another later
  const questions = (window.lstmQuestions ??= { last: 0, waiting: new Map(), travelling: new Set() })
  /** @type {Map<number, Waiting>} */
  const waiting = questions.waiting
  const send = () => {
    if (questions.travelling.size || !waiting.size) return
    const batch = [...waiting.values()].slice(0, 8).map(({ sent }) => sent)
    questions.travelling = new Set(batch.map(({ id }) => id))
    setTriggerValue("questions", batch)
  }
  for (const [id, reply] of Object.entries(replies)) {
    waiting.get(Number(id))?.done(reply)
    waiting.delete(Number(id))
    questions.travelling.delete(Number(id))
  }
  window.lstmChannel = {
    ask: (name, question) => new Promise((done) => {
      const id = ++questions.last
      waiting.set(id, { sent: { id, name, question }, done })
      setTimeout(() => {
        waiting.delete(id)
        questions.travelling.delete(id)
      }, LATE)
      send()
    }),
  }
  send()
}
