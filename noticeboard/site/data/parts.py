"""What a notice and a unit give to the files about the whole site, made once for as long as they say the same.

Those files are these parts one behind the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from noticeboard.board.board import NoticeFile, UnitFolder
from noticeboard.site.data.columns import Cell
from noticeboard.site.data.csvfile import csv_lines, csv_text
from noticeboard.site.data.documents import IndexEntry, UnitDocument
from noticeboard.site.data.entries import NoticeEntry
from noticeboard.site.data.matters import MATTERS, OF_NOTICE, matter_entries
from noticeboard.site.data.notices import NOTICES
from noticeboard.site.data.sheet import SheetCell, SheetColumn, SheetRow, sheet_columns, sheet_row
from noticeboard.site.model.site import Site
from noticeboard.site.settings.masthead import Masthead


@dataclass(frozen=True)
class NoticePart:
    """What the files about the whole site have of a notice."""

    #: In its address.
    year: int
    #: Its issues that count and its suggestions: rows of a sheet, and lines of CSV. One not in force has none.
    matters: tuple[SheetRow, ...]
    matters_csv: bytes
    #: Its row in the sheet of notices, and its line of CSV.
    notice: SheetRow
    notice_csv: bytes
    #: Its JSON in the index of all notices.
    index_entry: str


class _Printed(NamedTuple):
    """A cell as both files have it."""

    csv: str
    sheet: SheetCell


#: The columns of each table with their places in a sheet.
_MATTERS = tuple(zip(MATTERS.columns, sheet_columns(MATTERS.columns), strict=True))
_OF_NOTICE = {column.name: column for column in OF_NOTICE}
_OF_MATTER = tuple((at, *column) for at, column in enumerate(_MATTERS) if column[0].name not in _OF_NOTICE)
_NOTICES = tuple(zip(NOTICES.columns, sheet_columns(NOTICES.columns), strict=True))


def notice_part(site: Site, filed: NoticeFile) -> NoticePart:
    """The part of a notice of this site.

    It depends on what ``filed`` and its unit's record say, on the address of the site (``masthead.site_url``), and on
    the keys of ``Lives.latest`` of its matters: on nothing else of other notices.
    """
    entry = NoticeEntry(site, filed)
    matters = [*_matters(entry)]
    notice = [_printed(place, column.value(entry)) for column, place in _NOTICES]
    return NoticePart(
        year=filed.date.year or 0,
        matters=tuple(map(_sheet_row, matters)),
        matters_csv=_lines(matters),
        notice=_sheet_row(notice),
        notice_csv=_lines([notice]),
        index_entry=IndexEntry.of(filed, site.board.unit_of(filed), site.masthead).model_dump_json(),
    )


def notice_parts(site: Site) -> Iterator[NoticePart]:
    """The parts of all notices in the order of the files: those in force, then the others; each newest first."""
    return (notice_part(site, filed) for filed in (*site.board.notices, *site.board.retired))


def unit_part(unit: UnitFolder, masthead: Masthead) -> str:
    """What ``units.json`` has of a unit; of the site it depends on the address alone (``masthead.site_url``)."""
    return UnitDocument.of(unit, masthead).model_dump_json()


def unit_parts(site: Site) -> Iterator[str]:
    """The parts of all units, by folder name."""
    return (unit_part(unit, site.masthead) for unit in site.board.units)


def _matters(entry: NoticeEntry) -> Iterator[list[_Printed]]:
    """The rows of its matters; what each of them has of the notice is made once."""
    own = [(place, _OF_NOTICE.get(column.name)) for column, place in _MATTERS]
    row = [_printed(place, column.value(entry) if column else None) for place, column in own]
    for matter in matter_entries(entry.site, entry.filed):
        for at, column, place in _OF_MATTER:
            row[at] = _printed(place, column.value(matter))
        yield [*row]


@lru_cache(maxsize=10_000)
def _printed(place: SheetColumn, cell: Cell) -> _Printed:
    return _Printed(csv_text(cell), place.cell(cell))


def _sheet_row(cells: Iterable[_Printed]) -> SheetRow:
    return sheet_row([cell.sheet for cell in cells])


def _lines(rows: Iterable[Iterable[_Printed]]) -> bytes:
    return csv_lines([cell.csv for cell in row] for row in rows)
