// Searches beside the page, so that nothing a reader does there has to wait.

import { Finder } from "./finder.js"

const finder = new Finder(new URL("../../search/v2/", import.meta.url))
let latest = 0, goOn = () => {}

// { run, question } → the parts of the answer (see Finder), each with its `run`; the last has `isDone` or `failed`.
// What is behind the hits is not asked for before the page says { isShown }: the hits have the line for themselves.
addEventListener("message", async ({ data: { run, question, isShown } }) => {
  goOn()
  if (isShown) return
  latest = run
  try {
    for await (const part of finder.answer(question)) {
      if (run !== latest) return
      postMessage({ run, ...part })
      if (part.hits) await new Promise(resolve => (goOn = resolve))
    }
    postMessage({ run, isDone: true })
  } catch (error) {
    postMessage({ run, failed: { file: error.file, message: `${error}` } })
  }
})
