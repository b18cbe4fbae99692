// The contents of the page: open beside the text on wide screens, and telling which part is being read.

const contents = document.querySelector(".nb-contents")
const isWide = matchMedia("(min-width: 76.25em)")

if (contents) {
  const fit = () => (contents.open = isWide.matches)
  fit()
  isWide.addEventListener?.("change", fit)
  const links = [...contents.querySelectorAll("a")]
  const headings = links.map(link => document.getElementById(decodeURIComponent(link.hash.slice(1))))
  contents.addEventListener("click", event => {
    if (event.target.closest("a") && !isWide.matches) contents.open = false
  })
  if ("IntersectionObserver" in window) {
    // Told whenever a heading crosses the line, a quarter of the window from its top.
    const observer = new IntersectionObserver(() => tell(links, headings), { rootMargin: "0px 0px -75% 0px" })
    for (const heading of headings) if (heading) observer.observe(heading)
  }
}

function tell(links, headings) {
  const line = innerHeight * 0.25
  let at = -1
  headings.forEach((heading, index) => {
    if (heading && heading.getBoundingClientRect().top <= line) at = index
  })
  links.forEach((link, index) => {
    if (index !== at) return link.removeAttribute("aria-current")
    if (link.hasAttribute("aria-current")) return
    link.setAttribute("aria-current", "true")
    // Only the list moves, never the page.
    const place = link.getBoundingClientRect(), frame = contents.getBoundingClientRect()
    if (place.top < frame.top || place.bottom > frame.bottom) contents.scrollTop += place.top - frame.top - frame.height / 2
  })
}
