"""What a page says of itself beside its text, as front matter for the theme: place, origin, tags for machines.

The page tags are those of 《政府网站发展指引》 (国办发〔2017〕47号) as far as a page has what they name. The structured
data is schema.org's, as JSON-LD.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import quote

from noticeboard.record.dates import PartialDate
from noticeboard.site.settings.masthead import Masthead

#: Words and address, from the home page down.
Crumbs = tuple[tuple[str, str], ...]

HOME: Crumbs = (("首页", ""),)

#: What the end of a page says where its text is from many records.
OF_MANY = "各通报的原文见它们的页面"
HISTORY_OF_MANY = "本页由各通报的记录生成；更正和变更写在各通报的页面上"


class PageView(Protocol):
    """What a template is given: all that its page shows, and the head of the page."""

    @property
    def head(self) -> Head:
        """The head of the page."""


@dataclass(frozen=True)
class Head:
    """The head of one page."""

    #: The site-relative address of the page.
    address: str
    title: str
    description: str
    #: The units (folder names) whose notices the page shows; without them it shows all of the site.
    units: tuple[str, ...] | None = None
    #: The pages above this one.
    crumbs: Crumbs = HOME
    original: str = OF_MANY
    original_url: str = ""
    history: str = HISTORY_OF_MANY
    citation: str = ""
    is_article: bool = False
    #: Names and contents of the page tags that only this page has.
    page_tags: tuple[tuple[str, str], ...] = ()
    structured: tuple[Mapping[str, Any], ...] = ()
    #: Parts of the theme that the page goes without: ``toc``.
    hides: tuple[str, ...] = ()
    #: Further keys for the theme: a style sheet of its own, a search box of its own.
    extras: Mapping[str, Any] = field(default_factory=dict)

    def front_matter(self, masthead: Masthead, all_units: Iterable[str], last_changed: PartialDate | None) -> str:
        """The lines between the two ``---``: a key a line, its value as JSON, which is YAML.

        A page is official where this is the own site of every unit whose notices it shows. ``last_changed`` as in
        ``of_every_page``.
        """
        units = frozenset(all_units if self.units is None else self.units)
        values: dict[str, Any] = {
            # The theme prints these as they are.
            "title": html.escape(self.title),
            "description": html.escape(self.description),
            "official": bool(units) and units <= masthead.official_units,
            "crumbs": [(html.escape(name), address) for name, address in self.crumbs],
            "original": html.escape(self.original),
            "original_url": html.escape(self.original_url),
            "history": html.escape(self.history),
            "citation": html.escape(self.citation),
            "is_article": self.is_article,
            "page_tags": [(name, html.escape(content)) for name, content in self._tags()],
            "structured": json_ld([*self.structured, *self._path(masthead)]),
            "hide": self.hides,
            **self.extras,
            **of_every_page(masthead, last_changed),
        }
        return lines_of(values)

    def _tags(self) -> Iterable[tuple[str, str]]:
        if self.page_tags:
            return self.page_tags
        return (("ColumnName", self.title), ("ColumnDescription", self.description), ("ColumnType", "信息公开"))

    def _path(self, masthead: Masthead) -> list[Mapping[str, Any]]:
        if not self.crumbs:
            return []
        steps = [*self.crumbs, (self.title, self.address)]
        places = [
            {"@type": "ListItem", "position": at, "name": name, "item": masthead.url(address)}
            for at, (name, address) in enumerate(steps, 1)
        ]
        return [{"@type": "BreadcrumbList", "itemListElement": places}]


def of_every_page(masthead: Masthead, last_changed: PartialDate | None) -> dict[str, Any]:
    """Keys for the theme that are the same on all pages, those written by hand too: how a page ends.

    ``last_changed`` is the day of the newest entry or change in the records of the whole site.
    """
    ways = masthead.corrections
    known = {
        "email": ways.email,
        "phone": ways.phone,
        "url": html.escape(ways.url),
        "fields": [*map(quote, ways.fields)],
    }
    return {
        "site_changed": str(last_changed or ""),
        "corrections": {name: value for name, value in known.items() if value} or "",
        "form_url": html.escape(ways.form_url),
    }


def lines_of(values: Mapping[str, Any]) -> str:
    """Lines of front matter; without what is empty."""
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items() if value != "")


def feed_of(address: str, name: str) -> dict[str, str]:
    """Keys for the theme: the feeds that stand beside the page at ``address``."""
    return {"feed": address, "feed_title": html.escape(f"{name}：新的通报和变更")}


def json_ld(things: Iterable[Mapping[str, Any]]) -> str:
    """Things of schema.org as one text that may stand in a ``script`` element, whatever the records say."""
    graph = [{key: value for key, value in thing.items() if value not in (None, "", [])} for thing in things]
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text if graph else ""
