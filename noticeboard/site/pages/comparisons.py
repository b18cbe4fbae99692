"""Units, provinces and notices side by side: the rows of the tables of statistics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from noticeboard.board.addresses import UNITS
from noticeboard.board.board import Board, UnitFolder
from noticeboard.board.words import NO_DAY, region_words
from noticeboard.site.model.site import Site
from noticeboard.site.pages.charts import Cell, length, number
from noticeboard.site.pages.figures import NoticeFigures, Span, StatedTotal, Sums
from noticeboard.site.views.links import NoticeLink

_NO_NOTICE = "没有通报"
_NOT_LISTED = "没有逐条列出"


def _of_sums(sums: Sums) -> tuple[Cell, ...]:
    """所述问题, 列出问题, 已完成类, 未完成类, 未标明."""
    # Nothing is told of the unstated: none of them told done is no zero.
    untold = "未标明" if sums.listed else "—"
    return (
        Cell(sums.stated_words if sums.notices else _NO_NOTICE, sums.stated),
        number(sums.listed, _NOT_LISTED if sums.notices else _NO_NOTICE),
        number(None if sums.unstated and not sums.done else sums.done, untold),
        number(None if sums.unstated and not sums.open else sums.open, untold),
        number(sums.unstated, "—"),
    )


@dataclass(frozen=True)
class UnitRow:
    """A unit beside the others."""

    name: Cell
    region: Cell
    #: The day of the figures of the latest notice.
    as_of: Cell
    #: From feedback to publication of the latest notice.
    span: Span | None
    sums: Sums

    @classmethod
    def of(cls, unit: UnitFolder, figures: Sequence[NoticeFigures]) -> UnitRow:
        """The row of a unit with the figures of its notices, the latest first."""
        as_of = figures[0].filed.notice.as_of if figures else None
        return cls(
            # Names are sorted by the name of the folder: it is pinyin.
            name=Cell(unit.unit.short_name, unit.slug, unit.page.path),
            region=Cell(region_words(unit), unit.unit.region.code),
            as_of=Cell(str(as_of or NO_DAY), (as_of and as_of.iso) or None) if figures else Cell(_NO_NOTICE),
            span=figures[0].span if figures else None,
            sums=Sums.of(figures),
        )

    @property
    def cells(self) -> tuple[Cell, ...]:
        """单位, 地区, 通报, the five of sums, 反馈到发布, 数据截至."""
        return (
            self.name,
            self.region,
            number(self.sums.notices),
            *_of_sums(self.sums),
            Cell(self.span.words, self.span.months) if self.span else Cell(_NO_NOTICE),
            self.as_of,
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
    def head(self) -> Cell:
        """Its name, with the way to its units."""
        return Cell(self.name, self.code, UNITS.at(f"region-{self.code[:2]}"))

    @property
    def cells(self) -> tuple[Cell, ...]:
        """地区, 单位, 通报, the five of sums, 反馈到发布."""
        months = self.sums.months
        middle = Cell(f"{months.middle} 个月", months.middle) if months.known else Cell("都不能算")
        return self.head, number(self.units), number(self.sums.notices), *_of_sums(self.sums), middle

    @property
    def issues(self) -> tuple[Cell, ...]:
        """地区, 单位, 通报, 列出的问题 with its bar."""
        issues = Cell(_NOT_LISTED if self.sums.notices else _NO_NOTICE)
        if self.sums.listed:
            issues = Cell(f"{self.sums.listed} 个", address=f"issues/?region={self.code}", bar=self.length)
        return self.head, number(self.units), number(self.sums.notices), issues

    @property
    def months(self) -> tuple[Cell, ...]:
        """地区, 能算的, 最短, 居中, 最长, 不能算的."""
        months = self.sums.months
        known = (f"{count} 个月" if months.known else "—" for count in (months.least, months.middle, months.most))
        return tuple(map(Cell, (self.name, f"{months.known} 份", *known, f"{months.unknown_notices} 份")))

    @property
    def standings(self) -> tuple[Cell, ...]:
        """地区, 一致, 不一致, 没有逐条列出, 没有说总数."""
        return Cell(self.name), *(Cell(f"{count} 份") for count in self.sums.by_standing)


@dataclass(frozen=True)
class NoticeRow:
    """A notice beside the others."""

    link: NoticeLink
    span: Span
    stated: StatedTotal

    @property
    def months(self) -> tuple[Cell, ...]:
        """通报, 反馈, 落款或发布, 月数."""
        span = self.span
        return self._head(), Cell(span.feedback), Cell(span.publication), Cell(span.words)

    @property
    def standing(self) -> tuple[Cell, ...]:
        """通报, 通报所述, 逐条列出, 对照."""
        listed = f"{self.link.listed_issues}个" if self.link.listed_issues else _NOT_LISTED
        return (
            self._head(self.link.as_of),
            Cell(self.stated.words, note="，".join(self.stated.statuses)),
            Cell(listed, note="本站得到的文本不完整" if self.link.is_cut_off else ""),
            Cell(self.stated.standing.value),
        )

    def _head(self, note: str = "") -> Cell:
        return Cell(f"{self.link.unit_name}　{self.link.date}", address=self.link.address, note=note)


def province_rows(board: Board, of_unit: dict[str, list[NoticeFigures]]) -> tuple[ProvinceRow, ...]:
    """Provinces in the order of GB/T 2260; the figures are those of each unit's notices, by its folder name."""
    found = []
    for code, group in groupby(board.by_region, key=lambda unit: unit.unit.region.code[:2]):
        units = list(group)
        sums = Sums.of(notice for unit in units for notice in of_unit[unit.slug])
        found.append((units[0].unit.region.province, f"{code}0000", len(units), sums))
    most = max((sums.listed or 0 for _, _, _, sums in found), default=0)
    return tuple(
        ProvinceRow(name, code, units, sums, length(sums.listed or 0, most)) for name, code, units, sums in found
    )


def unit_rows(board: Board, of_unit: dict[str, list[NoticeFigures]]) -> tuple[UnitRow, ...]:
    """Units in the order of GB/T 2260, with the same figures."""
    return tuple(UnitRow.of(unit, of_unit[unit.slug]) for unit in board.by_region)


def notice_rows(site: Site, figures: Iterable[NoticeFigures]) -> tuple[NoticeRow, ...]:
    """The newest first."""
    newest = sorted(figures, key=lambda notice: notice.filed.recency, reverse=True)
    return tuple(NoticeRow(site.link(notice.filed), notice.span, notice.stated) for notice in newest)
