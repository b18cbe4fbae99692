"""Lists of issues by status, by year and by topic, in pages of a fixed length: every issue without a script.

An issue that counts stands in one list of a status, in one list of a year, and in the list of each of its topics.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from noticeboard.board.addresses import Address
from noticeboard.board.board import Board
from noticeboard.board.history import Lives
from noticeboard.record.vocabulary import TOPICS, StatusCode
from noticeboard.site.pages.head import HOME, Crumbs, Head, feed_of
from noticeboard.site.views.records import IssueRow, issue_rows

#: So many issues stand on one page.
PAGE_LENGTH = 100
#: So many pages on either side of the one being read are linked by number.
_NEIGHBOURS = 2

_TO_SEARCH = ("问题", "issues/")
_TO_TOPICS = ("主题", "topics/")

#: 的问题 does not follow every name of a class.
_STATUS_HEADINGS = {StatusCode.NOT_STARTED: "尚未启动整改的问题", StatusCode.UNSTATED: "未标明状态的问题"}


@dataclass(frozen=True)
class Listing:
    """The issues that have one status, year or topic, newest notice first, and how the list is called."""

    address: str
    #: Among other lists: 正在整改, 2023年, 财务管理.
    name: str
    #: On its own pages: 正在整改的问题.
    heading: str
    meaning: str
    #: The page above it: words and address.
    above: Crumbs
    rows: tuple[IssueRow, ...]

    @property
    def page_count(self) -> int:
        """How many pages the list takes; an empty one still answers."""
        return max(1, math.ceil(len(self.rows) / PAGE_LENGTH))

    def pages(self) -> Iterator[ListingView]:
        """The pages of the list."""
        for number in range(1, self.page_count + 1):
            yield ListingView.of(self, number)


@dataclass(frozen=True)
class PageLink:
    """A page of a list as the other pages link it; ``address`` is empty where pages are left out."""

    number: int
    address: str = ""


@dataclass(frozen=True)
class ListingView:
    """One page of a list."""

    address: Address
    title: str
    listing: Listing
    number: int
    #: How many pages the list has.
    count: int
    rows: tuple[IssueRow, ...]
    previous: PageLink | None
    next: PageLink | None
    #: The first page, the last, and those around this one, with a gap where pages are left out.
    numbered: tuple[PageLink, ...]

    @property
    def head(self) -> Head:
        """The head of the page."""
        description = f"{self.title}，共 {len(self.listing.rows)} 个，每个注明单位、状态和截至日期"
        return Head(
            self.address.path,
            self.title,
            description,
            crumbs=(*HOME, *self.listing.above),
            hides=("toc",),
            extras=feed_of(self.listing.address, self.listing.heading) if self.has_feed else {},
        )

    @property
    def has_feed(self) -> bool:
        """Whether a feed stands beside the list: there is one of each topic."""
        return self.listing.above == (_TO_TOPICS,)

    @classmethod
    def of(cls, listing: Listing, number: int) -> ListingView:
        """The page of this number; the first stands at the address of the list itself."""

        def link(to: int) -> PageLink:
            return PageLink(to, listing.address if to == 1 else f"{listing.address}{to}/")

        first = (number - 1) * PAGE_LENGTH
        count = listing.page_count
        return cls(
            address=Address(link(number).address),
            title=listing.heading if number == 1 else f"{listing.heading}（第 {number} 页）",
            listing=listing,
            number=number,
            count=count,
            rows=listing.rows[first : first + PAGE_LENGTH],
            previous=link(number - 1) if number > 1 else None,
            next=link(number + 1) if number < count else None,
            numbered=tuple(link(to) if to else PageLink(0) for to in window(number, count)),
        )


def window(number: int, count: int) -> list[int]:
    """The numbers of the pages that page ``number`` of ``count`` links, itself included; 0 for a gap.

    >>> window(7, 700)
    [1, 0, 5, 6, 7, 8, 9, 0, 700]
    """
    shown = {1, *range(number - _NEIGHBOURS, number + _NEIGHBOURS + 1), count}
    numbers: list[int] = []
    for one in sorted(shown & set(range(1, count + 1))):
        left_out = one - numbers[-1] - 1 if numbers else 0
        if left_out:
            # In the place of a gap of one page that page itself fits.
            numbers.append(one - 1 if left_out == 1 else 0)
        numbers.append(one)
    return numbers


@dataclass(frozen=True)
class Listings:
    """All lists that hold an issue: statuses and topics in the order of their tables, years with the newest first."""

    by_status: tuple[Listing, ...]
    by_year: tuple[Listing, ...]
    by_topic: tuple[Listing, ...]
    #: Lists that hold no issue now: their addresses answer for good, since they may have held one.
    empty: tuple[Listing, ...]

    def __iter__(self) -> Iterator[Listing]:
        yield from (*self.by_status, *self.by_year, *self.by_topic, *self.empty)

    @classmethod
    def of(cls, board: Board, lives: Lives) -> Listings:
        """The lists of a board; each issue becomes a row once, whatever lists it stands in."""
        of_status: dict[str, list[IssueRow]] = defaultdict(list)
        of_year: dict[int, list[IssueRow]] = defaultdict(list)
        of_topic: dict[str, list[IssueRow]] = defaultdict(list)
        units = {unit.slug: unit.unit for unit in board.units}
        for filed in board.notices:
            for row in issue_rows(filed, units[filed.unit_slug], lives):
                of_status[row.status.code].append(row)
                of_year[row.year].append(row)
                for topic in dict.fromkeys(row.topics):
                    of_topic[topic].append(row)
        return cls(
            by_status=tuple(
                _status_listing(code, of_status[code.value]) for code in StatusCode if code.value in of_status
            ),
            by_year=tuple(_year_listing(year, rows) for year, rows in of_year.items()),
            by_topic=tuple(_topic_listing(topic, of_topic[topic]) for topic in TOPICS if topic in of_topic),
            empty=(
                *(_status_listing(code, []) for code in StatusCode if code.value not in of_status),
                *(_year_listing(year, []) for year in sorted(_years(board) - of_year.keys())),
                *(_topic_listing(topic, []) for topic in TOPICS if topic not in of_topic),
            ),
        )


def _years(board: Board) -> set[int]:
    """The years of all notices, also of those that list no issue or were withdrawn."""
    return {filed.date.year for filed in board.by_address.values() if filed.date.year}


def _status_listing(code: StatusCode, rows: list[IssueRow]) -> Listing:
    return Listing(
        address=f"issues/status/{code.value}/",
        name=code.label,
        heading=_STATUS_HEADINGS.get(code, f"{code.label}的问题"),
        meaning=code.meaning,
        above=(_TO_SEARCH,),
        rows=tuple(rows),
    )


def _year_listing(year: int, rows: list[IssueRow]) -> Listing:
    return Listing(
        address=f"issues/year/{year}/",
        name=f"{year}年",
        heading=f"{year}年通报的问题",
        # As the DATE in the address of a notice is chosen: it need not be a date of publication.
        meaning="年份按通报的落款或发布日期；通报没有载明的，按数据截至的日期或文中最晚的日期。",
        above=(_TO_SEARCH,),
        rows=tuple(rows),
    )


def _topic_listing(topic: str, rows: list[IssueRow]) -> Listing:
    return Listing(
        address=f"topics/{TOPICS[topic]}/",
        name=topic,
        heading=f"主题：{topic}",
        meaning="主题是本站为便于查找所加，不是通报的原文。",
        above=(_TO_TOPICS,),
        rows=tuple(rows),
    )


@dataclass(frozen=True)
class TopicsView:
    """The list of all topics: those that an issue has, then the others."""

    topics: tuple[Listing, ...]
    unused: tuple[Listing, ...]
    address: ClassVar[Address] = Address("topics/")

    @property
    def head(self) -> Head:
        """The head of the page."""
        return Head(self.address.path, "主题", "按主题看各单位的问题：理论学习、财务管理、选人用人……", hides=("toc",))

    @classmethod
    def of(cls, listings: Listings) -> TopicsView:
        """The view of the list of topics."""
        unused = tuple(one for one in listings.empty if one.above == (_TO_TOPICS,))
        return cls(listings.by_topic, unused)
