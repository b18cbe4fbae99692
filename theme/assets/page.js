// On every page: “/” leads to the search box. The rest is loaded where it is needed.

const box = document.querySelector(".nb-search input")

document.addEventListener("keydown", event => {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]")
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey || !box) return
  event.preventDefault()
  box.focus()
  box.select()
})

const browse = document.querySelector("[data-results]") && document.querySelector("#browse")
if (browse) import("./explorer.js").catch(() => browse.before("查找的程序没有取到：请刷新页面，或按下面的类别看。"))
if (new URLSearchParams(location.search).has("h")) import("./landing.js")
