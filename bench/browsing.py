"""A built page of search with its index, served to a real browser, and what a visitor of it waits for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

from bench.serving import Served
from noticeboard import paths
from noticeboard.checking.check import check
from noticeboard.files import sync
from noticeboard.site import engine
from noticeboard.site.model.site import Site
from noticeboard.site.pages.tree import by_hand, pages, write_tree
from noticeboard.site.search.index import index
from noticeboard.site.search.passages import Source
from noticeboard.site.search.segment import FOLDER
from tests.browser import launch

#: Notes when the first hits (or that there are none) and when all figures stand there, in seconds since 1970.
_CLOCK = """
new MutationObserver(() => {
  const list = document.querySelector("[data-results]")
  if (!list) return
  const now = (performance.timeOrigin + performance.now()) / 1000
  if (list.childElementCount || list.dataset.total === "0") window.atHits ??= now
  if (list.dataset.state === "done") window.atDone ??= now
}).observe(document, { childList: true, subtree: true, attributeFilter: ["data-state", "data-total"] })
"""
_SETTLED = "[data-results][data-state=done], [data-results][data-state=error]"
_ANSWERS = """
async query => {
  const base = new URL("../assets/search/", location)
  const [{ opened }, { parse }, { answers, ordered }] =
    await Promise.all(["index", "query", "ranking"].map(name => import(`${base}${name}.js`)))
  const index = await (window.index ??= opened(new URL("../search/v2/", location)))
  return ordered(index, await answers(index, parse(query)))
}
"""


@dataclass(frozen=True)
class Visit:
    """What a visitor of one search got, and at what cost."""

    total: int
    shown: tuple[str, ...]
    #: Bytes of index until the first hits stood there, and until total and counts were exact.
    bytes_to_hits: int
    bytes_to_done: int
    requests: int


def build(sources: Iterable[Source], folder: Path) -> None:
    """The page of search under ``folder``, as it is built of the real notices, with an index of these sources."""
    tree = folder / "pages"
    checked = check()
    site = Site(checked.board, engine.settings(paths.CONFIG).masthead, checked.accepted)
    write_tree(pages(site), [], by_hand(paths.DOCS, site.masthead), tree, is_ours=True)
    engine.build_pages(paths.CONFIG, tree, folder / "site", ["issues/index.md"])
    sync(index(sources), folder / "index")
    (folder / "index" / "search").rename(folder / "site" / "search")


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless browser."""
    with sync_playwright() as playwright:
        launched = launch(playwright)
        yield launched
        launched.close()


def visits(opened: Browser, site: Served, addresses: Sequence[str]) -> list[Visit]:
    """A visitor with nothing in the cache opens these addresses of the page of search, one after the other."""
    context = opened.new_context()
    page = context.new_page()
    page.add_init_script(_CLOCK)
    made = []
    for address in addresses:
        site.sent.clear()
        page.goto(f"{site.address}issues/{address}")
        page.wait_for_selector(_SETTLED, state="attached")
        results = page.locator("[data-results]")
        assert results.get_attribute("data-state") == "done", address
        done = page.evaluate("window.atDone")
        hits = page.evaluate("window.atHits") or done
        files = [(at, size) for at, path, size in site.sent if f"/{FOLDER}/" in path]
        made.append(
            Visit(
                int(results.get_attribute("data-total") or 0),
                tuple(page.eval_on_selector_all("[data-hit]", "hits => hits.map(hit => hit.dataset.hit)")),
                sum(size for at, size in files if at <= hits),
                sum(size for at, size in files if at <= done),
                len(files),
            )
        )
    context.close()
    return made


def asking(query: str) -> str:
    """The address of a query on the page of search."""
    return f"?q={quote(query)}"


def answers(page: Page, query: str) -> list[int]:
    """The numbers of all passages that the index gives for a query, in order."""
    found: list[int] = page.evaluate(_ANSWERS, query)
    return found


def slowed(opened: Browser, site: Served, times: float) -> Page:
    """A page of search on a processor slowed so many times, ready to be typed into."""
    page = opened.new_context().new_page()
    page.add_init_script("""
      window.longest = 0
      new PerformanceObserver(list => {
        for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration)
      }).observe({ type: "longtask" })
    """)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": times})
    page.goto(f"{site.address}issues/")
    page.wait_for_selector(_SETTLED, state="attached")
    return page


_TYPED = """
query => new Promise(done => {
  const box = document.querySelector(".nb-search input"), list = document.querySelector("[data-results]")
  window.longest = 0
  box.value = query
  const begun = performance.now()
  let first = 0, hits = 0
  const observer = new MutationObserver(changes => {
    if (changes.some(change => change.type === "childList")) {
      first ||= performance.now() - begun
      // The last change is that with which all hits of the page stand there.
      hits = performance.now() - begun
    }
    if (list.dataset.state !== "done") return
    observer.disconnect()
    const end = performance.now() - begun
    setTimeout(() => done({ first: first || end, hits: hits || end, end, longest: window.longest }), 60)
  })
  observer.observe(list, { childList: true, attributes: true })
  box.dispatchEvent(new InputEvent("input", { bubbles: true }))
})
"""


def typed(page: Page, query: str) -> dict[str, float]:
    """Milliseconds from the last key to the first hits, to all of the page, to exact figures; the longest task.

    The longest is 0 where no task took 50 ms.
    """
    timed: dict[str, float] = page.evaluate(_TYPED, query)
    return timed


_FOUND = """
async query => {
  const base = new URL("../assets/search/", location)
  const { Finder } = await import(`${base}finder.js`)
  const finder = window.finder ??= new Finder(new URL("../search/v2/", location))
  const begun = performance.now()
  let hits = 0
  for await (const part of finder.answer({ typed: query, chosen: {}, page: 1 })) {
    if (part.hits) hits ||= performance.now() - begun
  }
  return { hits, end: performance.now() - begun }
}
"""


def found(page: Page, query: str) -> dict[str, float]:
    """Milliseconds that the worker's part takes on the page's own, slowed thread: workers are never slowed."""
    timed: dict[str, float] = page.evaluate(_FOUND, query)
    return timed
