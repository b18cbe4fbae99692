"""Charts of issues by status, year and topic: the bars, the table of their numbers, what is to be seen in them.

What stands in the cells of a table is decided here and in ``comparisons``, and one macro draws them (``charts.md.j2``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from noticeboard.site.model.listings import Listing
from noticeboard.site.pages.figures import NoticeFigures
from noticeboard.site.views.statuses import StatusCount

#: So many are named where they have equally many issues.
_NAMED = 3


@dataclass(frozen=True)
class Cell:
    """A cell: its words, and what may come with them."""

    words: str
    #: By what its column is sorted; cells without it come last.
    value: str | int | None = None
    #: Where the words lead; empty: nowhere.
    address: str = ""
    #: Said below in small letters; empty: nothing.
    note: str = ""
    #: The length of a bar below, in percent; empty: there is none.
    bar: str = ""
    #: A status in the place of the words.
    status: StatusCount | None = None


def number(count: int | None, otherwise: str = "") -> Cell:
    """The cell of a number; where there is none, it says why."""
    return Cell(otherwise if count is None else str(count), count)


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
    #: Of a status.
    status: StatusCount | None = None
    #: Of a year: how many notices it has.
    notices: int = 0

    @property
    def cells(self) -> tuple[Cell, Cell, Cell]:
        """Its name, how many issues with the way to their list, its share."""
        issues = Cell(f"{self.count} 个" if self.count else "没有逐条列出", address=self.address)
        return Cell(self.name, status=self.status), issues, Cell(self.share)

    @property
    def of_year(self) -> tuple[Cell, Cell, Cell]:
        """The year, how many notices, how many issues."""
        name, issues, _ = self.cells
        return name, Cell(f"{self.notices} 份"), issues


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

    @property
    def leading(self) -> str:
        """云南省最多，34 个."""
        return most_of(self.leaders, self.most)


def most_of(names: Sequence[str], most: int) -> str:
    """Which of some names has the most issues; several may be equal."""
    if len(names) > _NAMED:
        return f"有 {len(names)} 个并列最多，各 {most} 个"
    return f"{'、'.join(names)}最多，{'各 ' if len(names) > 1 else ''}{most} 个"


def length(count: int, most: int) -> str:
    """How long a bar is, in percent of the longest."""
    return f"{100 * count / most:.1f}" if most else "0"


def share(count: int, whole: int) -> str:
    """A part of a whole in words; what is rounded is neither nothing nor all."""
    percent = round(100 * count / whole) if whole else 0
    if not percent and count:
        return "不到 1%"
    return "99% 以上" if percent == 100 and count < whole else f"{percent}%"  # noqa: PLR2004 - per cent


def status_bars(counts: Iterable[StatusCount], whole: int) -> Iterable[Bar]:
    """The statuses that an issue has, in their order; ``whole`` is the number of all issues."""
    for status in counts:
        count = status.count
        yield Bar(status.label, count, length(count, whole), share(count, whole), status.address, status)


def year_bars(figures: Iterable[NoticeFigures], listings: Iterable[Listing], whole: int) -> Iterable[Bar]:
    """Each year that has a notice, the newest first, though it may list no issue."""
    notices = Counter(notice.filed.date.year or 0 for notice in figures)
    of_name = {listing.name: listing for listing in listings}
    most = max((listing.count for listing in of_name.values()), default=0)
    for year in sorted(notices, reverse=True):
        name = f"{year}年"
        listing = of_name.get(name)
        count, address = (listing.count, listing.address) if listing else (0, "")
        yield Bar(name, count, length(count, most), share(count, whole), address, notices=notices[year])


def topic_bars(listings: Iterable[Listing], whole: int) -> Iterable[Bar]:
    """Topics, those with most issues first, otherwise in the order of their table."""
    by_count = sorted(listings, key=lambda listing: listing.count, reverse=True)
    most = by_count[0].count if by_count else 0
    for listing in by_count:
        count = listing.count
        yield Bar(listing.name, count, length(count, most), share(count, whole), listing.address)
