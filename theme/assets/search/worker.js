// Searches beside the page, so that nothing a reader does there has to wait.

import { Finder } from "./finder.js"

const finder = new Finder(new URL("../../search/v1/", import.meta.url))
let latest = 0

// { run, question } → the parts of the answer (see Finder), each with its `run`; the last has `isDone` or `failed`.
addEventListener("message", async ({ data: { run, question } }) => {
  latest = run
  try {
    for await (const part of finder.answer(question)) {
      if (run !== latest) return
      postMessage({ run, ...part })
    }
    postMessage({ run, isDone: true })
  } catch (error) {
    postMessage({ run, failed: { file: error.file, message: `${error}` } })
  }
})
