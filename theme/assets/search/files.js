// Fetches the files of the index, each once, and inflates them.

export class Unreadable extends Error {
  constructor(file, cause) {
    super(file, { cause })
    this.file = file
  }
}

async function inflated(response) {
  return new Response(response.body.pipeThrough(new DecompressionStream("deflate"))).arrayBuffer()
}

// The one file that keeps its name; all others stand in folders named after their content.
const FIRST = "start.bin"

export class Files {
  #base
  #files = new Map()

  constructor(base) {
    this.#base = base
  }

  // One that failed is fetched again at the next question.
  get(name, decode = buffer => buffer) {
    if (!this.#files.has(name)) {
      const address = new URL(name, this.#base)
      const fetched = fetch(address, { cache: name === FIRST ? "no-cache" : "default" })
        .then(response => {
          if (!response.ok) throw new Error(`${response.status}`)
          return inflated(response)
        })
        .then(decode)
        .catch(error => {
          this.#files.delete(name)
          throw new Unreadable(address.pathname, error)
        })
      this.#files.set(name, fetched)
    }
    return this.#files.get(name)
  }

  json(name, finish = value => value) {
    return this.get(name, buffer => finish(JSON.parse(new TextDecoder().decode(buffer))))
  }

  first() {
    return this.json(FIRST)
  }
}
