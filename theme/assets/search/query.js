// What somebody typed → terms. Blanks part terms; "…" keeps its blanks; -词 excludes.

import { fold, joins, whole } from "./fold.js"

export const LONGEST = 300
const BLANK = "[ \\t\\xa0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000]"
const LINE_END = new RegExp(`${BLANK}*[\\n\\v\\f\\r\\x85\\u2028\\u2029](?:\\s|\\x85)*`)
const TERM = new RegExp(`([-－](?![-－]))?(?:"([^"]*)"(?=${BLANK}|$)|((?:(?!${BLANK}).)+))${BLANK}*|${BLANK}+`, "gsu")

// { wanted, unwanted }: folded terms, each once; { tooLong } where it is no query but a document.
export function parse(typed) {
  if (typed.length > LONGEST) return { wanted: [], unwanted: [], tooLong: true }
  // Text pasted with its line ends is one piece, as in the index.
  const line = whole(typed)
    .split(LINE_END)
    .reduce((before, after) => before + (joins(fold(before), fold(after)) ? "" : " ") + after)
  const wanted = new Set(), unwanted = new Set()
  for (const [, minus, phrase, word] of line.matchAll(TERM)) {
    const text = phrase ?? word
    if (text === undefined) continue
    const term = fold(text)
    if (term) (minus ? unwanted : wanted).add(term)
  }
  return { wanted: [...wanted], unwanted: [...unwanted], tooLong: false }
}
