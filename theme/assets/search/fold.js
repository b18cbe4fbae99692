// Which texts count as the same: the twin of noticeboard/site/search/folding.py (tests/folding.json holds both to it).

const QUOTES = "“”„‟‘’‚‛«»‹›「」『』〝〞〟'"
const DASHES = "‐‒–—―−─━﹘"
const ALIKE = new Map([...[...QUOTES].map(sign => [sign, '"']), ...[...DASHES].map(sign => [sign, "-"])])
const SIGNS = new RegExp(`[${QUOTES}${DASHES}]`, "g")

// Radicals that copying put in the place of characters, each before what it stands for: as in noticeboard/radicals.py.
const RADICALS =
  "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛" +
  "⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱网⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶" +
  "⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟" +
  "⼾户"
const ORDINARY = new Map(Array.from(RADICALS.matchAll(/(.)(.)/gu), ([, radical, sign]) => [radical, sign]))
const RADICAL = /[\u2e80-\u2eff\u2f3e]/g

// Said by code points, since browsers and Python differ in what \s is.
const BLANK = "\\t\\n\\v\\f\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"
const BLANKS = new RegExp(`[${BLANK}]+`)

// By the numbers of characters: regular expressions have missed characters beyond 16 bits at the end of a text.
const isChinese = code =>
  (code >= 0x2e80 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff) || (code >= 0x20000 && code <= 0x3ffff)
const isNeutral = code => code === 0xb7 || (code > 0x20 && code < 0x7f && !/[0-9a-z]/i.test(String.fromCharCode(code)))
const lastCode = text => {
  const code = text.codePointAt(text.length - 2)
  return code > 0xffff ? code : text.charCodeAt(text.length - 1)
}

// Half of a character, which no text has, would be read differently here and there; 0 is the end of a text.
const HALVES = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(^|[^\ud800-\udbff])[\udc00-\udfff]/g

const plain = text =>
  text.replace(RADICAL, sign => ORDINARY.get(sign) ?? sign).normalize("NFKC").toLowerCase().normalize("NFKC").replace(SIGNS, sign => ALIKE.get(sign))

// Whether a blank between these two means nothing.
export function joins(before, after) {
  const last = lastCode(before), first = after.codePointAt(0)
  return isChinese(last) ? isChinese(first) || isNeutral(first) : isNeutral(last) && isChinese(first)
}

export const whole = text => text.replace(HALVES, (_, before = "") => `${before}\ufffd`)

// The form in which texts and queries are compared.
export function fold(text) {
  const words = plain(text).split(BLANKS).filter(Boolean)
  return words.length ? words.reduce((line, word) => line + (joins(line, word) ? "" : " ") + word) : ""
}

// The folded text, and for each unit of it where its character begins and ends in `text`.
function traced(text) {
  let folded = "", begins = [], ends = [], pending = false
  for (const { 0: cluster, index } of text.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
    for (const [at, word] of plain(cluster).split(BLANKS).entries()) {
      if (at) pending = true
      if (!word) continue
      if (pending && folded && !joins(folded.slice(-2), word)) {
        folded += " "
        begins.push(index)
        ends.push(index)
      }
      pending = false
      folded += word
      for (let unit = 0; unit < word.length; unit++) {
        begins.push(index)
        ends.push(index + cluster.length)
      }
    }
  }
  return { folded, begins, ends }
}

// Where the folded `terms` stand in `text`: [begin, end] pairs in order, none touching another.
export function places(text, terms) {
  const { folded, begins, ends } = traced(text)
  const found = []
  for (const term of terms.filter(Boolean)) {
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length)) {
      found.push([begins[at], ends[at + term.length - 1]])
    }
  }
  found.sort((one, other) => one[0] - other[0])
  return found.reduce((merged, [begin, end]) => {
    const last = merged[merged.length - 1]
    if (last && begin <= last[1]) last[1] = Math.max(last[1], end)
    else merged.push([begin, end])
    return merged
  }, [])
}
