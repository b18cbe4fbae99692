// Tables with data-sorts: the name of a column sorts by it, once more turns the order round.
// A cell is sorted by its data-value; cells without one stay at the end. Equal rows keep their order.

const { compare } = new Intl.Collator("zh", { numeric: true })

for (const table of document.querySelectorAll("table[data-sorts]")) {
  const headers = [...table.tHead.rows[0].cells]
  headers.forEach((header, at) => {
    const button = document.createElement("button")
    button.type = "button"
    button.append(...header.childNodes)
    header.append(button)
    button.addEventListener("click", () => {
      const way = header.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending"
      for (const one of headers) one.removeAttribute("aria-sort")
      header.setAttribute("aria-sort", way)
      sort(table.tBodies[0], at, way === "ascending" ? 1 : -1)
    })
  })
  table.dataset.sorts = "ready"
}

function sort(body, at, sign) {
  const value = row => row.cells[at].dataset.value
  const isKnown = row => value(row) !== undefined
  const rows = [...body.rows]
  const known = rows.filter(isKnown).sort((a, b) => sign * compare(value(a), value(b)))
  body.append(...known, ...rows.filter(row => !isKnown(row)))
}
