"""The page of statistics: issues by status, region, year and topic; units side by side; times; stated and listed.

All of it counts what is listed (``counting``); what notices state stands beside it. Above ``ROWS`` units or notices
the tables of single units and notices give way to tables of provinces.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from noticeboard.board.addresses import Address
from noticeboard.board.board import Board, UnitFolder
from noticeboard.board.words import NO_DAY, region_words
from noticeboard.record.dates import PartialDate
from noticeboard.record.vocabulary import StatusCode
from noticeboard.site.model.listings import Listing
from noticeboard.site.model.site import Site
from noticeboard.site.pages.figures import DONE, OPEN, Months, NoticeFigures, Span, Standing, StatedTotal, Sums
from noticeboard.site.pages.head import Head, Imprint
from noticeboard.site.views.records import NoticeLink, StatusCount

#: So many units or notices are shown one by one.
ROWS = 300
#: So many topics are drawn; the table below the drawing has all.
_TOPICS_DRAWN = 10


@dataclass(frozen=True)
class Bar:
    """A row of a chart: how many issues, how long its bar is, and the list that holds them."""

    name: str
    count: int
    #: In percent of the longest, or for parts of a whole of the whole.
    length: str
    #: Of all listed issues, in words.
    share: str
    #: Empty where there is nothing to list.
    address: str
    #: Of a status: its sign and its code.
    sign: str = ""
    code: str = ""
    #: Of a year: how many notices it has.
    notices: int = 0


@dataclass(frozen=True)
class Chart:
    """The rows of a chart with what is to be seen in them."""

    rows: tuple[Bar, ...]
    #: The rows that are drawn.
    bars: tuple[Bar, ...]
    #: The names of the longest, and how many issues each of them has.
    leaders: tuple[str, ...]
    most: int

    @classmethod
    def of(cls, rows: Iterable[Bar], drawn: int | None = None) -> Chart:
        """The chart of some rows in their order, of which the first ``drawn`` are drawn, or all."""
        rows = tuple(rows)
        most = max((row.count for row in rows), default=0)
        leaders = tuple(row.name for row in rows if most and row.count == most)
        return cls(rows, rows[:drawn], leaders, most)


def length(count: int, most: int) -> str:
    """How long a bar is, in percent of the longest."""
    return f"{100 * count / most:.1f}" if most else "0"


def share(count: int, whole: int) -> str:
    """A part of a whole in words; what is rounded is neither nothing nor all."""
    percent = round(100 * count / whole) if whole else 0
    if not percent and count:
        return "不到 1%"
    return "99% 以上" if percent == 100 and count < whole else f"{percent}%"  # noqa: PLR2004 - per cent


@dataclass(frozen=True)
class Days:
    """The days for which the figures of the notices hold."""

    #: How many notices tell their day at least to the year.
    told: int
    untold: int
    #: Of those that do not: how many give a date so damaged that not even its year is certain.
    damaged: int
    earliest: str
    latest: str

    @classmethod
    def of(cls, days: Iterable[PartialDate | None]) -> Days:
        """The days of some notices."""
        days = tuple(days)
        told = sorted(day for day in days if day and day.year)
        return cls(
            told=len(told),
            untold=len(days) - len(told),
            damaged=sum(day is not None and day.year is None for day in days),
            earliest=str(told[0]) if told else "",
            latest=str(told[-1]) if told else "",
        )


@dataclass(frozen=True)
class UnitRow:
    """A unit beside the others."""

    name: str
    #: Names are sorted by it: it is pinyin.
    slug: str
    address: str
    region: str
    region_code: str
    #: The day of the figures of the latest notice, and the same for sorting.
    as_of: str
    as_of_iso: str
    #: From feedback to publication of the latest notice.
    span: Span | None
    sums: Sums

    @classmethod
    def of(cls, unit: UnitFolder, figures: Sequence[NoticeFigures]) -> UnitRow:
        """The row of a unit with the figures of its notices, the latest first."""
        as_of = figures[0].filed.notice.as_of if figures else None
        return cls(
            name=unit.unit.short_name,
            slug=unit.slug,
            address=unit.page.path,
            region=region_words(unit),
            region_code=unit.unit.region.code,
            as_of=str(as_of) if as_of else NO_DAY,
            as_of_iso=as_of.iso if as_of else "",
            span=figures[0].span if figures else None,
            sums=Sums.of(figures),
        )


@dataclass(frozen=True)
class ProvinceRow:
    """A province beside the others."""

    name: str
    #: The code of GB/T 2260, all six digits.
    code: str
    units: int
    sums: Sums
    #: Of its bar, in percent of the longest.
    length: str

    @property
    def anchor(self) -> str:
        """Where the page of units has it."""
        return f"region-{self.code[:2]}"


@dataclass(frozen=True)
class NoticeRow:
    """A notice beside the others."""

    link: NoticeLink
    span: Span
    stated: StatedTotal


@dataclass(frozen=True)
class StatisticsView:
    """All that the page of statistics shows."""

    imprint: Imprint
    days: Days
    sums: Sums
    units: int
    without_topic: int
    status: Chart
    years: Chart
    topics: Chart
    provinces: tuple[ProvinceRow, ...]
    #: The province with the most issues, or several.
    leading_provinces: tuple[ProvinceRow, ...]
    #: Empty where there are too many of them.
    unit_rows: tuple[UnitRow, ...]
    notice_rows: tuple[NoticeRow, ...]
    address: ClassVar[Address] = Address("statistics/")
    limit: ClassVar[int] = ROWS
    standings: ClassVar[type[Standing]] = Standing
    done_labels: ClassVar[tuple[str, ...]] = tuple(code.label for code in DONE)
    open_labels: ClassVar[tuple[str, ...]] = tuple(code.label for code in OPEN)

    @property
    def months(self) -> Months:
        """From feedback to publication, over all notices."""
        return self.sums.months

    @property
    def head(self) -> Head:
        """The head of the page."""
        description = (
            "逐条列出的问题按状态、地区、年份、主题计数，各单位并列，从反馈到发布用了几个月，通报所述与列出的对照"
        )
        return Head(self.imprint, self.address.path, "统计", description, extras=(("styles", "statistics"),))

    @classmethod
    def of(cls, site: Site) -> StatisticsView:
        """The view of the page."""
        board, listings = site.board, site.listings
        of_unit = {unit.slug: [NoticeFigures.of(filed) for filed in unit.notices] for unit in board.units}
        figures = [one for some in of_unit.values() for one in some]
        sums = Sums.of(figures)
        whole = sums.listed or 0
        provinces = _provinces(board, of_unit)
        most = max((row.sums.listed or 0 for row in provinces), default=0)
        return cls(
            imprint=Imprint.of(site),
            days=Days.of(one.filed.notice.as_of for one in figures),
            sums=sums,
            units=len(board.units),
            without_topic=sum(one.without_topic for one in figures),
            status=Chart.of(_status_bars(figures, whole)),
            years=Chart.of(_year_bars(figures, listings.by_year, whole)),
            topics=Chart.of(_topic_bars(listings.by_topic, whole), _TOPICS_DRAWN),
            provinces=provinces,
            leading_provinces=tuple(row for row in provinces if most and row.sums.listed == most),
            unit_rows=_unit_rows(board, of_unit) if len(board.units) <= ROWS else (),
            notice_rows=_notice_rows(site, figures) if len(figures) <= ROWS else (),
        )


def _status_bars(figures: Iterable[NoticeFigures], whole: int) -> Iterable[Bar]:
    counter: Counter[StatusCode] = Counter()
    for one in figures:
        counter.update(one.statuses)
    for code in StatusCode:
        if counter[code]:
            status = StatusCount(code.sign, code.label, code.value, counter[code])
            yield Bar(
                name=status.label,
                count=status.count,
                length=length(status.count, whole),
                share=share(status.count, whole),
                address=status.address,
                sign=status.sign,
                code=status.code,
            )


def _year_bars(figures: Iterable[NoticeFigures], listings: Iterable[Listing], whole: int) -> Iterable[Bar]:
    """Each year that has a notice, the newest first, though it may list no issue."""
    notices = Counter(one.filed.date.year or 0 for one in figures)
    of_name = {one.name: one for one in listings}
    most = max((one.count for one in of_name.values()), default=0)
    for year in sorted(notices, reverse=True):
        name = f"{year}年"
        listing = of_name.get(name)
        count = listing.count if listing else 0
        yield Bar(
            name=name,
            count=count,
            length=length(count, most),
            share=share(count, whole),
            address=listing.address if listing else "",
            notices=notices[year],
        )


def _topic_bars(listings: Iterable[Listing], whole: int) -> Iterable[Bar]:
    """Topics, those with most issues first, otherwise in the order of their table."""
    by_count = sorted(listings, key=lambda one: one.count, reverse=True)
    most = by_count[0].count if by_count else 0
    for one in by_count:
        yield Bar(one.name, one.count, length(one.count, most), share(one.count, whole), one.address)


def _provinces(board: Board, of_unit: dict[str, list[NoticeFigures]]) -> tuple[ProvinceRow, ...]:
    found = []
    for code, group in groupby(board.by_region, key=lambda unit: unit.unit.region.code[:2]):
        units = list(group)
        sums = Sums.of(one for unit in units for one in of_unit[unit.slug])
        found.append((units[0].unit.region.province, f"{code}0000", len(units), sums))
    most = max((sums.listed or 0 for _, _, _, sums in found), default=0)
    return tuple(
        ProvinceRow(name, code, units, sums, length(sums.listed or 0, most)) for name, code, units, sums in found
    )


def _unit_rows(board: Board, of_unit: dict[str, list[NoticeFigures]]) -> tuple[UnitRow, ...]:
    return tuple(UnitRow.of(unit, of_unit[unit.slug]) for unit in board.by_region)


def _notice_rows(site: Site, figures: Iterable[NoticeFigures]) -> tuple[NoticeRow, ...]:
    """The newest first."""
    newest = sorted(figures, key=lambda one: one.filed.recency, reverse=True)
    return tuple(NoticeRow(site.link(one.filed), one.span, one.stated) for one in newest)
