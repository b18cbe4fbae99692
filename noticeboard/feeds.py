"""What is new, for feed readers: new notices and dated changes (变更) as Atom (RFC 4287).

``entries`` gives typed values and knows no format; ``atom`` writes any ``Feed``. A feed of one unit, or another format
of the same entries, is one more ``Feed`` or one more writer.

An entry is dated as its record is, never by the clock of the build. Dates of records may stop at the year or the
month, those of Atom may not (§3.3): an entry stands at the first moment that its date allows, in Beijing time, and its
summary gives the date in the record's own words.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from urllib.parse import quote, urlsplit

from noticeboard.board import Board, NoticeFile, UnitFolder
from noticeboard.dates import PartialDate
from noticeboard.masthead import Masthead
from noticeboard.pages.components import NoticeLink, notice_address
from noticeboard.problems import CannotRun

ATOM = "http://www.w3.org/2005/Atom"
#: How many entries a feed has: enough for a reader that asks once a month.
NEWEST = 50
#: The date in all ids (see ``tag``). Another one would make every entry a new one in every feed reader.
_TAGGING_SINCE = "2026"
_BEIJING = timezone(timedelta(hours=8))
#: The date of a feed without entries, which must have one (§4.1.1): before any entry, so that it never goes back.
_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=_BEIJING)


@dataclass(frozen=True)
class Entry:
    """Something new; all texts are plain."""

    id: str
    title: str
    #: The whole address of the page where it stands.
    url: str
    updated: datetime
    author: str
    summary: str


@dataclass(frozen=True)
class Feed:
    """The newest entries of a site or of a part of it."""

    id: str
    title: str
    author: str
    #: The whole address of the page whose news these are, and that of the feed itself.
    page_url: str
    url: str
    #: Newest first.
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime:
        """The moment of the newest entry."""
        return self.entries[0].updated if self.entries else _BEFORE_ALL


def feeds(board: Board, masthead: Masthead) -> Iterator[tuple[str, bytes]]:
    """Every feed of the site: its path and its bytes. Raises ``CannotRun`` where the site has no host name."""
    everything = (entry for unit in board.units for entry in entries(unit, masthead))
    feed = Feed(
        id=tag(masthead, "feed"),
        title=masthead.site_name,
        author=masthead.host_name or masthead.site_name,
        page_url=masthead.url(""),
        url=masthead.url("feed.xml"),
        entries=newest(everything),
    )
    yield "feed.xml", atom(feed)


def newest(everything: Iterable[Entry]) -> tuple[Entry, ...]:
    """As many entries as a feed has, newest first; those of one moment by their ids."""
    return tuple(sorted(everything, key=lambda entry: (entry.updated, entry.id), reverse=True)[:NEWEST])


def entries(unit: UnitFolder, masthead: Masthead) -> Iterator[Entry]:
    """The notices of a unit, each followed by its changes."""
    # The author is the unit, but of most sites the words are not.
    standing = "" if unit.slug in masthead.official_units else "非官方整理，内容以原通报为准。"
    for filed in unit.notices:
        link = NoticeLink.of(filed, unit.unit)
        title = link.title if link.unit_name in link.title else f"{link.unit_name}：{link.title}"
        what = filed.notice.summary or f"{link.stated_words}，{link.listed_words}"
        notice = Entry(
            id=tag(masthead, f"notices/{filed.address}"),
            title=title,
            url=masthead.url(link.address),
            updated=_published(filed),
            author=unit.unit.full_name,
            summary=f"{_dates(filed, link)}。{_sentence(what)}{standing}",
        )
        yield notice
        # A change has no name but its day. Of several of one day the later ones are written below the earlier ones.
        nth: Counter[str] = Counter()
        for change in filed.notice.changes:
            day = change.date.iso or "undated"
            nth[day] += 1
            yield Entry(
                id=f"{notice.id}/changes/{day}" + (f"_{nth[day]}" if nth[day] > 1 else ""),
                title=f"变更：{title}",
                url=masthead.url(f"{notice_address(filed)}#changes"),
                updated=notice.updated if change.date.year is None else _first_moment(change.date),
                author=notice.author,
                summary=f"{change.date}：{_sentence(change.what)}{standing}",
            )


def tag(masthead: Masthead, name: str) -> str:
    """The permanent id of a thing of this site (RFC 4151): ``tag:example.org,2026:notices/shili/2023``.

    An id must never change (RFC 4287, §4.2.6), so only what tells two sites apart is taken from the address of the
    site: its host and its path, not ``https`` and not the port. RFC 4151 asks for a date on which the host was the
    site's own, and for the same one ever after: it is the year in which this program began to give ids.
    Raises ``CannotRun`` where the address has no host name.
    """
    try:
        parts = urlsplit(masthead.site_url)
        # §2.1: a domain name in ASCII; a Chinese one in the form that the DNS has.
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:
        host = ""
    if not re.fullmatch(r"[a-z0-9.\-]+", host):
        raise CannotRun(f"site_url“{masthead.site_url}”里没有可用的域名，订阅的条目要用它编号")
    specific = quote(parts.path.lstrip("/") + name, safe="/%:@!$&'()*+,;=~")
    return f"tag:{host},{_TAGGING_SINCE}:{specific}"


def _published(filed: NoticeFile) -> datetime:
    """When a notice was published, else signed, else the date in its address."""
    publication = filed.notice.publication
    if publication.posted and publication.posted.year:
        return _first_moment(publication.posted, publication.posted_time)
    return _first_moment(publication.signed if publication.signed and publication.signed.year else filed.date)


def _first_moment(date: PartialDate, at: str | None = None) -> datetime:
    """The beginning of a year, a month or a day; of a day perhaps another time (``10:58``)."""
    assert date.year is not None
    hour, minute = at.split(":") if at and date.day else (0, 0)
    return datetime(date.year, date.month or 1, date.day or 1, int(hour), int(minute), tzinfo=_BEIJING)


def _dates(filed: NoticeFile, link: NoticeLink) -> str:
    publication = filed.notice.publication
    signed = f"{publication.signed}落款" if publication.signed else ""
    at = f" {publication.posted_time}" if publication.posted_time else ""
    posted = f"{publication.posted}{at}发布" if publication.posted else ""
    return "，".join(filter(None, (signed, posted))) or link.date


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else f"{text}。"


def atom(feed: Feed) -> bytes:
    """The Atom document of a feed."""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-CN"})
    _put(root, "id", feed.id)
    _put(root, "title", feed.title)
    _put(root, "updated", feed.updated.isoformat())
    _put(_put(root, "author"), "name", feed.author)
    _put(root, "link", rel="self", type="application/atom+xml", href=feed.url)
    _put(root, "link", rel="alternate", type="text/html", href=feed.page_url)
    for entry in feed.entries:
        element = _put(root, "entry")
        _put(element, "id", entry.id)
        _put(element, "title", entry.title)
        _put(element, "updated", entry.updated.isoformat())
        _put(_put(element, "author"), "name", entry.author)
        _put(element, "link", rel="alternate", type="text/html", href=entry.url)
        # Texts of type "text" (§3.1.1.1) are never taken for markup.
        _put(element, "summary", entry.summary)
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _put(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, attributes)
    child.text = text
    return child
