// What is asked for ↔ the address of the page, so that a search can be sent to somebody and the back button knows it.

import { NAMES } from "./filter-names.js"

// { typed, chosen: { filter: value } in the order in which they were chosen, page }
export function asked() {
  const given = new URLSearchParams(location.search)
  const chosen = Object.fromEntries([...given].filter(([name, value]) => NAMES.includes(name) && value))
  return { typed: given.get("q") || "", chosen, page: Math.max(1, parseInt(given.get("page"), 10) || 1) }
}

export function address({ typed, chosen, page }) {
  const given = new URLSearchParams([["q", typed], ...Object.entries(chosen)].filter(([, value]) => value))
  if (page > 1) given.set("page", page)
  return `${location.pathname}?${given}`.replace(/\?$/, "")
}

// The same question without the filter that was chosen last, and that filter's name; null where there is none.
export function withoutLast({ typed, chosen }) {
  const last = Object.keys(chosen).pop()
  if (!last) return null
  const { [last]: dropped, ...others } = chosen
  return { name: last, question: { typed, chosen: others, page: 1 } }
}
