// Which passages answer a query, and in which order they are shown.

import { WHOLE_TITLE, BODY } from "./segment.js"

// All words in the page of the passage, but not in the passage itself.
const APART = BODY + 1

// For each passage 0, or how good a hit it is: the smaller, the better.
export async function answers(index, { wanted, unwanted }) {
  const [found, barred] = await Promise.all(
    [wanted, unwanted].map(terms => Promise.all(terms.map(term => index.find(term)))),
  )
  if (found.length === 1 && !barred.length) return found[0]
  const ranks = new Uint8Array(index.passages)
  if (!found.length) await rankIssues(index, ranks)
  for (let passage = 0; passage < ranks.length && found.length; passage++) ranks[passage] = rank(found, passage)
  if (found.length > 1) await rankApart(index, found, ranks)
  for (let passage = 0; passage < ranks.length; passage++) if (barred.some(places => places[passage])) ranks[passage] = 0
  return ranks
}

// Of a passage in which every term stands.
function rank(found, passage) {
  let worst = 0
  for (const places of found) {
    if (!places[passage]) return 0
    worst = Math.max(worst, places[passage])
  }
  return found.length > 1 && worst === WHOLE_TITLE ? WHOLE_TITLE + 1 : worst
}

// Of passages with some term, where every other stands elsewhere on the page or on that of its unit.
async function rankApart(index, found, ranks) {
  const [units] = index.parts
  const isIn = (places, { first, past }) => places.subarray(first, past).some(Boolean)
  const ofUnits = pagesWith(found, units, await units.segment.columns("sizes"))
  const hopeful = index.parts.filter(
    part => found.some(places => isIn(places, part)) && found.every(places => isIn(places, part) || isIn(places, units)),
  )
  await Promise.all(hopeful.map(async part => {
    const [sizes, { unit }] = await Promise.all([part.segment.columns("sizes"), index.pagesOf(part.segment)])
    const pages = pagesWith(found, part, sizes)
    let passage = part.first
    sizes.forEach((size, page) => {
      const past = passage + size
      const areAll = pages.every((has, term) => has[page] || ofUnits[term][unit[page]])
      for (; passage < past; passage++) {
        if (areAll && !ranks[passage] && found.some(places => places[passage])) ranks[passage] = APART
      }
    })
  }))
}

// For each term, for each page of a part whether it stands there.
function pagesWith(found, { first }, sizes) {
  return found.map(places => {
    let passage = first
    return sizes.map(size => places.subarray(passage, (passage += size)).some(Boolean))
  })
}

// Where no text is asked for, all issues that count are the answer, one as good as the other.
async function rankIssues(index, ranks) {
  await Promise.all(index.parts.map(async ({ segment, first }) => {
    const { kind } = await segment.columns("passages")
    for (let at = 0; at < kind.length; at++) if (kind[at] === "i") ranks[first + at] = BODY
  }))
}

// The passages with a rank, the best first: by page, so that those of one page stand together.
export async function ordered(index, ranks) {
  const pages = [[], [], [], [], []]
  for (const { first, sizes } of await index.withHits(ranks)) {
    let past = first
    for (const size of sizes) {
      const kept = []
      let best = APART + 1
      for (let passage = past; passage < past + size; passage++) {
        if (!ranks[passage]) continue
        kept.push(passage)
        best = Math.min(best, ranks[passage])
      }
      past += size
      if (!kept.length) continue
      if (kept.some(passage => ranks[passage] !== best)) kept.sort((one, other) => ranks[one] - ranks[other] || one - other)
      pages[best].push(kept)
    }
  }
  return pages.flat(2)
}
