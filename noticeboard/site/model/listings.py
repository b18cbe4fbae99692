"""Lists of issues by status, by year and by topic: every issue without a script.

An issue that counts stands in one list of a status, in one list of a year, and in the list of each of its topics.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from noticeboard.board.board import Board, NoticeFile
from noticeboard.board.lives import Lives
from noticeboard.record.model import Unit
from noticeboard.record.vocabulary import TOPICS, StatusCode
from noticeboard.site.views import sitepages
from noticeboard.site.views.links import IssueRow, issue_rows
from noticeboard.site.views.statuses import status_address

_TO_SEARCH, _TO_TOPICS = sitepages.ISSUES.crumb, sitepages.TOPICS.crumb

#: 的问题 does not follow every name of a class.
_STATUS_HEADINGS = {StatusCode.NOT_STARTED: "尚未启动整改的问题", StatusCode.UNSTATED: "未标明状态的问题"}


@dataclass(frozen=True)
class Listing:
    """How a list of the issues that have one status, year or topic is called, and how many they are."""

    address: str
    #: Among other lists: 正在整改, 2023年, 财务管理.
    name: str
    #: On its own pages: 正在整改的问题.
    heading: str
    meaning: str
    #: The page above it: words and address.
    above: tuple[str, str]
    count: int

    @property
    def has_feed(self) -> bool:
        """Whether a feed stands beside it: there is one of each topic."""
        return self.above == _TO_TOPICS


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


def shares_of(filed: NoticeFile) -> dict[str, int]:
    """How many issues of a notice stand in which list, by its address: all that its pages need to be cut."""
    return dict(
        Counter(
            address
            for placed in filed.countable
            for address in _lists(placed.issue.status.code.value, filed.date.year or 0, placed.issue.topics)
        )
    )


def rows_by_list(filed: NoticeFile, unit: Unit, lives: Lives) -> dict[str, tuple[IssueRow, ...]]:
    """The issues of a notice by the lists in which they stand, in the order of the source; each is made a row once."""
    found: dict[str, list[IssueRow]] = defaultdict(list)
    for row in issue_rows(filed, unit, lives):
        for address in _lists(row.status.code, row.year, row.topics):
            found[address].append(row)
    return {address: tuple(rows) for address, rows in found.items()}


def _lists(status: str, year: int, topics: Iterable[str]) -> Iterator[str]:
    """The addresses of the lists in which an issue stands."""
    yield status_address(status)
    yield _of_year(year)
    yield from map(topic_address, dict.fromkeys(topics))


def listings_of(board: Board, counts: Mapping[str, int]) -> Listings:
    """The lists of a board; ``counts`` is how many issues stand in each that has one, by its address."""
    years = {filed.date.year for filed in board.by_address.values() if filed.date.year}
    # As the DATE in the address of a notice is chosen: it need not be a date of publication.
    of_year = "年份按通报的落款或发布日期；通报没有载明的，按数据截至的日期或文中最晚的日期。"
    of_topic = "主题是本站为便于查找所加，不是通报的原文。"

    def listing(address: str, name: str, heading: str, meaning: str, above: tuple[str, str] = _TO_SEARCH) -> Listing:
        return Listing(address, name, heading, meaning, above, counts.get(address, 0))

    by_status = [
        listing(status_address(code.value), code.label, _STATUS_HEADINGS.get(code, f"{code.label}的问题"), code.meaning)
        for code in StatusCode
    ]
    by_year = [listing(_of_year(year), f"{year}年", f"{year}年通报的问题", of_year) for year in sorted(years)]
    by_topic = [listing(topic_address(topic), topic, f"主题：{topic}", of_topic, _TO_TOPICS) for topic in TOPICS]
    return Listings(
        by_status=tuple(listing for listing in by_status if listing.count),
        by_year=tuple(listing for listing in reversed(by_year) if listing.count),
        by_topic=tuple(listing for listing in by_topic if listing.count),
        empty=tuple(listing for listing in (*by_status, *by_year, *by_topic) if not listing.count),
    )


def _of_year(year: int) -> str:
    return f"issues/year/{year}/"


def topic_address(topic: str) -> str:
    """The list of all issues of a topic."""
    return f"topics/{TOPICS[topic]}/"
