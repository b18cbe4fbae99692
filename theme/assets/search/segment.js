// A segment of the index of noticeboard/site/search/index.py, which describes the files: which of its passages have a text.

import { fold } from "./fold.js"

// Where a text stands in a passage; the smaller, the better the hit.
export const WHOLE_TITLE = 1, TITLE = 2, BODY = 3
const TITLE_START = 0, IN_TITLE = 1
const PIECE = 63, TEXTS = 4

export class Segment {
  #files
  #blocks
  #shelf
  #separators

  constructor(files, { folder, years, passages, blocks, shelf, separators }) {
    this.#files = files
    this.folder = folder
    this.years = years
    this.passages = passages
    this.#blocks = blocks
    this.#shelf = shelf
    this.#separators = separators
  }

  // Columns of noticeboard/site/search/facets.py: "passages" or "topics" (`of` each passage its letters), of the units'
  // segment "tables" or "units"; "sizes", how many passages each page has.
  columns(name) {
    const parted = columns => ({ of: columns.of_passage.split(",") })
    return this.#files.json(`${this.folder}/${name}.bin`, name === "topics" ? parted : undefined)
  }

  // Passages by number: { page: { name, address, unit, … }, kind, anchor, number, titles, body, status }.
  async texts(numbers) {
    const files = [...new Set(numbers.map(number => Math.floor(number / TEXTS)))]
    const read = new Map()
    await Promise.all(files.map(async file => read.set(file, await this.#files.json(`${this.folder}/text/${file}.bin`))))
    return numbers.map(number => {
      const { pages, passages } = read.get(Math.floor(number / TEXTS))
      const [page, kind, anchor, numbering, titles, body, status] = passages[number % TEXTS]
      const [name, address, unit, unitAddress, date, title] = pages[page]
      const head = { name, address, unit, unitAddress, date, title }
      return { page: head, kind, anchor, number: numbering, titles, body, status }
    })
  }

  // For each passage where `term` stands in it, 0 where it does not. Exact.
  async find(term) {
    const pieces = []
    for (let at = 0; at < term.length; at += PIECE) pieces.push(term.slice(at, at + PIECE).replace(/^ +/, ""))
    const answers = await Promise.all(pieces.filter(Boolean).map(piece => this.#lookUp(piece)))
    const places = answers[0].places
    let open = answers[0].open
    if (pieces.length > 1) {
      open = new Set()
      for (let passage = 0; passage < places.length; passage++) {
        if (answers.every(answer => answer.places[passage] || answer.open.has(passage))) open.add(passage)
        places[passage] = 0
      }
    }
    const undecided = [...open]
    const texts = await this.texts(undecided)
    texts.forEach((text, at) => (places[undecided[at]] = placeIn(text, term)))
    return places
  }

  async #lookUp(piece) {
    const places = new Uint8Array(this.passages), open = new Set()
    if (!this.#blocks) return { places, open }
    const block = number => this.#files.get(`${this.folder}/block/${number}.bin`)
    const [[first, separator], [last]] = await Promise.all([this.#block(piece, false), this.#block(piece, true)])
    const inner = separator === piece ? first : first + 1
    if (last - inner < 2) {
      const numbers = Array.from({ length: last - first + 1 }, (_, at) => first + at)
      for (const content of await Promise.all(numbers.map(block))) readBlock(content, piece, places, open)
      return { places, open }
    }
    const [list, end, begin] = await Promise.all([
      this.#files.get(`${this.folder}/list/${inner}-${last - 1}.bin`),
      block(last),
      block(first),
    ])
    readList(list, places)
    readBlock(end, piece, places, open)
    // Whole titles come first; seldom do they go on into blocks of which only the list was read.
    let onlyEnds = readBlock(begin, piece, places, open)
    for (let number = first + 1; onlyEnds && number < last; number++) {
      onlyEnds = readBlock(await block(number), piece, places, open)
    }
    return { places, open }
  }

  // The last block whose separator is not behind `piece`, or not behind all that begins with it; and the separator.
  async #block(piece, andBeyond) {
    const isBefore = separator => separator <= piece || (andBeyond && separator.startsWith(piece))
    const shelf = Math.max(0, lastIndex(this.#separators, isBefore))
    const separators = await this.#files.json(`${this.folder}/shelf/${shelf}.bin`)
    const at = Math.max(0, lastIndex(separators, isBefore))
    return [shelf * this.#shelf + at, separators[at]]
  }
}

// Of a row in which all that satisfy `is` come first, the last that does; -1 if none.
function lastIndex(row, is) {
  let low = 0, high = row.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (is(row[middle])) low = middle + 1
    else high = middle
  }
  return low - 1
}

const better = (places, passage, place) => {
  if (!places[passage] || place < places[passage]) places[passage] = place
}

// Puts the hits of a block into `places`, undecided ones into `open`; whether all hits so far end with their text.
function readBlock(buffer, piece, places, open) {
  const bytes = new Uint8Array(buffer)
  const count = new DataView(buffer).getUint32(0, true)
  const plane = at => bytes.subarray(4 + at * count, 4 + (at + 1) * count)
  const shared = plane(0), more = plane(1), low = plane(2), middle = plane(3), high = plane(4)
  const units = bytes.subarray(4 + 5 * count)
  const half = units.length / 2
  const known = new Uint16Array(128)
  let matched = 0, read = 0, onlyEnds = true
  for (let at = 0; at < count; at++) {
    const length = shared[at] + more[at]
    for (let place = shared[at]; place < length; place++, read++) known[place] = units[read] | (units[half + read] << 8)
    matched = Math.min(matched, shared[at])
    while (matched < piece.length && matched < length && known[matched] === piece.charCodeAt(matched)) matched++
    const code = low[at] | (middle[at] << 8) | (high[at] << 16)
    if (matched === piece.length) {
      const kind = code & 3, ends = length > matched && known[matched] === 0
      better(places, code >> 2, kind > IN_TITLE ? BODY : kind === TITLE_START && ends ? WHOLE_TITLE : TITLE)
      // A suffix that is alone may end right here: its text tells.
      if (kind === TITLE_START && length === matched) open.add(code >> 2)
      onlyEnds &&= ends
    } else if (matched === length) {
      open.add(code >> 2)
    } else if (known[matched] > piece.charCodeAt(matched)) {
      return false
    }
  }
  return onlyEnds
}

function readList(buffer, places) {
  const bytes = new Uint8Array(buffer), view = new DataView(buffer)
  let at = 0
  for (const place of [TITLE, BODY]) {
    const count = view.getUint32(at, true)
    at += 4
    for (let nth = 0, passage = -1; nth < count; nth++) {
      let step = 0, shift = 0, byte
      do {
        byte = bytes[at++]
        step |= (byte & 127) << shift
        shift += 7
      } while (byte & 128)
      passage += step + 1
      better(places, passage, place)
    }
  }
}

function placeIn({ titles, body }, term) {
  const folded = titles.map(fold)
  if (folded.includes(term)) return WHOLE_TITLE
  if (folded.some(title => title.includes(term))) return TITLE
  return body.some(text => fold(text).includes(term)) ? BODY : 0
}
