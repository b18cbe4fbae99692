"""What a page says of itself beside its text, as front matter for the theme: place, origin, tags for machines.

The page tags are those of 《政府网站发展指引》 (国办发〔2017〕47号) as far as a page has what they name. The structured
data is schema.org's, as JSON-LD.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from noticeboard.board.addresses import Address
from noticeboard.record.urls import as_uri
from noticeboard.site.model.site import Site
from noticeboard.site.settings.masthead import Masthead
from noticeboard.site.views import sitepages

#: Words and address, from the home page down.
Crumbs = tuple[tuple[str, str], ...]

HOME: Crumbs = (sitepages.HOME.crumb,)

#: What the end of a page says where its text is from many records.
OF_MANY = "各通报的原文见它们的页面"
HISTORY_OF_MANY = "本页由各通报的记录生成；更正和变更写在各通报的页面上"


@dataclass(frozen=True)
class Imprint:
    """What a page tells of the site that it is a page of."""

    site_name: str
    site_url: str
    #: Whether the site is the own one of every unit whose notices the page shows.
    is_official: bool
    #: Lines of front matter that are the same on all pages.
    foot: str

    @classmethod
    def of(cls, site: Site, units: Iterable[str] | None = None) -> Imprint:
        """The imprint of a page that shows notices of these units (folder names), or of all that the site has."""
        masthead = site.masthead
        return cls(masthead.site_name, masthead.site_url, site.is_official(units), foot(masthead))

    @classmethod
    def of_column(cls, site: Site) -> Imprint:
        """The imprint of a page that stands for the site: it also tells the day of the newest entry or change.

        No other page does, since a new notice would change all of them.
        """
        plain = cls.of(site)
        return replace(plain, foot=plain.foot + lines_of({"site_changed": str(site.board.last_changed or "")}))

    def url(self, address: str) -> str:
        """As ``Masthead.url``."""
        return self.site_url + as_uri(address)


@dataclass(frozen=True)
class Head:
    """The head of one page."""

    imprint: Imprint
    address: Address
    title: str
    description: str
    #: The pages above this one.
    crumbs: Crumbs = HOME
    original: str = OF_MANY
    original_url: str = ""
    history: str = HISTORY_OF_MANY
    citation: str = ""
    is_article: bool = False
    #: Names and contents of the page tags that only this page has.
    page_tags: tuple[tuple[str, str], ...] = ()
    #: Things of schema.org, as ``json_ld`` writes them.
    structured: tuple[str, ...] = ()
    #: Parts of the theme that the page goes without: ``toc``.
    hides: tuple[str, ...] = ()
    #: Further keys for the theme: a style sheet of its own, a search box of its own.
    extras: tuple[tuple[str, str | bool], ...] = ()

    @property
    def url(self) -> str:
        """The whole address of the page."""
        return self.imprint.url(self.address.path)

    def front_matter(self) -> str:
        """The lines between the two ``---``: a key a line, its value as JSON, which is YAML."""
        values: dict[str, Any] = {
            # The theme prints these as they are.
            "title": html.escape(self.title),
            "description": html.escape(self.description),
            "official": self.imprint.is_official,
            "crumbs": [(html.escape(name), address) for name, address in self.crumbs],
            "original": html.escape(self.original),
            "original_url": html.escape(self.original_url),
            "history": html.escape(self.history),
            "citation": html.escape(self.citation),
            "is_article": self.is_article,
            "page_tags": [(name, html.escape(content)) for name, content in self._tags()],
            "structured": graph([*self.structured, *self._path()]),
            "hide": self.hides,
            **dict(self.extras),
        }
        return lines_of(values) + self.imprint.foot

    def _tags(self) -> Iterable[tuple[str, str]]:
        if self.page_tags:
            return self.page_tags
        return (("ColumnName", self.title), ("ColumnDescription", self.description), ("ColumnType", "信息公开"))

    def _path(self) -> Iterable[str]:
        if not self.crumbs:
            return
        steps = [*self.crumbs, (self.title, self.address.path)]
        places = [
            {"@type": "ListItem", "position": at, "name": name, "item": self.imprint.url(address)}
            for at, (name, address) in enumerate(steps, 1)
        ]
        yield json_ld({"@type": "BreadcrumbList", "itemListElement": places})


@dataclass(frozen=True)
class PageView:
    """All that a page shows: a frozen value, and the only thing from which the page is made.

    Views that are equal make the same page. They hold plain values, nothing of the rest of the site.
    """

    head: Head

    @property
    def address(self) -> Address:
        """Where the page stands."""
        return self.head.address


def foot(masthead: Masthead) -> str:
    """Lines for the theme that are the same on all pages, those written by hand too: how a page ends."""
    ways = masthead.corrections
    known = {
        "email": ways.email,
        "phone": ways.phone,
        "url": html.escape(ways.url),
        "fields": [*map(quote, ways.fields)],
    }
    values = {
        "host_tel": masthead.host_tel,
        "corrections": {name: value for name, value in known.items() if value} or "",
        "form_url": html.escape(ways.form_url),
    }
    return lines_of(values)


def lines_of(values: Mapping[str, Any]) -> str:
    """Lines of front matter; without what is empty."""
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items() if value != "")


def feed_of(address: str, name: str) -> tuple[tuple[str, str], ...]:
    """Keys for the theme: the feeds that stand beside the page at ``address``."""
    return ("feed", address), ("feed_title", html.escape(f"{name}：新的通报和变更"))


def json_ld(thing: Mapping[str, Any]) -> str:
    """A thing of schema.org as text that may stand in a ``script`` element, whatever the records say."""
    given = {key: value for key, value in thing.items() if value not in (None, "", [])}
    text = json.dumps(given, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def graph(things: Iterable[str]) -> str:
    """Things that ``json_ld`` wrote as one document; empty where there are none."""
    listed = ",".join(things)
    return f'{{"@context":"https://schema.org","@graph":[{listed}]}}' if listed else ""
