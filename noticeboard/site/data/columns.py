"""What a table of the open data is made of: typed columns, each with its names, its meaning and where its value is.

A table knows no file format; ``csvfile`` and ``workbook`` write any.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from noticeboard.record.dates import PartialDate

#: Changes with a column's name, type or meaning; a column more is not another version.
FORMAT_VERSION = "1"

#: ``None`` and the empty text: not given.
Cell = str | int | PartialDate | None
Row = tuple[Cell, ...]


class ColumnType(enum.Enum):
    """What the cells of a column are."""

    TEXT = "text"
    INTEGER = "integer"
    #: As precise as the record: 2023-12-14, 2023-12, 2023; a damaged date is its printed words.
    DATE = "date"
    #: A whole address of the web.
    LINK = "link"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return {"text": "文字", "integer": "整数", "date": "日期", "link": "网址"}[self.value]


#: What a row tells of: an entry of the table.
EntryT = TypeVar("EntryT")
SomeEntryT_contra = TypeVar("SomeEntryT_contra", contravariant=True)


@dataclass(frozen=True)
class Column(Generic[SomeEntryT_contra]):
    """A column: its name in CSV, its name in the workbook, its meaning for readers, and its value of an entry."""

    name: str
    label: str
    meaning: str
    value: Callable[[SomeEntryT_contra], Cell]
    type: ColumnType = ColumnType.TEXT
    #: In a workbook, in characters of a digit's width; a Chinese one takes two.
    width: int = 12


@dataclass(frozen=True)
class Table(Generic[EntryT]):
    """Columns with a name for the file and a label for the sheet."""

    name: str
    label: str
    columns: tuple[Column[EntryT], ...]

    def row(self, entry: EntryT) -> Row:
        """The cells of an entry."""
        return tuple(column.value(entry) for column in self.columns)


def exact_day(day: PartialDate | None) -> date | None:
    """The day of a date that is known to the day; ``None`` of any other."""
    if day is None or day.year is None or day.month is None or day.day is None:
        return None
    return date(day.year, day.month, day.day)
