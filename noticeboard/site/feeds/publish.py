"""All feeds of a site: of everything, of each unit, of each topic, each in both formats."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from noticeboard.board.addresses import Address
from noticeboard.record.vocabulary import TOPICS
from noticeboard.site.feeds.entries import Entry, entries
from noticeboard.site.feeds.formats import Feed, atom, json_feed
from noticeboard.site.model.site import Site
from noticeboard.site.settings.masthead import Masthead

#: How many entries a feed has: enough for a reader that asks once a month.
NEWEST = 50
#: How many the feed of a unit or of a topic has, which has fewer in a month.
NEWEST_OF_PART = 30


@dataclass(frozen=True)
class SiteFeed:
    """A feed, and where it stands in the site without the ending that its format gives."""

    path: str
    feed: Feed


def newest(everything: Iterable[Entry], count: int = NEWEST) -> tuple[Entry, ...]:
    """The ``count`` newest entries, newest first; those of one moment by their own dates, then by ids."""
    return tuple(heapq.nlargest(count, everything, key=lambda entry: (entry.updated, entry.dated, entry.id)))


def unit_feeds(site: Site) -> Iterator[tuple[str, bytes]]:
    """The feeds of each unit: path and bytes. Raises ``CannotRun`` where the site has no host name."""
    for unit in site.board.units:
        # A unit that gets another name keeps its id, as its notices do.
        first = Address.of_unit(next(iter(unit.unit.former_names), unit.slug)).path
        yield from feed_files(_feed(site.masthead, unit.page.path, unit.unit.short_name, entries(site, unit), first))


def feeds(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every feed of the site: path and bytes. Raises ``CannotRun`` as ``unit_feeds``."""
    yield from unit_feeds(site)
    everything = (entry for unit in site.board.units for entry in entries(site, unit))
    for feed in feeds_of_all(site.masthead, everything):
        yield from feed_files(feed)


def feeds_of_all(masthead: Masthead, everything: Iterable[Entry]) -> Iterator[SiteFeed]:
    """The feeds of each topic and of everything. Raises ``CannotRun`` as ``unit_feeds``."""
    everything = tuple(everything)
    for topic, slug in TOPICS.items():
        found = [entry for entry in everything if topic in entry.topics]
        yield _feed(masthead, f"topics/{slug}/", f"主题：{topic}", found)
    yield _feed(masthead, "", "", everything)


def feed_files(feed: SiteFeed) -> Iterator[tuple[str, bytes]]:
    """A feed in both formats: path and bytes."""
    yield f"{feed.path}.xml", atom(feed.feed)
    yield f"{feed.path}.json", json_feed(feed.feed)


def _feed(masthead: Masthead, address: str, name: str, found: Iterable[Entry], identity: str | None = None) -> SiteFeed:
    """The feed of the page at ``address``; ``identity`` where its id is that of an earlier address."""
    path = f"{address}feed"
    feed = Feed(
        id=masthead.tag(f"{address if identity is None else identity}feed"),
        title=f"{name} - {masthead.site_name}" if name else masthead.site_name,
        author=masthead.host_name or masthead.site_name,
        page_url=masthead.url(address),
        url=masthead.url(path),
        entries=newest(found, NEWEST_OF_PART if name else NEWEST),
    )
    return SiteFeed(path, feed)
