"""The cells of a table: what stands in them is decided by a view, and one macro draws them (``charts.md.j2``)."""

from __future__ import annotations

from dataclasses import dataclass

from noticeboard.site.views.statuses import StatusCount


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
