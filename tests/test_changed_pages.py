"""The pages of what a change says otherwise, opened in the browser: ``make test-changed BASE=origin/main``.

The other tests know the five notices; these look at the pages that somebody is about to add. Without ``BASE`` there is
nothing to look at.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from noticeboard.checking.check import check, read_folder
from noticeboard.site import build as sites
from tests.conftest import served
from tests.links import broken_links
from tests.test_accessibility import AXE, DESK, PHONE, RULES, settle
from tests.widths import beyond_the_screen

BASE = os.environ.get("BASE", "")
pytestmark = pytest.mark.skipif(
    not BASE, reason="没有说与哪个版本比，所以不看改动的页面：make test-changed BASE=origin/main"
)


@pytest.fixture(scope="module")
def addresses() -> list[str]:
    """Of notices and units, those that are there now; of a notice its unit too."""
    compared = read_folder(base=BASE)
    board, changed = compared.board, {one.page.path for one in compared.changed}
    there = {f"notices/{address}/": f"units/{filed.unit_slug}/" for address, filed in board.by_address.items()}
    units = {f"units/{unit.slug}/" for unit in board.units}
    return sorted((changed & {*there, *units}) | {there[address] for address in changed & there.keys()})


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site as it would be published."""
    folder = tmp_path_factory.mktemp("changed")
    sites.build(check(), folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    with served(built) as base:
        yield base


@pytest.fixture(params=[("light", PHONE), ("dark", DESK)], ids=["phone", "desk"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    scheme, size = request.param
    context = browser.new_context(**size, color_scheme=scheme)
    context.add_init_script(AXE)
    yield context.new_page()
    context.close()


def test_they_open_without_an_error_and_ask_no_other_host(page: Page, address: str, addresses: list[str]) -> None:
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("response", lambda answer: wrong.append(answer.url) if answer.status >= 400 else None)
    page.on("request", lambda asked: None if asked.url.startswith((address, "data:")) else wrong.append(asked.url))
    for path in addresses:
        settle(page, address + path)
    assert wrong == []


def test_nothing_is_wider_than_the_screen(page: Page, address: str, addresses: list[str]) -> None:
    wide = []
    for path in addresses:
        settle(page, address + path)
        wide += [path] if beyond_the_screen(page) else []
    assert wide == []


def test_axe_finds_nothing_on_them(page: Page, address: str, addresses: list[str]) -> None:
    found = []
    for path in addresses:
        settle(page, address + path)
        result = page.evaluate("rules => axe.run({ runOnly: rules, resultTypes: ['violations'] })", RULES)
        found += [(path, one["id"], node["html"][:150]) for one in result["violations"] for node in one["nodes"]]
    assert found == []


def test_every_link_of_the_site_with_them_leads_somewhere(built: Path) -> None:
    assert broken_links(built) == []
