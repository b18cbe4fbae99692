// A page that somebody reached from a hit (?h=…): marks the words there.

import { places } from "./fold.js"
import { parse } from "./query.js"

const BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, td, th, blockquote, div, article"
const MOST = 500

const { wanted } = parse(new URLSearchParams(location.search).get("h"))
const article = document.querySelector("article")
if (article && wanted.length) mark(article, wanted)

// A word may begin in one element and end in another (a link, bold text), but not in another block.
function mark(root, terms) {
  const blocks = new Map()
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement
    if (parent.closest("script, style, form, .headerlink")) continue
    const block = parent.closest(BLOCKS)
    blocks.set(block, [...(blocks.get(block) || []), node])
  }
  let marked = 0
  for (const nodes of blocks.values()) {
    if (marked > MOST) break
    const found = places(nodes.map(node => node.data).join(""), terms)
    marked += found.length
    let first = 0
    for (const node of nodes) {
      const length = node.data.length
      // From behind, so that places before stay where they are.
      for (const [begin, end] of [...found].reverse()) {
        const from = Math.max(begin - first, 0), to = Math.min(end - first, length)
        if (from >= to) continue
        const range = document.createRange()
        range.setStart(node, from)
        range.setEnd(node, to)
        range.surroundContents(document.createElement("mark"))
      }
      first += length
    }
  }
}
