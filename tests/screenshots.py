"""The pictures of the README and of docs/office.md, or with ``--all`` of every kind of page.

``python -m tests.screenshots``.

The second are for whoever works on the looks: phone and desk, light and dark, and as printed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from noticeboard import paths
from noticeboard.checking.check import check
from noticeboard.site import build as sites
from tests import browser as browsers
from tests import office_pictures
from tests.conftest import served

_PICTURES = paths.ROOT / ".github" / "pictures"
_README = {
    "home": "",
    "notice": "notices/fushun-wenlian/2025/",
    "unit": "units/fushun-wenlian/",
    "issues": "issues/?q=协会",
}
_DESK: ViewportSize = {"width": 1280, "height": 900}
_PHONE: ViewportSize = {"width": 360, "height": 740}
_Scheme = Literal["light", "dark"]
_SCHEMES: tuple[_Scheme, ...] = ("light", "dark")
# A picture of the whole page does not scroll to what loads only when it is seen.
_LOADED = """
Promise.all(Array.from(document.images, image => {
  image.loading = "eager"
  return image.decode().catch(() => {})
}))
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--all", type=Path, metavar="DIR", help="every kind of page into DIR, none for the README")
    everything: Path | None = parser.parse_args().all
    if not browsers.ready():
        return 2
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        site = Path(made) / "site"
        sites.build(check(), site)
        browser = browsers.launch(playwright)
        with served(site) as address:
            if everything:
                _take_all(browser, address, _kinds(site), everything)
            else:
                _take_readme(browser, address)
                for file in office_pictures.take(browser):
                    print(file.relative_to(paths.ROOT))
        browser.close()
    return 0


def _take_readme(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=_DESK, color_scheme="light")
    _PICTURES.mkdir(parents=True, exist_ok=True)
    for name, path in _README.items():
        _open(page, address + path)
        page.screenshot(path=_PICTURES / f"{name}.png", animations="disabled")
        print(_PICTURES.relative_to(paths.ROOT) / f"{name}.png")


def _take_all(browser: Browser, address: str, pages: Iterable[str], folder: Path) -> None:
    contexts = {
        f"{size['width']}-{scheme}": browser.new_context(
            viewport=size, color_scheme=scheme, is_mobile=size is _PHONE, has_touch=size is _PHONE
        )
        for size, scheme in product((_PHONE, _DESK), _SCHEMES)
    }
    folder.mkdir(parents=True, exist_ok=True)
    for path in pages:
        name = path.strip("/").replace("/?q=", "-").replace("/", "-").removesuffix(".html") or "home"
        for look, context in contexts.items():
            page = context.new_page()
            _open(page, address + path)
            page.evaluate(_LOADED)
            page.screenshot(path=folder / f"{name}-{look}.png", full_page=True, animations="disabled")
            if look == f"{_DESK['width']}-light":
                page.pdf(path=folder / f"{name}.pdf", format="A4", prefer_css_page_size=True)
            page.close()
        print(name)


def _open(page: Page, address: str) -> None:
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    if "?q=" in address:
        page.wait_for_selector("[data-results][data-state=done]", state="attached")


def _kinds(site: Path) -> list[str]:
    """One page of each kind, the largest, where what goes wrong goes wrong first; and those of the README."""
    units = {unit.slug for unit in check().board.units}
    largest: dict[tuple[str, ...], Path] = {}
    for page in sorted(site.rglob("*.html"), key=lambda page: page.stat().st_size):
        folders = page.relative_to(site).parent.parts
        # What differs among pages of one kind is the last folder, and the unit.
        kind = (
            tuple("*" if part in units else part for part in folders[:-1])
            if len(folders) > 1
            else (page.name, *folders)
        )
        largest[kind] = page
    addresses = (page.relative_to(site).as_posix().removesuffix("index.html") for page in largest.values())
    return sorted({*addresses, *_README.values()})


if __name__ == "__main__":
    sys.exit(main())
