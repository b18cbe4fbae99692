// A hit as an element. Text of records goes in as text, never as markup.

const KINDS = { g: "问题（标题）", s: "意见建议", f: "方面", o: "通报概况", p: "通报的其他部分", c: "联系方式", h: "变更记录", u: "单位" }

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) if (value !== false && value != null) made.setAttribute(key, value)
  made.append(...children.filter(child => child != null && child !== ""))
  return made
}

const text = pieces => pieces.map(([piece, isMarked]) => (isMarked ? element("mark", {}, piece) : piece))

// The hit of an excerpt (see excerpts.js), `isFirst` of its page; addresses begin at `root`.
export function hit({ page, kind, anchor, number, status, title, snippets }, { typed, root, isFirst }) {
  const hash = anchor && `#${anchor}`
  const handed = typed ? `?h=${encodeURIComponent(typed)}` : ""
  const name = title.length ? text(title) : [KINDS[kind]]
  return element(
    "li",
    { "data-hit": `${page.name}${hash}`, class: isFirst ? "nb-hit" : "nb-hit nb-same-page" },
    origin(page, kind, root, isFirst),
    element(
      "p",
      { class: "nb-hit-title" },
      element("a", { href: `${root}${page.address}${handed}${hash}` }, number, ...name),
    ),
    status && element("p", { class: "nb-hit-status" }, badge(status), " ", element("span", { class: "nb-day" }, status[3])),
    ...snippets.map(snippet => element("p", { class: "nb-snippet" }, ...text(snippet))),
  )
}

// Of several hits of one notice the first alone shows where they are from; a screen reader tells it of each.
function origin(page, kind, root, isFirst) {
  const label = KINDS[kind] && element("span", { class: "nb-kind" }, KINDS[kind])
  if (kind === "u") return element("p", { class: "nb-day" }, label)
  const unit = isFirst ? element("a", { href: root + page.unitAddress }, page.unit) : page.unit
  const notice = element("span", {}, `《${page.title}》${page.date}`)
  const from = element("span", { class: isFirst ? "nb-from" : "nb-from nb-unseen" }, unit, "　", notice)
  return element("p", { class: "nb-day" }, from, label)
}

function badge([code, sign, words]) {
  const wraps = words.length > 12 ? " nb-wraps" : ""
  return element("span", { class: `nb-status nb-${code.replaceAll("_", "-")}${wraps}` }, element("span", { "aria-hidden": "true" }, sign), ` ${words}`)
}
