"""The pages that every site has: whatever lists them by hand lists what ``SITE_PAGES`` says, under the same names."""

from __future__ import annotations

import re

import yaml

from noticeboard.paths import CONFIG, DOCS, ROOT
from noticeboard.site.engine import output_of
from noticeboard.site.views.sitepages import SITE_PAGES, SitePage

#: A link of a template of the theme: where to, and its words.
_LINK = re.compile(r"""<li><a href="{{ '(?P<address>[^']*)' \| url }}">(?P<name>[^<]*)</a></li>""")


def links(template: str) -> dict[str, str]:
    """Where a template leads to, and how it calls it; ``.`` is the home page, as ``url`` takes it."""
    text = (ROOT / "theme" / template).read_text("utf-8")
    return {"" if address == "." else address: name for address, name in _LINK.findall(text)}


def by_address(pages: list[SitePage]) -> dict[str, str]:
    return {page.address.path: page.name for page in pages}


def test_the_navigation_has_them_in_this_order() -> None:
    # The address of the site is a tag of MkDocs' own, which is not read here.
    navigation = yaml.safe_load(re.search(r"^nav:\n(?: .*\n)+", CONFIG.read_text("utf-8"), re.MULTILINE)[0])["nav"]
    found = [(output_of(file).removesuffix("index.html"), name) for item in navigation for name, file in item.items()]
    assert found == list(by_address([page for page in SITE_PAGES if page.in_navigation]).items())


def test_the_foot_of_every_page_leads_to_them_and_to_the_feed() -> None:
    assert links("partials/site-foot.html") == {
        **by_address([page for page in SITE_PAGES if page.in_foot]),
        "feed.xml": "订阅",
    }


def test_whoever_is_lost_is_led_to_them() -> None:
    wanted = by_address([page for page in SITE_PAGES if page.on_404])
    found = links("404.html")
    assert found.keys() == wanted.keys()
    # By what one looks for: 按单位找.
    assert [name for address, name in found.items() if wanted[address] not in name] == []


def test_every_page_written_by_hand_is_among_them_under_its_own_title() -> None:
    known = by_address(list(SITE_PAGES))
    for file in DOCS.rglob("*.md"):
        address = output_of(file.relative_to(DOCS).as_posix()).removesuffix("index.html")
        assert f"title: {known[address]}\n" in file.read_text("utf-8")
