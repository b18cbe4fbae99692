// What is shown of a passage: its title and the places that have what was asked for, in pieces, marked or not.

import { places } from "./fold.js"

const BEFORE = 20, LONGEST = 110, SNIPPETS = 2

// A passage (see Index.texts) → { page, kind, anchor, number, status, title, snippets }; `title` is empty where the
// passage has no name. A text is a list of [piece, isMarked].
export function excerpt({ page, kind, anchor, number, titles, body, status }, terms) {
  const [name = "", ...others] = titles
  const found = places(name, terms)
  // The number and the title in one line: where the title is marked already, it tells nothing new.
  const fields = [...others, ...body].filter(field => !(found.length && field.endsWith(name)))
  return { page, kind, anchor, number, status, title: marked(name, found), snippets: snippets(fields, terms) }
}

// `text` (or what lies between `from` and `to` of it) in pieces, each of `found` marked.
function marked(text, found, from = 0, to = text.length) {
  const pieces = []
  let at = from
  for (const [begin, end] of found) {
    if (end <= from || begin >= to) continue
    pieces.push([text.slice(at, Math.max(begin, from)), false], [text.slice(Math.max(begin, from), Math.min(end, to)), true])
    at = Math.min(end, to)
  }
  return [...pieces, [text.slice(at, to), false]].filter(([piece]) => piece)
}

// The fields with a hit, cut to its surroundings; without any, how the account begins.
function snippets(fields, terms) {
  const withHits = fields.map(field => [field, places(field, terms)]).filter(([, found]) => found.length)
  const shown = withHits.length ? withHits.slice(0, SNIPPETS) : fields.slice(0, 1).map(field => [field, []])
  return shown.map(([field, found]) => {
    const from = found.length && found[0][0] > 2 * BEFORE ? found[0][0] - BEFORE : 0
    const to = field.length - from > LONGEST + BEFORE ? from + LONGEST : field.length
    return [...(from ? [["…", false]] : []), ...marked(field, found, from, to), ...(to < field.length ? [["…", false]] : [])]
  })
}
