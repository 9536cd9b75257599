// Does tasks, one for each line of standard input, and prints a line for each: the result, or the error. One process
// for all of them, because to start Node takes longer than most of them.

import { createInterface } from "node:readline"
import { Worker } from "node:worker_threads"

const LONGEST = 60_000 // milliseconds
const CALL = new URL("call.mjs", import.meta.url)

/** @param {string} task @returns {Promise<string>} */
const done = (task) =>
  new Promise((resolve) => {
    const worker = new Worker(CALL, { workerData: task, stdout: true })
    const fail = (said) => resolve(JSON.stringify({ error: said }))
    const clock = setTimeout(() => worker.terminate(), LONGEST)
    worker.on("message", (result) => resolve(`{"result": ${result}}`))
    worker.on("error", (error) => fail(error?.stack ?? String(error)))
    worker.on("exit", () => {
      clearTimeout(clock)
      fail("it ended without a result") // unless there was one
    })
  })

for await (const task of createInterface({ input: process.stdin })) process.stdout.write(`${await done(task)}\n`)
