"""The links of a built site that lead nowhere."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urldefrag, urljoin

from lxml import html

#: Where links of pages to the site itself begin when it was built without an address of its own.
_OWN = "http://localhost:8000/"


def broken_links(site: Path) -> list[str]:
    """Each as ``page → target``: no file there, or no such anchor on its page, or another host's file loaded."""
    pages = {path: html.document_fromstring(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    ids = {path: set(page.xpath("//@id")) for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        here = "http://site/" + path.relative_to(site).as_posix()
        for tag in page.xpath("//*[@href or @src]"):
            target = tag.get("href") or tag.get("src")
            if target.startswith(("tel:", "mailto:", "data:", _OWN)):
                continue
            # The original of a notice stands on another site.
            if tag.tag == "a" and target.startswith(("http://", "https://")):
                continue
            address, anchor = urldefrag(urljoin(here, target))
            address = address.partition("?")[0]
            file = site / address.removeprefix("http://site/")
            file = file / "index.html" if address.endswith("/") else file
            if not file.is_file() or (anchor and file in ids and anchor not in ids[file]):
                broken.append(f"{path.relative_to(site)} → {target}")
    # 404.html answers at any depth, so its links begin at the site's root.
    return [one for one in broken if not one.startswith("404.html → /")]
