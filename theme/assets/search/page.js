// On every page: “/” leads to the search box. The rest is loaded where it is needed.

const box = document.querySelector(".nb-search input")

document.addEventListener("keydown", event => {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]")
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey || !box) return
  event.preventDefault()
  box.focus()
  box.select()
})

if (document.querySelector("[data-results]")) import("./explorer.js")
if (new URLSearchParams(location.search).has("h")) import("./landing.js")
