"""The site as a whole: every page and anchor is reached, nothing else is asked for, and little is sent."""

from __future__ import annotations

import functools
import gzip
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

from playwright.sync_api import Browser, Response, expect

from tests.conftest import Visit

NOTICE_OF_24_ISSUES = "notices/fushun-wenlian/2025/"
#: As strict as a host can be: only files of the site itself, nothing written into pages. Material draws the signs of
#: some boxes from its style sheet (data:).
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

#: Opened at once, for each of them waits half a second to see that nothing more is asked for.
TABS = 12


class _Strict(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def strictly_served(folder: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Strict, directory=str(folder)))
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def test_every_link_and_anchor_of_the_site_leads_somewhere_and_nothing_comes_from_elsewhere(
    site: Path, browser: Browser
) -> None:
    with strictly_served(site) as home:
        context = browser.new_context()
        errors: list[str] = []
        outside: list[str] = []
        # Only listened to: what is held up (a route) waits for this program each time, and is never taken from the
        # cache. The policy lets a page ask nothing of other hosts, and the console tells where one tries.
        context.on(
            "request", lambda asked: None if asked.url.startswith((home, "data:")) else outside.append(asked.url)
        )
        context.on("console", lambda message: errors.append(f"{message.page and message.page.url}: {message.text}"))
        context.on("weberror", lambda thrown: errors.append(f"{thrown.page and thrown.page.url}: {thrown.error}"))
        tabs = [context.new_page() for _ in range(TABS)]
        # Address without anchor → the anchors that links to it name, and those that it has.
        wanted: dict[str, set[str]] = {home: set()}
        there: dict[str, set[str]] = {}
        while waiting := sorted(wanted.keys() - there.keys()):
            for address in waiting:
                if not address.endswith(("/", ".html")):
                    assert context.request.get(address).ok, address
                    there[address] = set()
            opened = list(zip(tabs, (address for address in waiting if address not in there), strict=False))
            for tab, address in opened:
                shown = tab.goto(address)
                assert shown is not None
                assert shown.ok, address
            for tab, address in opened:
                tab.wait_for_load_state("networkidle")
                ids, links = tab.evaluate(
                    """() => [Array.from(document.querySelectorAll("[id]"), one => one.id),
                        Array.from(document.querySelectorAll("a[href]"), one => one.getAttribute("href"))]"""
                )
                there[address] = {*ids, ""}
                for link in links:
                    target, anchor = urldefrag(urljoin(tab.url, link))
                    if target.startswith(home):
                        wanted.setdefault(target.partition("?")[0], set()).add(unquote(anchor))
        context.close()
    assert {address: names - there[address] for address, names in wanted.items() if names - there[address] - {""}} == {}
    assert (errors, outside) == ([], [])
    built = {file.relative_to(site).as_posix().removesuffix("index.html") for file in site.rglob("*.html")}
    assert built - {address.removeprefix(home) for address in there} == {"404.html"}


def test_the_first_visit_to_a_notice_of_24_issues_weighs_little(visit: Visit) -> None:
    answers: list[Response] = []
    visit.page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright looks into it
    visit.open(NOTICE_OF_24_ISSUES)
    visit.page.wait_for_load_state("networkidle")
    weights = {answer.url.removeprefix(visit.base_url): len(gzip.compress(answer.body(), 6)) for answer in answers}
    assert len([name for name in weights if name.endswith(".js")]) >= 3
    assert sum(weights.values()) <= 60_000, weights
    assert sum(weight for name, weight in weights.items() if name.endswith(".js")) <= 10_000, weights


def test_searching_needs_nothing_that_the_strict_policy_forbids(site: Path, browser: Browser) -> None:
    with strictly_served(site) as home:
        context = browser.new_context()
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(home + "issues/?q=协会")
        expect(page.locator("[data-results][data-state=done] > li").first).to_be_visible()
        # From a hit the reader is led to the words in the notice.
        page.locator("[data-results] > li a").first.click()
        page.wait_for_url(lambda address: "issues/?q=" not in address)
        page.wait_for_load_state("networkidle")
        context.close()
    assert said == []
