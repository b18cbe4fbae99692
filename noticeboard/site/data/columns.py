"""What a table of the open data is made of: typed columns, each with its names, its meaning and where its value is.

A table knows no file format; ``csvfile`` and ``workbook`` write any.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar, get_args

from noticeboard.record.base import Record
from noticeboard.record.dates import PartialDate
from noticeboard.site.views.facts import values

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


#: Between several values in a cell; a comma would be taken for the end of one.
SEPARATOR = "；"


def joined(values: Iterable[str | None]) -> str:
    """The values that are given, in one cell."""
    return SEPARATOR.join(filter(None, values))


def columns_of(
    kinds: tuple[type[Record], ...],
    records: Callable[[Any], tuple[Record, ...]],
    prefix: tuple[str, str] = ("", ""),
) -> Iterator[Column[Any]]:
    """The columns that fields of records name themselves, in the order of the model; those that kinds share, once.

    ``records`` are those of an entry; ``prefix`` stands before the English name and before the label.
    """
    fields = {name: (shown, kind.model_fields[name]) for kind in kinds for name, shown in kind.shown.items()}
    for name, (shown, field) in fields.items():
        if shown.column:
            kind = ColumnType.DATE if _takes_date(field.annotation) else ColumnType.TEXT
            value = _value_of(name, records)
            yield Column(prefix[0] + name, prefix[1] + shown.label, shown.column, value, kind, shown.width)


def _takes_date(annotation: Any) -> bool:
    return annotation is PartialDate or any(map(_takes_date, get_args(annotation)))


def _value_of(name: str, records: Callable[[Any], tuple[Record, ...]]) -> Callable[[Any], Cell]:
    def value(entry: Any) -> Cell:
        found = records(entry)
        if len(found) == 1 and isinstance(day := getattr(found[0], name, None), PartialDate):
            return day
        return joined(text for record in found for text in values(record, name))

    return value


def exact_day(day: PartialDate | None) -> date | None:
    """The day of a date that is known to the day; ``None`` of any other."""
    if day is None or day.year is None or day.month is None or day.day is None:
        return None
    return date(day.year, day.month, day.day)
