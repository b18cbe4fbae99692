// On every page. What only some pages need is loaded where it is needed.

import "./switches.js"
import "./contents.js"
import "./copying.js"

const box = document.querySelector(".nb-search input")

// “/” leads to the search box.
document.addEventListener("keydown", event => {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]")
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey || !box) return
  event.preventDefault()
  box.focus()
  box.select()
})

// The page says that its search has not started, and does without (see settings.js), until it has.
const root = document.documentElement
const started = () => {
  root.classList.add("nb-started")
  root.classList.replace("no-js", "js")
}
if (document.querySelector("[data-results]")) {
  import("./search/explorer.js").then(started, () => root.classList.replace("js", "no-js"))
} else started()
if (new URLSearchParams(location.search).has("h")) import("./search/landing.js")
if (document.querySelector("table[data-sorts]")) import("./sorting.js")

// Paper cannot be tapped: the first link to another page of the site gets its whole address (see print.css).
addEventListener("beforeprint", () => {
  const told = new Set()
  for (const link of document.querySelectorAll("article a[href]:not(nav a, .nb-actions a, .nb-results a)")) {
    if (link.origin !== location.origin || link.pathname === location.pathname || told.has(link.pathname)) continue
    told.add(link.pathname)
    link.dataset.address = decodeURI(link.origin + link.pathname)
  }
  // Each hit its own, with the place on the page; not what brings the reader there (?h=…).
  for (const link of document.querySelectorAll(".nb-hit-title a")) {
    link.dataset.address = decodeURI(link.origin + link.pathname + link.hash)
  }
})
