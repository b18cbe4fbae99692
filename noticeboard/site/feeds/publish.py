"""All feeds of a site: of everything, of each unit, of each topic, each in both formats."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator

from noticeboard.board.addresses import Address
from noticeboard.board.board import UnitFolder
from noticeboard.record.vocabulary import TOPICS
from noticeboard.site.feeds.entries import Entry, entries
from noticeboard.site.feeds.formats import Feed, atom, json_feed
from noticeboard.site.model.site import Site
from noticeboard.site.settings.masthead import Masthead

#: How many entries a feed has: enough for a reader that asks once a month.
NEWEST = 50


def newest(everything: Iterable[Entry]) -> tuple[Entry, ...]:
    """As many entries as a feed has, newest first; those of one moment by their own dates, then by ids."""
    return tuple(heapq.nlargest(NEWEST, everything, key=lambda entry: (entry.updated, entry.dated, entry.id)))


def feeds(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every feed of the site: its path and its bytes. Raises ``CannotRun`` where the site has no host name."""
    masthead = site.masthead
    everything: list[Entry] = []
    for unit in site.board.units:
        of_unit = list(entries(site, unit))
        everything += of_unit
        yield from _files(_unit_feed(unit, of_unit, masthead), masthead)
    for topic, slug in TOPICS.items():
        found = newest(entry for entry in everything if topic in entry.topics)
        yield from _files(_feed(f"topics/{slug}/", f"主题：{topic}", found, masthead), masthead)
    yield from _files(_feed("", "", newest(everything), masthead), masthead)


def _unit_feed(unit: UnitFolder, of_unit: Iterable[Entry], masthead: Masthead) -> Feed:
    # A unit that gets another name keeps its id, as its notices do.
    first = next(iter(unit.unit.former_names), unit.slug)
    return _feed(unit.page.path, unit.unit.short_name, newest(of_unit), masthead, Address.of_unit(first).path)


def _feed(address: str, name: str, found: tuple[Entry, ...], masthead: Masthead, identity: str | None = None) -> Feed:
    """The feed of the page at ``address``; ``identity`` where its id is that of an earlier address."""
    return Feed(
        id=masthead.tag(f"{address if identity is None else identity}feed"),
        title=f"{name} - {masthead.site_name}" if name else masthead.site_name,
        author=masthead.host_name or masthead.site_name,
        page_url=masthead.url(address),
        url=masthead.url(f"{address}feed"),
        entries=found,
    )


def _files(feed: Feed, masthead: Masthead) -> Iterator[tuple[str, bytes]]:
    path = feed.url.removeprefix(masthead.site_url)
    yield f"{path}.xml", atom(feed)
    yield f"{path}.json", json_feed(feed)
