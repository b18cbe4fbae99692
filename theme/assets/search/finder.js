// A question → its answer, part by part: what can be shown is not kept waiting for what is still to be counted.

import { excerpt } from "./excerpts.js"
import { Facets } from "./facets.js"
import { Unreadable } from "./files.js"
import { opened } from "./index.js"
import { LONGEST, parse } from "./query.js"
import { answers, ordered } from "./ranking.js"

const AT_ONCE = 20

export class Finder {
  #base
  // A promise of the index; null until the first question, and where it did not come.
  #index = null

  constructor(base) {
    this.#base = base
  }

  // { typed, chosen: { filter: value }, page } → parts, each with some of: `hits` (see excerpts.js) with `first`, the
  // number of the first of them; `total`, `page`, `pages`; `unknown`, filters whose value this site does not have;
  // `offers` (see Facets). `tooLong` instead, where it is no query but a document. Throws Unreadable.
  async *answer(question) {
    const index = await this.#opened()
    try {
      yield* this.#answer(question, index)
    } catch (error) {
      if (!(error instanceof Unreadable) || !(await this.#isReplaced(index))) throw error
      yield* this.#answer(question, await this.#opened())
    }
  }

  #opened() {
    return (this.#index ??= opened(this.#base).catch(error => {
      this.#index = null
      throw error
    }))
  }

  async *#answer({ typed, chosen, page }, index) {
    const query = parse(typed)
    if (query.tooLong) return yield { tooLong: LONGEST }
    const facets = new Facets(index)
    const isFirstLook = !query.wanted.length && !query.unwanted.length && !Object.keys(chosen).length && page === 1
    if (isFirstLook) yield { hits: (await newest(index)).map(issue => excerpt(issue, [])), first: 1 }
    const part = asked(index, query, chosen)
    const [ranks, { known, unknown }] = await Promise.all([answers(part, query), facets.known(chosen)])
    const numbers = await ordered(part, await new Facets(part).kept(ranks, known))
    const pages = Math.max(1, Math.ceil(numbers.length / AT_ONCE))
    const shown = Math.min(page, pages), first = (shown - 1) * AT_ONCE
    const figures = { total: numbers.length, page: shown, pages, unknown }
    if (isFirstLook) {
      yield figures
    } else {
      const passages = await part.texts(numbers.slice(first, first + AT_ONCE))
      yield { hits: passages.map(passage => excerpt(passage, query.wanted)), first: first + 1, ...figures }
    }
    yield { offers: await facets.offers(part === index ? ranks : await answers(index, query), known) }
  }

  // A new build of the site takes files of the old one away; another question may have noticed it already.
  async #isReplaced(index) {
    const fresh = await opened(this.#base).catch(() => null)
    const latest = await this.#opened()
    if (latest === index && fresh && fresh.build !== index.build) this.#index = Promise.resolve(fresh)
    return (await this.#index) !== index
  }
}

// One year stands in one segment. Words apart may stand in that of the units as well.
function asked(index, { wanted }, { year }) {
  if (!index.years.includes(Number(year))) return index
  return index.of(({ years }) => years.includes(Number(year)) || (wanted.length > 1 && !years.length))
}

// The issues that stand first where nothing is asked for, from the texts alone: no column need be there.
async function newest(index) {
  const issues = [], notices = index.of(({ years }) => years.length)
  for (let at = 0; at < notices.passages && issues.length < AT_ONCE; at += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, notices.passages - at) }, (_, nth) => at + nth)
    issues.push(...(await notices.texts(numbers)).filter(({ kind }) => kind === "i"))
  }
  return issues.slice(0, AT_ONCE)
}
