// Which passages answer a query, and in which order they are shown.

import { WHOLE_TITLE, BODY } from "./index.js"

// All words in the page of the passage, but not in the passage itself.
const APART = BODY + 1

// For each passage 0, or how good a hit it is: the smaller, the better.
export async function answers(index, { wanted, unwanted }) {
  const [units, found, barred] = await Promise.all([
    wanted.length > 1 ? index.columns("pages").then(({ unit }) => unit) : [],
    Promise.all(wanted.map(term => index.find(term))),
    Promise.all(unwanted.map(term => index.find(term))),
  ])
  if (found.length === 1 && !barred.length) return found[0]
  const ranks = new Uint8Array(index.passages)
  if (!found.length) await rankIssues(index, ranks)
  const together = togetherIn(index, units, found)
  for (let passage = 0; passage < ranks.length; passage++) {
    if (found.length) ranks[passage] = rank(found, passage, together)
    if (barred.some(places => places[passage])) ranks[passage] = 0
  }
  return ranks

  function rank(found, passage, together) {
    let worst = 0, some = 0
    for (const places of found) {
      const place = places[passage] || APART
      if (place > worst) worst = place
      if (place < APART) some++
    }
    if (worst < APART) return found.length > 1 && worst === WHOLE_TITLE ? WHOLE_TITLE + 1 : worst
    return some && together[index.pageOf[passage]] ? APART : 0
  }
}

// For each page whether every term stands in it or in its unit's.
function togetherIn(index, units, found) {
  const together = new Uint8Array(index.sizes.length)
  if (found.length < 2) return together
  const counts = found.map(places => {
    const has = new Uint8Array(index.sizes.length)
    for (let passage = 0; passage < places.length; passage++) if (places[passage]) has[index.pageOf[passage]] = 1
    return has
  })
  return together.map((_, source) => counts.every(has => has[source] || has[units[source]]))
}

// Where no text is asked for, all issues that count are the answer, one as good as the other.
async function rankIssues(index, ranks) {
  const { kind } = await index.columns("passages")
  for (let passage = 0; passage < ranks.length; passage++) if (kind[passage] === "i") ranks[passage] = BODY
}

// The passages with a rank, the best first: by page, so that those of one page stand together.
export function ordered(index, ranks) {
  const pages = [[], [], [], [], []]
  let first = 0
  for (const size of index.sizes) {
    const kept = []
    let best = APART + 1
    for (let passage = first; passage < first + size; passage++) {
      if (!ranks[passage]) continue
      kept.push(passage)
      best = Math.min(best, ranks[passage])
    }
    first += size
    if (!kept.length) continue
    if (kept.some(passage => ranks[passage] !== best)) kept.sort((one, other) => ranks[one] - ranks[other] || one - other)
    pages[best].push(kept)
  }
  return pages.flat(2)
}
