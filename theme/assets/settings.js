// How this reader wants pages shown, set before anything is painted. Old in-app browsers must understand this file.

(function () {
  var root = document.documentElement
  // What a page offers by scripts is offered where they run: all others are modules. The page is painted as if they
  // did; where one is not delivered or broken, or they have not started in so long, it is as without scripts until they
  // have (page.js tells).
  var LATE = 10000
  function withdraw() {
    if (!root.classList.contains("nb-started")) root.classList.replace("js", "no-js")
  }
  if ("noModule" in HTMLScriptElement.prototype) {
    root.classList.replace("no-js", "js")
    addEventListener("error", function (event) {
      if (event.target === window || event.target.localName === "script") withdraw()
    }, true)
    setTimeout(withdraw, LATE)
  }
  var kept = {}
  try {
    kept = JSON.parse(localStorage.getItem("noticeboard")) || {}
  } catch (_) {
    // Storage may be forbidden; then the settings hold for one page.
  }

  function apply() {
    for (var name of ["size", "contrast"]) {
      if (get(name)) root.dataset[name] = get(name)
      else delete root.dataset[name]
    }
    // The dark colours are a style sheet of their own, which the system switches on where the reader has not chosen.
    var dark = document.querySelector("[data-dark]")
    var ways = { dark: "screen", light: "not all" }
    dark.media = ways[kept.scheme] || "screen and (prefers-color-scheme: dark)"
  }

  // What the reader chose on this site, else what the system says.
  function get(name) {
    if (name in kept) return kept[name]
    if (name === "scheme" && matchMedia("(prefers-color-scheme: dark)").matches) return "dark"
    if (name === "contrast" && matchMedia("(prefers-contrast: more)").matches) return "high"
    return ""
  }

  apply()
  window.noticeboard = {
    get: get,
    set: function (name, value) {
      kept[name] = value
      apply()
      try {
        localStorage.setItem("noticeboard", JSON.stringify(kept))
      } catch (_) {}
    },
  }
})()
