"""The pages of the lists of issues by status, by year and by topic, each of a fixed length; the list of topics."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from noticeboard.board.addresses import Address
from noticeboard.site.model.listings import Listing
from noticeboard.site.model.site import Site
from noticeboard.site.pages.head import HOME, Head, Imprint, PageView, feed_of
from noticeboard.site.views.links import IssueRow
from noticeboard.site.views.sitepages import TOPICS

#: So many issues stand on one page.
PAGE_LENGTH = 100
#: So many pages on either side of the one being read are linked by number.
_NEIGHBOURS = 2


@dataclass(frozen=True)
class PageLink:
    """A page of a list as the other pages link it; ``address`` is empty where pages are left out."""

    number: int
    address: str = ""


@dataclass(frozen=True)
class ListingView(PageView):
    """One page of a list."""

    listing: Listing
    number: int
    #: How many pages the list has.
    count: int
    rows: tuple[IssueRow, ...]
    previous: PageLink | None
    next: PageLink | None
    #: The first page, the last, and those around this one, with a gap where pages are left out.
    numbered: tuple[PageLink, ...]

    @classmethod
    def of(cls, site: Site, listing: Listing, number: int) -> ListingView:
        """The page of this number; the first stands at the address of the list itself."""

        def link(to: int) -> PageLink:
            return PageLink(to, listing.address if to == 1 else f"{listing.address}{to}/")

        first = (number - 1) * PAGE_LENGTH
        count = page_count(listing)
        title = listing.heading if number == 1 else f"{listing.heading}（第 {number} 页）"
        return cls(
            head=Head(
                Imprint.of(site),
                Address(link(number).address),
                title,
                f"{title}，共 {listing.count} 个，每个注明单位、状态和截至日期",
                crumbs=(*HOME, listing.above),
                hides=("toc",),
                extras=feed_of(listing.address, listing.heading) if listing.has_feed else (),
            ),
            listing=listing,
            number=number,
            count=count,
            rows=site.rows.get(listing.address, ())[first : first + PAGE_LENGTH],
            previous=link(number - 1) if number > 1 else None,
            next=link(number + 1) if number < count else None,
            numbered=tuple(link(to) if to else PageLink(0) for to in window(number, count)),
        )


def page_count(listing: Listing) -> int:
    """How many pages a list takes; an empty one still answers."""
    return max(1, math.ceil(listing.count / PAGE_LENGTH))


def listing_views(site: Site) -> Iterator[ListingView]:
    """The pages of all lists."""
    for listing in site.listings:
        for number in range(1, page_count(listing) + 1):
            yield ListingView.of(site, listing, number)


def window(number: int, count: int) -> list[int]:
    """The numbers of the pages that page ``number`` of ``count`` links, itself included; 0 for a gap.

    >>> window(7, 700)
    [1, 0, 5, 6, 7, 8, 9, 0, 700]
    """
    shown = {1, *range(number - _NEIGHBOURS, number + _NEIGHBOURS + 1), count}
    numbers: list[int] = []
    for page in sorted(shown & set(range(1, count + 1))):
        left_out = page - numbers[-1] - 1 if numbers else 0
        if left_out:
            # In the place of a gap of one page that page itself fits.
            numbers.append(page - 1 if left_out == 1 else 0)
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
