// A question → its answer, part by part: what can be shown is not kept waiting for what is still to be counted.

import { excerpt } from "./excerpts.js"
import { Facets } from "./facets.js"
import { Index, Unreadable } from "./index.js"
import { LONGEST, parse } from "./query.js"
import { answers, ordered } from "./ranking.js"

const AT_ONCE = 20

export class Finder {
  #base
  #index

  constructor(base) {
    this.#base = base
    this.#index = new Index(base)
  }

  // { typed, chosen: { filter: value }, page } → parts, each with some of: `hits` (see excerpts.js) with `first`, the
  // number of the first of them; `total`, `page`, `pages`; `unknown`, filters whose value this site does not have;
  // `offers` (see Facets). `tooLong` instead, where it is no query but a document. Throws Unreadable.
  async *answer(question) {
    const index = this.#index
    try {
      yield* this.#answer(question, index)
    } catch (error) {
      if (!(error instanceof Unreadable) || !(await this.#isReplaced(index))) throw error
      yield* this.#answer(question, this.#index)
    }
  }

  async *#answer({ typed, chosen, page }, index) {
    const query = parse(typed)
    if (query.tooLong) return yield { tooLong: LONGEST }
    await index.open()
    const facets = new Facets(index)
    const isFirstLook = !query.wanted.length && !query.unwanted.length && !Object.keys(chosen).length && page === 1
    if (isFirstLook) yield { hits: (await newest(index)).map(issue => excerpt(issue, [])), first: 1 }
    const [ranks, { known, unknown }] = await Promise.all([answers(index, query), facets.known(chosen)])
    const kept = await facets.kept(ranks, known)
    const numbers = ordered(index, kept)
    const pages = Math.max(1, Math.ceil(numbers.length / AT_ONCE))
    const shown = Math.min(page, pages), first = (shown - 1) * AT_ONCE
    const figures = { total: numbers.length, page: shown, pages, unknown }
    if (isFirstLook) {
      yield figures
    } else {
      const passages = await index.texts(numbers.slice(first, first + AT_ONCE))
      yield { hits: passages.map(passage => excerpt(passage, query.wanted)), first: first + 1, ...figures }
    }
    yield { offers: await facets.offers(ranks, known) }
  }

  // A new build of the site takes the old one's files away; another question may have noticed it already.
  async #isReplaced(index) {
    const fresh = new Index(this.#base)
    await fresh.open().catch(() => null)
    if (this.#index === index && index.build && fresh.build && fresh.build !== index.build) this.#index = fresh
    return this.#index !== index
  }
}

// The issues that stand first where nothing is asked for, from the texts alone: no column need be there.
async function newest(index) {
  const issues = []
  for (let at = index.firstNotice; at < index.passages && issues.length < AT_ONCE; at += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, index.passages - at) }, (_, nth) => at + nth)
    issues.push(...(await index.texts(numbers)).filter(({ kind }) => kind === "i"))
  }
  return issues.slice(0, AT_ONCE)
}
