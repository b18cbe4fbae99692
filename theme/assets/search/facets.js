// Filters over any set of passages, with a count beside each value that follows all other filters.

import { NAMES } from "./filter-names.js"

// So many values of one filter are offered.
const MOST = 100
// The columns (noticeboard/site/search/facets.py) without which a filter does nothing.
const NEEDS = {
  unit: ["pages", "units"],
  status: ["passages"],
  topic: ["topics"],
  year: ["pages"],
  region: ["pages", "units"],
  level: ["pages", "units"],
}
const A = "A".charCodeAt(0)

export class Facets {
  #index

  constructor(index) {
    this.#index = index
  }

  // Which filters have a value that the site has, and which have not.
  async known(chosen) {
    const columns = await this.#columns(Object.keys(chosen))
    const isKnown = ([name, value]) => values(name, columns).some(([known]) => known === value)
    const known = Object.fromEntries(Object.entries(chosen).filter(isKnown))
    return { known, unknown: Object.fromEntries(Object.entries(chosen).filter(([name]) => !(name in known))) }
  }

  // The ranks of the passages that all filters leave; 0 for the others.
  async kept(ranks, chosen) {
    if (!Object.keys(chosen).length) return ranks
    const kept = new Uint8Array(ranks.length)
    this.#sift(ranks, tests(chosen, await this.#columns(Object.keys(chosen))), (passage, page, missed) => {
      if (!missed) kept[passage] = ranks[passage]
    })
    return kept
  }

  // For each filter { values: [[value, words, count]], rest }: what still leads somewhere, `rest` how many were left out.
  async offers(ranks, chosen) {
    const columns = await this.#columns(NAMES)
    const { pages, passages, topics, units } = columns
    const counts = Object.fromEntries(NAMES.map(name => [name, new Map()]))
    const add = (name, value) => counts[name].set(value, (counts[name].get(value) || 0) + 1)
    const ofUnit = units.units.map(() => ({ unit: 0, region: 0, level: 0 }))
    this.#sift(ranks, tests(chosen, columns), (passage, page, missed) => {
      const has = name => !missed || missed === name
      const unit = ofUnit[pages.unit[page]]
      for (const name in unit) if (has(name)) unit[name]++
      if (has("year") && pages.year[page]) add("year", `${pages.year[page]}`)
      if (has("status") && passages.status[passage] !== "-") add("status", passages.statuses[passages.status[passage]][0])
      if (has("topic")) for (const letter of topics.of[passage]) add("topic", topics.topics[letter.charCodeAt(0) - A][0])
    })
    const addTo = (name, value, count) => count && counts[name].set(value, (counts[name].get(value) || 0) + count)
    units.units.forEach(([slug, , region, level], at) => {
      addTo("unit", slug, ofUnit[at].unit)
      addTo("level", level, ofUnit[at].level)
      for (const code of around(region)) if (code in units.regions) addTo("region", code, ofUnit[at].region)
    })
    return Object.fromEntries(NAMES.map(name => [name, offer(name, values(name, columns), counts[name], chosen[name])]))
  }

  // Calls `visit(passage, page, missed)` for each passage that fails no filter (`missed` is "") or only that one.
  #sift(ranks, { ofPage, ofPassage }, visit) {
    let first = 0
    this.#index.sizes.forEach((size, page) => {
      const failed = ofPage.filter(({ passes }) => !passes(page))
      const past = first + size
      for (let passage = first; passage < past && failed.length < 2; passage++) {
        if (!ranks[passage]) continue
        let missed = failed.length ? failed[0].name : "", count = failed.length
        for (const { name, passes } of ofPassage) if (!passes(passage)) (count++, (missed = name))
        if (count < 2) visit(passage, page, missed)
      }
      first = past
    })
  }

  async #columns(names) {
    const needed = [...new Set(names.flatMap(name => NEEDS[name]))]
    const columns = await Promise.all(needed.map(async name => [name, await this.#index.columns(name)]))
    return Object.fromEntries(columns)
  }
}

// All values of a filter with their words, in the order in which they are offered.
function values(name, { pages, passages, topics, units }) {
  if (name === "unit") return units.units.map(([slug, words]) => [slug, words])
  if (name === "status") return passages.statuses.map(([code, label, sign]) => [code, `${sign} ${label}`])
  if (name === "topic") return topics.topics
  if (name === "region") return Object.entries(units.regions)
  if (name === "level") return units.levels.map(level => [level, level])
  const years = [...new Set(pages.year)].filter(Boolean).sort((one, other) => other - one)
  return years.map(year => [`${year}`, `${year}年`])
}

function tests(chosen, { pages, passages, topics, units }) {
  const unitOf = page => units.units[pages.unit[page]]
  const status = passages && `${passages.statuses.findIndex(([code]) => code === chosen.status)}`
  const topic = topics && String.fromCharCode(A + topics.topics.findIndex(([slug]) => slug === chosen.topic))
  const ofPage = {
    unit: page => unitOf(page)[0] === chosen.unit,
    year: page => `${pages.year[page]}` === chosen.year,
    region: page => around(unitOf(page)[2]).includes(chosen.region),
    level: page => unitOf(page)[3] === chosen.level,
  }
  const ofPassage = {
    status: passage => passages.status[passage] === status,
    topic: passage => topics.of[passage].includes(topic),
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
