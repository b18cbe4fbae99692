// The buttons 大字, 高对比 and 深色, and the menu of narrow screens.

const settings = window.noticeboard
// Without settings.js, which may not have been delivered, there is nothing to switch.
const switches = document.querySelector(".nb-switches")
if (!settings) switches.remove()
const buttons = document.querySelectorAll("[data-setting]")

function show() {
  for (const button of buttons) button.setAttribute("aria-pressed", settings.get(button.dataset.setting) === button.value)
}

for (const button of buttons) {
  button.addEventListener("click", () => {
    const name = button.dataset.setting, isOn = settings.get(name) === button.value
    settings.set(name, isOn ? (name === "scheme" ? "light" : "") : button.value)
    show()
  })
}
matchMedia("(prefers-color-scheme: dark)").addEventListener?.("change", show)
show()

const menu = document.querySelector(".nb-menu")
addEventListener("keydown", event => {
  if (event.key !== "Escape" || !menu.open) return
  menu.open = false
  menu.querySelector("summary").focus()
})
addEventListener("click", event => {
  if (!event.target.closest?.(".nb-menu, .nb-switches")) menu.open = false
})
