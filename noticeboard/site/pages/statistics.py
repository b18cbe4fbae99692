"""The page of statistics: issues by status, region, year and topic; units side by side; times; stated and listed.

All of it counts what is listed (``counting``); what notices state stands beside it. Above ``ROWS`` units or notices
the tables of single units and notices give way to tables of provinces.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from noticeboard.record.dates import PartialDate
from noticeboard.site.model.site import Site
from noticeboard.site.pages.charts import Chart, most_of, status_bars, topic_bars, year_bars
from noticeboard.site.pages.comparisons import NoticeRow, ProvinceRow, UnitRow, notice_rows, province_rows, unit_rows
from noticeboard.site.pages.figures import DONE, OPEN, NoticeFigures, Sums
from noticeboard.site.pages.head import Head, Imprint, PageView
from noticeboard.site.views.sitepages import STATISTICS
from noticeboard.site.views.statuses import status_counts

#: So many units or notices are shown one by one.
ROWS = 300
#: So many topics are drawn; the table below the drawing has all.
_TOPICS_DRAWN = 10


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

    @property
    def words(self) -> str:
        """写明截至哪一天的 2 份（最早2022年，最晚2023年），截至日期未载的 1 份."""
        damaged = f"，截至日期缺损、看不出年份的 {self.damaged} 份" if self.damaged else ""
        if not self.told:
            return f"没有一份写明截至哪一天{damaged}"
        is_one = self.earliest == self.latest
        days = self.earliest if is_one else f"最早{self.earliest}，最晚{self.latest}"
        told = f"写明截至哪一天的 {self.told} 份" if self.untold else "每份都写明截至哪一天"
        not_given = self.untold - self.damaged
        return f"{told}（{days}）{f'，截至日期未载的 {not_given} 份' if not_given > 0 else ''}{damaged}"


@dataclass(frozen=True)
class StatisticsView(PageView):
    """All that the page of statistics shows."""

    days: Days
    sums: Sums
    units: int
    without_topic: int
    status: Chart
    years: Chart
    topics: Chart
    provinces: tuple[ProvinceRow, ...]
    #: Empty where there are too many of them.
    unit_rows: tuple[UnitRow, ...]
    notice_rows: tuple[NoticeRow, ...]
    limit: ClassVar[int] = ROWS
    done_labels: ClassVar[tuple[str, ...]] = tuple(code.label for code in DONE)
    open_labels: ClassVar[tuple[str, ...]] = tuple(code.label for code in OPEN)

    @classmethod
    def of(cls, site: Site) -> StatisticsView:
        """The view of the page."""
        board, listings = site.board, site.listings
        of_unit = {unit.slug: [NoticeFigures.of(filed) for filed in unit.notices] for unit in board.units}
        figures = [notice for notices in of_unit.values() for notice in notices]
        sums = Sums.of(figures)
        whole = sums.listed or 0
        return cls(
            head=Head(
                Imprint.of_column(site),
                STATISTICS.address,
                STATISTICS.name,
                "逐条列出的问题按状态、地区、年份、主题计数，各单位并列，从反馈到发布用了几个月，通报所述与列出的对照",
                extras=(("styles", "statistics"),),
            ),
            days=Days.of(notice.filed.notice.as_of for notice in figures),
            sums=sums,
            units=len(board.units),
            without_topic=sum(notice.without_topic for notice in figures),
            status=Chart.of(status_bars(status_counts(board.notices), whole)),
            years=Chart.of(year_bars(figures, listings.by_year, whole)),
            topics=Chart.of(topic_bars(listings.by_topic, whole), _TOPICS_DRAWN),
            provinces=province_rows(board, of_unit),
            unit_rows=unit_rows(board, of_unit) if len(board.units) <= ROWS else (),
            notice_rows=notice_rows(site, figures) if len(figures) <= ROWS else (),
        )

    @property
    def status_finding(self) -> str:
        """How many issues are done, open, unstated."""
        groups = (("已完成类", self.sums.done), ("未完成类", self.sums.open), ("未标明", self.sums.unstated))
        counted = "，".join(f"{name} {count} 个" if count else f"没有{name}的" for name, count in groups)
        return f"列出的 {self.sums.listed} 个问题中，{counted}"

    @property
    def region_finding(self) -> str:
        """Which province has most; empty where nothing is listed."""
        most = max((row.sums.listed or 0 for row in self.provinces), default=0)
        if not most:
            return ""
        leaders = [row.name for row in self.provinces if row.sums.listed == most]
        said = f"都在{leaders[0]}" if len(self.provinces) == 1 else f"中，{most_of(leaders, most)}"
        return f"列出的 {self.sums.listed} 个问题{said}。"

    @property
    def year_finding(self) -> str:
        """Which year has most."""
        years = self.years
        only = len(years.rows) == 1
        said = f"都在{years.rows[0].name}的通报中" if only else f"按通报的年份看，{years.leading}"
        return f"列出的 {self.sums.listed} 个问题{said}"

    @property
    def topic_finding(self) -> str:
        """Which topic has most, and how many of them are drawn."""
        drawn, whole = len(self.topics.bars), len(self.topics.rows)
        rest = f"；图中是问题最多的 {drawn} 个主题，下表有全部 {whole} 个" if drawn < whole else ""
        return f"各主题的问题中，{self.topics.leading}{rest}"

    @property
    def months_finding(self) -> str:
        """How long it took from feedback to publication, and why some notices do not tell."""
        months = self.sums.months
        reasons = "，".join(f"{reason} {count} 份" for reason, count in months.unknown)
        if not months.known:
            return f"{self.sums.notices} 份通报都不能算：{reasons}。"
        spread = f"最短 {months.least} 个月，最长 {months.most} 个月，其中一半不超过 {months.middle} 个月"
        known = f"{months.most} 个月" if months.known == 1 or months.least == months.most else spread
        unknown = f"不能算的 {months.unknown_notices} 份：{reasons}。" if months.unknown else ""
        return f"{self.sums.notices} 份通报中，能算的 {months.known} 份：{known}。{unknown}"
