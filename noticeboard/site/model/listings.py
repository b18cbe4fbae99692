"""Lists of issues by status, by year and by topic: every issue without a script.

An issue that counts stands in one list of a status, in one list of a year, and in the list of each of its topics.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from noticeboard.board.board import Board
from noticeboard.board.lives import Lives
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


def rows_of(board: Board, lives: Lives) -> dict[str, tuple[IssueRow, ...]]:
    """The issues of each list that has one, by its address; each becomes a row once, whatever lists it stands in."""
    found: dict[str, list[IssueRow]] = defaultdict(list)
    for filed in board.notices:
        for row in issue_rows(filed, board.unit_of(filed).unit, lives):
            found[status_address(row.status.code)].append(row)
            found[_of_year(row.year)].append(row)
            for topic in dict.fromkeys(row.topics):
                found[topic_address(topic)].append(row)
    return {address: tuple(rows) for address, rows in found.items()}


def listings_of(board: Board, rows: Mapping[str, tuple[IssueRow, ...]]) -> Listings:
    """The lists of a board with these issues in them."""
    years = {filed.date.year for filed in board.by_address.values() if filed.date.year}
    # As the DATE in the address of a notice is chosen: it need not be a date of publication.
    of_year = "年份按通报的落款或发布日期；通报没有载明的，按数据截至的日期或文中最晚的日期。"
    of_topic = "主题是本站为便于查找所加，不是通报的原文。"

    def listing(address: str, name: str, heading: str, meaning: str, above: tuple[str, str] = _TO_SEARCH) -> Listing:
        return Listing(address, name, heading, meaning, above, len(rows.get(address, ())))

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
