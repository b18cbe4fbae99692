"""All feeds of a site: of everything, of each unit, of each topic, each in both formats."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator

from noticeboard.board.addresses import Address
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


def unit_feeds(site: Site) -> Iterator[tuple[str, bytes]]:
    """The feeds of each unit: path and bytes. Raises ``CannotRun`` where the site has no host name."""
    for unit in site.board.units:
        # A unit that gets another name keeps its id, as its notices do.
        first = Address.of_unit(next(iter(unit.unit.former_names), unit.slug)).path
        yield from _files(site.masthead, unit.page.path, unit.unit.short_name, entries(site, unit), first)


def feeds(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every feed of the site: path and bytes. Raises ``CannotRun`` as ``unit_feeds``."""
    yield from unit_feeds(site)
    yield from feeds_of_all(site.masthead, (entry for unit in site.board.units for entry in entries(site, unit)))


def feeds_of_all(masthead: Masthead, everything: Iterable[Entry]) -> Iterator[tuple[str, bytes]]:
    """The feeds of each topic and of everything: path and bytes. Raises ``CannotRun`` as ``unit_feeds``."""
    everything = tuple(everything)
    for topic, slug in TOPICS.items():
        found = [entry for entry in everything if topic in entry.topics]
        yield from _files(masthead, f"topics/{slug}/", f"主题：{topic}", found)
    yield from _files(masthead, "", "", everything)


def _files(
    masthead: Masthead, address: str, name: str, found: Iterable[Entry], identity: str | None = None
) -> Iterator[tuple[str, bytes]]:
    """The feed of the page at ``address``; ``identity`` where its id is that of an earlier address."""
    path = f"{address}feed"
    feed = Feed(
        id=masthead.tag(f"{address if identity is None else identity}feed"),
        title=f"{name} - {masthead.site_name}" if name else masthead.site_name,
        author=masthead.host_name or masthead.site_name,
        page_url=masthead.url(address),
        url=masthead.url(path),
        entries=newest(found),
    )
    yield f"{path}.xml", atom(feed)
    yield f"{path}.json", json_feed(feed)
