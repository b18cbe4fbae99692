// Filters over any set of passages, with a count beside each value that follows all other filters.

import { NAMES } from "./filter-names.js"

// So many values of one filter are offered.
const MOST = 100
// The columns (noticeboard/site/search/facets.py) without which a filter does nothing, of the segments with hits, and
// the tables, of all.
const NEEDS = {
  unit: { columns: ["pages"], tables: ["units"] },
  status: { columns: ["passages"], tables: ["tables"] },
  topic: { columns: ["topics"], tables: ["tables"] },
  year: { columns: ["pages"], tables: [] },
  region: { columns: ["pages"], tables: ["units"] },
  level: { columns: ["pages"], tables: ["units", "tables"] },
}
const A = "A".charCodeAt(0)

export class Facets {
  #index

  constructor(index) {
    this.#index = index
  }

  // Which filters have a value that the site has, and which have not.
  async known(chosen) {
    const tables = await this.#tables(Object.keys(chosen))
    const isKnown = ([name, value]) => values(name, tables).some(([known]) => known === value)
    const known = Object.fromEntries(Object.entries(chosen).filter(isKnown))
    return { known, unknown: Object.fromEntries(Object.entries(chosen).filter(([name]) => !(name in known))) }
  }

  // The ranks of the passages that all filters leave; 0 for the others.
  async kept(ranks, chosen) {
    const names = Object.keys(chosen)
    if (!names.length) return ranks
    const kept = new Uint8Array(ranks.length)
    const [tables, parts] = await Promise.all([this.#tables(names), this.#parts(ranks, names)])
    for (const part of parts) {
      sift(ranks, part, tests(chosen, tables, part), (passage, at, page, missed) => {
        if (!missed) kept[passage] = ranks[passage]
      })
    }
    return kept
  }

  // For each filter { values: [[value, words, count]], rest }: what still leads somewhere, `rest` how many were left out.
  async offers(ranks, chosen) {
    const [tables, parts] = await Promise.all([this.#tables(NAMES), this.#parts(ranks, NAMES)])
    const counts = Object.fromEntries(NAMES.map(name => [name, new Map()]))
    const add = (name, value, count = 1) => count && counts[name].set(value, (counts[name].get(value) || 0) + count)
    const ofUnit = tables.units.units.map(() => ({ unit: 0, region: 0, level: 0 }))
    for (const part of parts) {
      const { pages, passages, topics } = part
      sift(ranks, part, tests(chosen, tables, part), (passage, at, page, missed) => {
        const has = name => !missed || missed === name
        const unit = ofUnit[pages.unit[page]]
        for (const name in unit) if (has(name)) unit[name]++
        if (has("year") && pages.year[page]) add("year", `${pages.year[page]}`)
        if (has("status") && passages.status[at] !== "-") add("status", tables.statuses[passages.status[at]][0])
        if (has("topic")) for (const letter of topics.of[at]) add("topic", tables.topics[letter.charCodeAt(0) - A][0])
      })
    }
    tables.units.units.forEach(([slug, , region, level], at) => {
      add("unit", slug, ofUnit[at].unit)
      add("level", level, ofUnit[at].level)
      for (const code of around(region)) if (code in tables.units.regions) add("region", code, ofUnit[at].region)
    })
    return Object.fromEntries(NAMES.map(name => [name, offer(name, values(name, tables), counts[name], chosen[name])]))
  }

  // The parts of the index with hits, each with the columns that these filters need.
  #parts(ranks, names) {
    const needed = [...new Set(names.flatMap(name => NEEDS[name].columns))]
    const read = (name, segment) => (name === "pages" ? this.#index.pagesOf(segment) : segment.columns(name))
    return this.#index.withHits(ranks, async segment =>
      Object.fromEntries(await Promise.all(needed.map(async name => [name, await read(name, segment)]))))
  }

  // { years, units: { units, regions }, statuses, topics, levels }, as far as these filters need them.
  async #tables(names) {
    const needed = [...new Set(names.flatMap(name => NEEDS[name].tables))]
    const read = Object.fromEntries(await Promise.all(needed.map(async name => [name, await this.#index.tables(name)])))
    return { ...read.tables, units: read.units, years: this.#index.years }
  }
}

// Calls `visit(passage, at, page, missed)` for each passage of a part that fails no filter (`missed` is "") or only that
// one; `at` and `page` are counted in the part.
function sift(ranks, { first, sizes }, { ofPage, ofPassage }, visit) {
  let begin = 0
  sizes.forEach((size, page) => {
    const failed = ofPage.filter(({ passes }) => !passes(page))
    const past = begin + size
    for (let at = begin; at < past && failed.length < 2; at++) {
      if (!ranks[first + at]) continue
      let missed = failed.length ? failed[0].name : "", count = failed.length
      for (const { name, passes } of ofPassage) if (!passes(at)) (count++, (missed = name))
      if (count < 2) visit(first + at, at, page, missed)
    }
    begin = past
  })
}

// All values of a filter with their words, in the order in which they are offered.
function values(name, { years, statuses, topics, levels, units }) {
  if (name === "unit") return units.units.map(([slug, words]) => [slug, words])
  if (name === "status") return statuses.map(([code, label, sign]) => [code, `${sign} ${label}`])
  if (name === "topic") return topics
  if (name === "region") return Object.entries(units.regions)
  if (name === "level") return levels.map(level => [level, level])
  return years.map(year => [`${year}`, `${year}年`])
}

function tests(chosen, { statuses, topics: names, units }, { pages, passages, topics }) {
  const unitOf = page => units.units[pages.unit[page]]
  const status = statuses && `${statuses.findIndex(([code]) => code === chosen.status)}`
  const topic = names && String.fromCharCode(A + names.findIndex(([slug]) => slug === chosen.topic))
  const ofPage = {
    unit: page => unitOf(page)[0] === chosen.unit,
    year: page => `${pages.year[page]}` === chosen.year,
    region: page => around(unitOf(page)[2]).includes(chosen.region),
    level: page => unitOf(page)[3] === chosen.level,
  }
  const ofPassage = {
    status: at => passages.status[at] === status,
    topic: at => topics.of[at].includes(topic),
  }
  const those = of => Object.entries(of).filter(([name]) => name in chosen).map(([name, passes]) => ({ name, passes }))
  return { ofPage: those(ofPage), ofPassage: those(ofPassage) }
}

// Where there are too many values for a list: the chosen one, of regions provinces and those around it, then the most frequent.
function offer(name, all, counts, chosen) {
  const leading = all.filter(([value]) => counts.get(value) || value === chosen)
  const isNear = value => name === "region" && (value.endsWith("0000") || isAround(value, chosen))
  const rank = value => (value === chosen ? 2 : isNear(value) ? 1 : 0)
  const order = ([one], [other]) => rank(other) - rank(one) || (counts.get(other) || 0) - (counts.get(one) || 0)
  const best = new Set([...leading].sort(order).slice(0, MOST))
  return {
    values: leading.filter(value => best.has(value)).map(([value, words]) => [value, words, counts.get(value) || 0]),
    rest: leading.length - best.size,
  }
}

// Codes of GB/T 2260: two digits for the province, two for the city, two for the county.
const around = code => [...new Set([`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code])]

// Whether a region is above the chosen one, below it, or beside it in the same city.
function isAround(code, chosen) {
  if (!chosen) return false
  const stem = chosen.endsWith("00") ? chosen.replace(/(00)+$/, "") : chosen.slice(0, 4)
  return around(chosen).includes(code) || code.startsWith(stem)
}
