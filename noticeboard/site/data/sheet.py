"""A row of a table as a sheet of a workbook has it (ECMA-376, SpreadsheetML): made once, put into any row of a sheet.

Its cells name the row in which they stand. The format lets that be left out, but readers that expect it, Microsoft's
own driver for databases among them, then fail or find nothing; so a sign stands where the number will.
"""

from __future__ import annotations

import enum
import math
import operator
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from noticeboard.record.dates import PartialDate
from noticeboard.site.data.columns import Cell, Column, ColumnType, exact_day
from noticeboard.site.data.csvfile import date_text
from noticeboard.text import NEVER_IN_FILE

#: What Excel allows: the length of a link, and of a text in units of UTF-16.
_LONGEST_LINK = 2_079
_LONGEST_TEXT = 32_767

CUT_SIGN = "……〔太长，后面从略，全文见 CSV〕"

#: Columns from this width on hold sentences, whose lines are broken.
_WIDE = 36
#: The height of a line in points, and how many of them a row of a table shows at most.
LINE = 15
_MOST_LINES = 6

#: Stands for the number of the row: no XML can hold it.
_NUMBER = "\0"
#: What a text may hold that XML takes for something else or not at all; most have none of it.
_AWKWARD = re.compile(f"[&<>\r]|{NEVER_IN_FILE.pattern}")
#: ECMA-376, 22.9.2.19 (ST_Xstring): how a character is written that XML would lose; what looks like that is none.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
#: Excel takes 1900 for a leap year: from its March on the days are counted from one day earlier.
_DAY_0, _MARCH_1900 = date(1899, 12, 31), date(1900, 3, 1)


class Style(enum.IntEnum):
    """How a cell of a table looks: the number that its format has in every workbook (``workbook.Book``)."""

    PLAIN = 2
    WRAPPED = 3
    DAY = 4
    LINK = 5


class Link(NamedTuple):
    """Where a cell leads to, as XML has it: the letters of its column, the address, and the attribute of its anchor."""

    column: bytes
    target: bytes
    location: bytes


class SheetCell(NamedTuple):
    """A cell: its XML, which is empty where there is nothing, and how many lines of its column it needs."""

    xml: str
    lines: int = 1
    link: Link | None = None


_XML, _LINES, _LINK = (operator.itemgetter(at) for at in range(3))


class SheetRow(NamedTuple):
    """A row that can be put anywhere in any sheet."""

    xml: bytes
    links: tuple[Link, ...]

    def numbered(self, number: int) -> bytes:
        """The XML of the row with this number; the head of a table is row 1."""
        return self.xml.replace(b"\0", b"%d" % number)

    def without_links(self) -> SheetRow:
        """The row with its addresses as mere texts."""
        # No text has an unescaped sign of XML, so this is found in the tags of cells alone.
        found, instead = (b's="%d" t="inlineStr"><is>' % style for style in (Style.LINK, Style.PLAIN))
        return SheetRow(self.xml.replace(found, instead), ())


class SheetColumn:
    """A column at its place in a sheet."""

    def __init__(self, at: int, column: Column[Any]) -> None:
        """``at``: 0 is the first one."""
        self._letters: str = xl_col_to_name(at)
        self._width = column.width
        self._is_link = column.type is ColumnType.LINK
        self._start = f'<c r="{self._letters}{_NUMBER}" s="'
        self._text_style = Style.WRAPPED if column.width >= _WIDE else Style.PLAIN

    def cell(self, cell: Cell) -> SheetCell:
        """The cell in it that has this value."""
        if cell is None or cell == "":
            return SheetCell("")
        if isinstance(cell, int):
            return SheetCell(f'{self._start}{Style.PLAIN:d}"><v>{cell}</v></c>')
        if isinstance(cell, PartialDate):
            day = exact_day(cell)
            if day and cell.words is None:
                return SheetCell(f'{self._start}{Style.DAY:d}"><v>{_serial(day)}</v></c>')
            return SheetCell(self._inline(date_text(cell), self._text_style))
        needed = lines(cell, self._width) if self._width >= _WIDE else 1
        if self._is_link and len(cell) <= _LONGEST_LINK:
            target, _, anchor = cell.partition("#")
            location = f' location="{_in_attribute(anchor)}"'.encode() if anchor else b""
            link = Link(self._letters.encode(), _in_attribute(target).encode(), location)
            return SheetCell(self._inline(cell, Style.LINK), needed, link)
        return SheetCell(self._inline(cell, self._text_style), needed)

    def _inline(self, text: str, style: Style) -> str:
        """A text as it is, whatever it looks like; one that is longer than a cell may be is cut, with a sign."""
        text = fitting(text)
        if "_x" in text or _AWKWARD.search(text):
            text = _escaped(text)
        preserve = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
        return f'{self._start}{style:d}" t="inlineStr"><is><t{preserve}>{text}</t></is></c>'


def sheet_columns(columns: Iterable[Column[Any]]) -> tuple[SheetColumn, ...]:
    """The columns of a table, each at its place."""
    return tuple(SheetColumn(at, column) for at, column in enumerate(columns))


def sheet_row(cells: Sequence[SheetCell]) -> SheetRow:
    """The row of these cells, as high as its sentences need."""
    height = min(max(map(_LINES, cells), default=1), _MOST_LINES)
    # Without a height of its own a row has that of one line.
    high = f' ht="{LINE * height}" customHeight="1"' if height > 1 else ""
    xml = f'<row r="{_NUMBER}"{high}>{"".join(map(_XML, cells))}</row>'
    return SheetRow(xml.encode(), tuple(filter(None, map(_LINK, cells))))


def hyperlinks(number: int, links: Iterable[Link], first: int) -> Iterator[tuple[bytes, bytes]]:
    """Each link of row ``number`` in the sheet and in its relations, the first of which is number ``first``."""
    for at, link in enumerate(links, first):
        yield (
            b'<hyperlink ref="%b%d" r:id="rId%d"%b/>' % (link.column, number, at, link.location),
            b'<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            b'hyperlink" Target="%b" TargetMode="External"/>' % (at, link.target),
        )


def _serial(day: date) -> int:
    return (day - _DAY_0).days + (day >= _MARCH_1900)


def _escaped(text: str) -> str:
    # More than XML 1.0 (§2.2, Char) cannot hold; records have none of it.
    text = NEVER_IN_FILE.sub("\ufffd", text)
    text = _LOOKS_ESCAPED.sub("_x005F_", text).replace("\r", "_x000D_")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _in_attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def lines(text: str, width: int) -> int:
    """About how many lines a text takes in a cell of ``width``.

    Excel would find the height of a row without one itself; LibreOffice and WPS show one line of it.
    """
    # A Chinese character has three bytes and the width of two digits or a little more.
    wide = 1.05 / 2
    return sum(
        max(1, math.ceil(wide * (len(part) + len(part.encode(errors="replace"))) / width)) for part in text.split("\n")
    )


def fitting(text: str) -> str:
    """The text, or as much of it as a cell holds with a sign that it was cut."""
    if len(text) <= _LONGEST_TEXT // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _LONGEST_TEXT:
        return text
    # A character beyond U+FFFF that is cut in two is dropped.
    return units[: 2 * (_LONGEST_TEXT - len(CUT_SIGN))].decode("utf-16-le", "ignore") + CUT_SIGN
