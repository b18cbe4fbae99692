"""The pages of the lists of issues by status, by year and by topic, each of a fixed length; the list of topics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from noticeboard.board.addresses import Address
from noticeboard.site.model.listings import Listing
from noticeboard.site.model.listpages import ListPage, Span, numbered_address
from noticeboard.site.model.site import Site
from noticeboard.site.pages.head import HOME, Head, Imprint, PageView, feed_of
from noticeboard.site.views.links import IssueRow
from noticeboard.site.views.sitepages import TOPICS

#: So many older pages are linked by number.
_NEIGHBOURS = 2


@dataclass(frozen=True)
class PageLink:
    """A page of a list as the other pages link it; ``address`` is empty where pages are left out."""

    number: int
    address: str = ""


@dataclass(frozen=True)
class NoticeRows:
    """The issues of one notice that stand on a page, under what all of them would repeat."""

    date: str
    unit_name: str
    unit_address: str
    #: The day of their statuses, where it is the same of all.
    day: str
    rows: tuple[IssueRow, ...]

    @classmethod
    def of(cls, rows: tuple[IssueRow, ...]) -> NoticeRows:
        """At least one issue of a notice."""
        first = rows[0]
        days = {row.status.as_of for row in rows}
        return cls(first.date, first.unit_name, first.unit_address, days.pop() if len(days) == 1 else "", rows)


@dataclass(frozen=True)
class ListingView(PageView):
    """One page of a list. What changes with every new notice stands only on the page at the address of the list."""

    #: How the list is called, and its address.
    heading: str
    list_address: str
    meaning: str
    has_feed: bool
    #: 0 at the address of the list.
    number: int
    #: The newest first.
    notices: tuple[NoticeRows, ...]
    newer: PageLink | None
    older: PageLink | None
    #: This page, the one after it, the ones before it and the oldest, with a gap where pages are left out.
    numbered: tuple[PageLink, ...]
    #: How many issues and how many numbered pages the list has; told at its address only.
    total: int = 0
    newest: int = 0

    @property
    def days(self) -> tuple[str, ...]:
        """The days of its oldest and of its newest notice, or the one of both."""
        return tuple(dict.fromkeys((self.notices[-1].date, self.notices[0].date))) if self.notices else ()

    @property
    def rows(self) -> tuple[IssueRow, ...]:
        """The issues that it shows."""
        return tuple(row for notice in self.notices for row in notice.rows)

    @classmethod
    def of(cls, site: Site, listing: Listing, page: ListPage) -> ListingView:
        """The view of a page of a list."""
        address, title, crumbs, told = listing.address, listing.heading, (*HOME, listing.above), ""
        if page.number:
            title, crumbs = f"{title}（第 {page.number} 页）", (*crumbs, (title, address))
        else:
            told = f"共 {listing.count} 个，"
        extras: tuple[tuple[str, str], ...] = feed_of(address, listing.heading) if listing.has_feed else ()
        if page.is_filling:
            extras += (("canonical", site.masthead.url(address)),)
        at = page.number or page.newest
        return cls(
            head=Head(
                Imprint.of(site),
                Address(page.address),
                title,
                f"{title}，{told}每个注明单位、状态和截至日期",
                crumbs=crumbs,
                hides=("toc",),
                extras=extras,
            ),
            heading=listing.heading,
            list_address=address,
            meaning=listing.meaning,
            has_feed=listing.has_feed,
            number=page.number,
            notices=tuple(_notices(site, address, page.spans)),
            newer=_link(address, at + 1) if page.has_newer else None,
            older=_link(address, page.older) if page.older else None,
            numbered=tuple(_link(address, to) for to in window(at, at + page.has_newer)),
            total=0 if page.number else listing.count,
            newest=page.newest,
        )


def _link(address: str, to: int) -> PageLink:
    return PageLink(to, numbered_address(address, to) if to else "")


def _notices(site: Site, address: str, spans: Iterable[Span]) -> Iterator[NoticeRows]:
    for span in spans:
        rows = site.rows(site.board.by_address[span.notice])[address]
        yield NoticeRows.of(rows[span.start : span.stop])


def listing_pages(site: Site) -> Iterator[tuple[Listing, ListPage]]:
    """The pages of all lists; one without an issue still answers."""
    for listing in site.listings:
        for page in site.list_pages.get(listing.address, (ListPage(listing.address, 0),)):
            # What changes with every new notice stands at the address of the list only.
            yield replace(listing, count=0) if page.number else listing, page


def window(number: int, newest: int) -> list[int]:
    """The numbers of the pages that page ``number`` links, itself included, the newest first; 0 for a gap.

    ``newest`` is the newest of which it may tell: pages far behind would otherwise change with every new one.

    >>> window(7, 8)
    [8, 7, 6, 5, 0, 1]
    """
    shown = {*range(number - _NEIGHBOURS, newest + 1), 1}
    numbers: list[int] = []
    for page in sorted(shown & set(range(1, newest + 1)), reverse=True):
        left_out = numbers[-1] - page - 1 if numbers else 0
        if left_out:
            # In the place of a gap of one page that page itself fits.
            numbers.append(page + 1 if left_out == 1 else 0)
        numbers.append(page)
    return numbers


@dataclass(frozen=True)
class TopicsView(PageView):
    """The list of all topics: those that an issue has, then the others."""

    topics: tuple[Listing, ...]
    unused: tuple[Listing, ...]

    @classmethod
    def of(cls, site: Site) -> TopicsView:
        """The view of the list of topics."""
        description = "按主题看各单位的问题：理论学习、财务管理、选人用人……"
        head = Head(Imprint.of_column(site), TOPICS.address, TOPICS.name, description, hides=("toc",))
        return cls(head, site.listings.by_topic, tuple(topic for topic in site.listings.empty if topic.has_feed))
