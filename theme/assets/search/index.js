// Reads the index of noticeboard/site/search/index.py: its segments as one row of passages, or some of them.

import { Files } from "./files.js"
import { Segment } from "./segment.js"

export async function opened(base) {
  const files = new Files(base)
  const { segments, pages } = await files.first()
  const folder = name => `${pages}/${name}.bin`
  return new Index(segments.map(head => new Segment(files, head)), () => files.json(folder("pages")))
}

export class Index {
  #pages
  #all

  // `pages` reads the unit and the year of each page: { unit, year }, a list for each segment of `all`, the units' first.
  constructor(segments, pages, all = segments) {
    this.#pages = pages
    this.#all = all
    let first = 0
    // { segment, first, past }: the numbers of its passages here.
    this.parts = segments.map(segment => ({ segment, first, past: (first += segment.passages) }))
    this.passages = first
  }

  // Another index has the same name only if all is the same.
  get build() {
    return this.#all.map(({ folder }) => folder).join()
  }

  get years() {
    return [...new Set(this.#all.flatMap(({ years }) => years))]
  }

  // The same with the passages of these segments only.
  of(isAsked) {
    return new Index(this.#all.filter(isAsked), this.#pages, this.#all)
  }

  // The parts in which some passage has a rank, each with the sizes of its pages and what else `read` gives.
  withHits(ranks, read = () => ({})) {
    const parts = this.parts.filter(({ first, past }) => ranks.subarray(first, past).some(Boolean))
    return Promise.all(parts.map(async part => {
      const [sizes, more] = await Promise.all([part.segment.columns("sizes"), read(part.segment)])
      return { ...part, sizes, ...more }
    }))
  }

  // "tables" or "units" of noticeboard/site/search/facets.py.
  tables(name) {
    return this.#all[0].columns(name)
  }

  // The unit and the year of each page of a segment.
  async pagesOf(segment) {
    const { unit, year } = await this.#pages(), at = this.#all.indexOf(segment)
    return { unit: unit[at], year: year[at] }
  }

  // Passages by number: { page: { name, address, unit, … }, kind, anchor, number, titles, body, status }.
  async texts(numbers) {
    const read = new Map()
    await Promise.all(this.parts.map(async ({ segment, first, past }) => {
      const here = numbers.filter(number => number >= first && number < past)
      const texts = await segment.texts(here.map(number => number - first))
      here.forEach((number, at) => read.set(number, texts[at]))
    }))
    return numbers.map(number => read.get(number))
  }

  // For each passage where `term` stands in it, 0 where it does not. Exact.
  async find(term) {
    const places = new Uint8Array(this.passages)
    await Promise.all(this.parts.map(async ({ segment, first }) => places.set(await segment.find(term), first)))
    return places
  }
}
