"""A feed → Atom (RFC 4287) or JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import datetime

from noticeboard.record.dates import BEIJING
from noticeboard.site.feeds.entries import Entry

ATOM = "http://www.w3.org/2005/Atom"
#: The date of a feed without entries, which must have one (§4.1.1): before any entry, so that it never goes back.
_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=BEIJING)


@dataclass(frozen=True)
class Feed:
    """The newest entries of a site or of a part of it."""

    id: str
    title: str
    author: str
    #: The whole address of the page whose news these are, and that of the feed without its suffix.
    page_url: str
    url: str
    #: Newest first.
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime:
        """The moment of the newest entry."""
        return self.entries[0].updated if self.entries else _BEFORE_ALL


def json_feed(feed: Feed) -> bytes:
    """The JSON Feed document of a feed."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": f"{feed.url}.json",
        "language": "zh-CN",
        "authors": [{"name": feed.author}],
        "items": [
            {
                "id": entry.id,
                "url": entry.url,
                "title": entry.title,
                "content_text": entry.summary,
                "date_published": entry.published.isoformat(),
                "date_modified": entry.updated.isoformat(),
                "authors": [{"name": entry.author}],
                "tags": list(entry.topics),
                "language": "zh-CN",
            }
            for entry in feed.entries
        ],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"


def atom(feed: Feed) -> bytes:
    """The Atom document of a feed."""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-CN"})
    _put(root, "id", feed.id)
    _put(root, "title", feed.title)
    _put(root, "updated", feed.updated.isoformat())
    _put(_put(root, "author"), "name", feed.author)
    _put(root, "link", rel="self", type="application/atom+xml", href=f"{feed.url}.xml")
    _put(root, "link", rel="alternate", type="text/html", href=feed.page_url)
    for entry in feed.entries:
        element = _put(root, "entry")
        _put(element, "id", entry.id)
        _put(element, "title", entry.title)
        _put(element, "published", entry.published.isoformat())
        _put(element, "updated", entry.updated.isoformat())
        _put(_put(element, "author"), "name", entry.author)
        _put(element, "link", rel="alternate", type="text/html", href=entry.url)
        # Texts of type "text" (§3.1.1.1) are never taken for markup.
        _put(element, "summary", entry.summary)
        for topic in entry.topics:
            _put(element, "category", term=topic)
    # An entry a line: as many blanks as a nice indentation takes are a tenth of the file.
    ET.indent(root, space="")
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _put(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, attributes)
    child.text = text
    return child
