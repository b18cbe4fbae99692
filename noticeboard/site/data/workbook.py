"""Tables as a workbook (XLSX), row by row: for spreadsheets, where no text turns into a number, a date or a formula.

The bytes depend on what is written alone: not on the clock, the time zone or the user.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from noticeboard.record.dates import PartialDate
from noticeboard.site.data.columns import Cell, Column, ColumnType, Row, exact_day
from noticeboard.site.data.csvfile import date_text
from noticeboard.text import NEVER_IN_FILE

#: A sheet has 1,048,576 rows.
ROWS_OF_A_SHEET = 1_000_000
#: What Excel allows: links of a sheet, the length of a link, and of a text in units of UTF-16.
LINKS_OF_A_SHEET = 65_530
_LONGEST_LINK = 2_079
_LONGEST_TEXT = 32_767

CUT_SIGN = "……〔太长，后面从略，全文见 CSV〕"

#: When the workbook says that it was made: a constant, so that the same notices give the same bytes.
_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook knows no time zones
#: Columns from this width on hold sentences, whose lines are broken.
_WIDE = 36
#: The height of a line in points, and how many of them a row of a table shows at most.
_LINE = 15
_MOST_LINES = 6


class Book:
    """A workbook that is being written, sheet after sheet."""

    def __init__(self, path: Path, title: str, author: str) -> None:
        options = {
            "constant_memory": True,
            # Its rows wait in files, which a killed run leaves: in a folder that the next one takes away.
            "tmpdir": str(path.parent),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._workbook = Workbook(str(path), options)
        self._workbook.set_properties({"title": title, "author": author, "created": _CREATED})
        self._head = self._workbook.add_format(
            {"bold": True, "bg_color": "#E7E6E6", "border": 1, "text_wrap": True, "valign": "vcenter"}
        )
        top = {"valign": "top"}
        self.plain = self._workbook.add_format(top)
        self.wrapped = self._workbook.add_format(top | {"text_wrap": True})
        self.bold = self._workbook.add_format(top | {"bold": True})
        self.day = self._workbook.add_format(top | {"num_format": "yyyy-mm-dd", "align": "left"})
        self.link = self._workbook.add_format(top | {"font_color": "#0563C1", "underline": 1})

    def page(self, name: str, widths: Sequence[int]) -> Page:
        """A sheet of texts for people."""
        worksheet = self._sheet(name)
        for at, width in enumerate(widths):
            worksheet.set_column(at, at, width)
        return Page(self, worksheet, widths)

    def sheet(self, name: str, columns: Sequence[Column[Any]]) -> Worksheet:
        """A sheet with a head row that stays in sight and on every printed page."""
        worksheet = self._sheet(name)
        for at, column in enumerate(columns):
            worksheet.set_column(at, at, column.width)
        worksheet.freeze_panes(1, 0)
        worksheet.repeat_rows(0)
        worksheet.set_row(0, _LINE * max((lines(column.label, column.width) for column in columns), default=1))
        for at, column in enumerate(columns):
            worksheet.write_string(0, at, column.label, self._head)
        return worksheet

    def _sheet(self, name: str) -> Worksheet:
        worksheet: Worksheet = self._workbook.add_worksheet(name)
        # Codes and numbers of documents are texts on purpose; Excel would mark each of them as a mistake.
        worksheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        return worksheet

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # After an error too: closing ends the temporary files.
        self._workbook.close()


class Page:
    """A sheet of texts, written from above."""

    def __init__(self, book: Book, worksheet: Worksheet, widths: Sequence[int]) -> None:
        self._book, self._worksheet, self._widths, self._row = book, worksheet, widths, 0

    def add(self, *texts: str, is_head: bool = False) -> None:
        """A row of cells, as high as they need."""
        heights = (lines(text, width) for text, width in zip(texts, self._widths, strict=False))
        self._worksheet.set_row(self._row, _LINE * max(heights))
        for at, text in enumerate(texts):
            write_text(self._worksheet, self._row, at, text, self._book.bold if is_head else self._book.wrapped)
        self._row += 1


class Rows:
    """The rows of a table on a sheet; when it is full, on another one whose name has a number (问题2)."""

    def __init__(self, book: Book, name: str, columns: Sequence[Column[Any]]) -> None:
        self._book, self._name, self._columns = book, name, columns
        self._sentences = [(at, column.width) for at, column in enumerate(columns) if column.width >= _WIDE]
        self._formats = [book.wrapped if column.width >= _WIDE else book.plain for column in columns]
        self._sheets = 0
        self._begin()

    def _begin(self) -> None:
        self._sheets += 1
        name = self._name if self._sheets == 1 else f"{self._name}{self._sheets}"
        self._worksheet = self._book.sheet(name, self._columns)
        self._row = self._links = 0

    def add(self, row: Row) -> None:
        """Write a row."""
        if self._row == ROWS_OF_A_SHEET:
            self.end()
            self._begin()
        self._row += 1
        sentences = ((row[at], width) for at, width in self._sentences)
        height = max((lines(text, width) for text, width in sentences if isinstance(text, str)), default=1)
        if height > 1:
            self._worksheet.set_row(self._row, _LINE * min(height, _MOST_LINES))
        for at, (cell, column) in enumerate(zip(row, self._columns, strict=True)):
            self._write(at, cell, column)

    def _write(self, at: int, cell: Cell, column: Column[Any]) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, int):
            self._worksheet.write_number(self._row, at, cell, self._book.plain)
            return
        if isinstance(cell, PartialDate):
            day = exact_day(cell)
            if day and cell.words is None:
                self._worksheet.write_datetime(self._row, at, day, self._book.day)
                return
            cell = date_text(cell)
        if column.type is ColumnType.LINK and self._links < LINKS_OF_A_SHEET and len(cell) <= _LONGEST_LINK:
            self._links += 1
            self._worksheet.write_url(self._row, at, cell, self._book.link, string=cell)
        else:
            write_text(self._worksheet, self._row, at, cell, self._formats[at])

    def end(self) -> None:
        """After the last row: let readers filter what is there."""
        self._worksheet.autofilter(0, 0, self._row, len(self._columns) - 1)


def write_text(worksheet: Worksheet, row: int, column: int, text: str, how: Format) -> None:
    """A text as it is, whatever it looks like; one that is longer than a cell may be is cut, with a sign."""
    # More than XML 1.0 (§2.2, Char) cannot hold; records have none of it.
    text = fitting(NEVER_IN_FILE.sub("\ufffd", text))
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter would take it for the XML of a rich text and write it unescaped; as two parts it is none.
        worksheet.write_rich_string(row, column, text[:1], how, text[1:], how)
    else:
        worksheet.write_string(row, column, text, how)


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
