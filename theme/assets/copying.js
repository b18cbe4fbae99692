// Buttons that need a script: copy or share the address of an issue, copy how to quote the page.

const said = document.createElement("span")
said.className = "nb-copied"
said.setAttribute("role", "status")

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    // Pages without https, and some in-app browsers, know only the old way.
    const field = document.createElement("textarea")
    field.value = text
    button.after(field)
    field.select()
    const isCopied = document.execCommand("copy")
    field.remove()
    button.focus({ preventScroll: true })
    if (!isCopied) return tell(button, "没有复制成，请长按网址栏复制")
  }
  tell(button, "已复制")
}

function tell(button, words) {
  button.after(said)
  // A live region speaks of what changes in it.
  said.textContent = ""
  setTimeout(() => (said.textContent = words), 50)
}

function button(words, act) {
  const made = document.createElement("button")
  made.type = "button"
  made.className = "nb-act"
  made.textContent = words
  made.addEventListener("click", () => act(made))
  return made
}

// Without what brought the reader here (?h=…); a copy of the site on another host speaks of itself.
const addressOf = anchor => `${location.origin}${location.pathname}#${anchor}`

for (const line of document.querySelectorAll("[data-issue]")) {
  const anchor = line.dataset.issue
  const title = document.getElementById(anchor)?.firstChild?.textContent.trim() || document.title
  const copier = button("复制链接", made => copy(addressOf(anchor), made))
  // A list of all buttons of the page tells them apart.
  copier.setAttribute("aria-label", `复制链接：${title}`)
  line.append(copier)
  if (navigator.share) {
    const share = () => navigator.share({ title, url: addressOf(anchor) }).catch(() => {})
    line.append(button("分享", share))
  }
}

const citation = document.querySelector("[data-citation]")
if (citation) {
  // GB/T 7714 wants the day on which the reader saw the page.
  const today = new Date()
  const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map(part => `${part}`.padStart(2, "0")).join("-")
  const whole = () => {
    const [, work, address] = citation.textContent.trim().match(/^(.*) (\S+)$/s)
    return `${work.endsWith(").") ? work.slice(0, -1) : `${work} `}[${day}]. ${address}`
  }
  citation.after(" ", button("复制", made => copy(whole(), made)))
}
