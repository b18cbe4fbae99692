"""Tables as a workbook (XLSX): for spreadsheets, where no text turns into a number, a date or a formula.

XlsxWriter makes the workbook with the heads of its tables; their rows, which were made before (``sheet``), are put in.
The bytes depend on what is written alone: not on the clock, the time zone or the user.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Self

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_range  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from noticeboard.site.data.columns import Column
from noticeboard.site.data.sheet import LINE, SheetRow, Style, fitting, hyperlinks, lines
from noticeboard.text import NEVER_IN_FILE

#: A sheet has 1,048,576 rows.
ROWS_OF_A_SHEET = 1_000_000
#: How many Excel allows.
LINKS_OF_A_SHEET = 65_530

#: When the workbook says that it was made: a constant, so that the same notices give the same bytes.
_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook knows no time zones
#: A third of the time that the usual level (6) takes, for files that are a fifth larger.
_LEVEL = 2


@dataclass(frozen=True)
class _Filled:
    """A sheet of a table and the rows that will stand below its head."""

    rows: Iterator[SheetRow]
    count: int
    #: Its cells with those of the head (A1:AT301).
    area: str


class Book:
    """A workbook that is being written, sheet after sheet."""

    def __init__(self, path: Path, title: str, author: str) -> None:
        self._path, self._made = path, io.BytesIO()
        options = {
            "constant_memory": True,
            # Its rows wait in files, which a killed run leaves: in a folder that the next one takes away.
            "tmpdir": str(path.parent),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._workbook = Workbook(self._made, options)
        self._workbook.set_properties({"title": title, "author": author, "created": _CREATED})
        self._head = self._workbook.add_format(
            {"bold": True, "bg_color": "#E7E6E6", "border": 1, "text_wrap": True, "valign": "vcenter"}
        )
        top = {"valign": "top"}
        self._formats = {
            Style.PLAIN: self._workbook.add_format(top),
            Style.WRAPPED: self._workbook.add_format(top | {"text_wrap": True}),
            Style.DAY: self._workbook.add_format(top | {"num_format": "yyyy-mm-dd", "align": "left"}),
            Style.LINK: self._workbook.add_format(top | {"font_color": "#0563C1", "underline": 1}),
        }
        self.wrapped = self._formats[Style.WRAPPED]
        self.bold = self._workbook.add_format(top | {"bold": True})
        #: The sheets of tables by the name of their part in the file.
        self._filled: dict[str, _Filled] = {}

    def page(self, name: str, widths: Sequence[int]) -> Page:
        """A sheet of texts for people."""
        worksheet = self._sheet(name)
        for at, width in enumerate(widths):
            worksheet.set_column(at, at, width)
        return Page(self, worksheet, widths)

    def table(self, name: str, columns: Sequence[Column[Any]], rows: Iterator[SheetRow], count: int) -> None:
        """A sheet of ``count`` rows; what is too much for one goes on on others whose names have a number (问题2).

        The rows are taken when the book is ended.
        """
        for first in range(0, count, ROWS_OF_A_SHEET) or (0,):
            worksheet = self._sheet(f"{name}{first // ROWS_OF_A_SHEET + 1}" if first else name)
            held = min(count - first, ROWS_OF_A_SHEET)
            self._head_of(worksheet, columns)
            # Let readers filter what is there.
            worksheet.autofilter(0, 0, held, len(columns) - 1)
            part = f"xl/worksheets/sheet{len(self._workbook.worksheets())}.xml"
            self._filled[part] = _Filled(rows, held, xl_range(0, 0, held, len(columns) - 1))

    def _head_of(self, worksheet: Worksheet, columns: Sequence[Column[Any]]) -> None:
        """A head row that stays in sight and on every printed page."""
        for at, column in enumerate(columns):
            worksheet.set_column(at, at, column.width)
        worksheet.freeze_panes(1, 0)
        worksheet.repeat_rows(0)
        worksheet.set_row(0, LINE * max((lines(column.label, column.width) for column in columns), default=1))
        for at, column in enumerate(columns):
            worksheet.write_string(0, at, column.label, self._head)
        # A format has its number from the first cell that is written with it: this row, which is taken away, gives them
        # theirs. It is written when another one begins.
        for at, style in enumerate(Style):
            worksheet.write_blank(1, at, None, self._formats[style])
        worksheet.write_blank(2, 0, None, self._head)

    def _sheet(self, name: str) -> Worksheet:
        worksheet: Worksheet = self._workbook.add_worksheet(name)
        # Codes and numbers of documents are texts on purpose; Excel would mark each of them as a mistake.
        worksheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        return worksheet

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: object, *_: object) -> None:
        # After an error too: closing ends the temporary files.
        self._workbook.close()
        if error is None:
            self._put_together()

    def _put_together(self) -> None:
        with (
            zipfile.ZipFile(self._made) as made,
            # Members that are opened by name are all of the first day of 1980.
            zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as whole,
        ):
            for name in made.namelist():
                filled = self._filled.get(name)
                relations: list[bytes] = []
                _write(whole, name, _with_rows(made.read(name), filled, relations) if filled else [made.read(name)])
                if relations:
                    _write(whole, f"{name.replace('worksheets/', 'worksheets/_rels/')}.rels", _document(relations))


def _write(whole: zipfile.ZipFile, name: str, chunks: Iterable[bytes]) -> None:
    with whole.open(name, "w") as member:
        for chunk in chunks:
            member.write(chunk)


def _with_rows(xml: bytes, filled: _Filled, relations: list[bytes]) -> Iterator[bytes]:
    """A sheet that has a head alone, with its rows; the relations that their links need come into ``relations``."""
    head, _, formats = xml.partition(b'<row r="2">')
    assert re.findall(rb's="(\d+)"', formats.partition(b"</row>")[0]) == [b"%d" % style for style in Style]
    yield re.sub(rb'<dimension ref="[^"]*"', f'<dimension ref="{filled.area}"'.encode(), head, count=1)
    links: list[bytes] = []
    for number, row in enumerate(islice(filled.rows, filled.count), 2):
        shown = row if len(links) + len(row.links) <= LINKS_OF_A_SHEET else row.without_links()
        yield shown.numbered(number)
        for link, relation in hyperlinks(number, shown.links, len(links) + 1):
            links.append(link)
            relations.append(relation)
    end = xml[xml.index(b"</sheetData>") :]
    if links:
        # The order of these elements is fixed.
        before, margins, after = end.partition(b"<pageMargins")
        yield b"".join([before, b"<hyperlinks>", *links, b"</hyperlinks>", margins, after])
    else:
        yield end


def _document(relations: Iterable[bytes]) -> Iterator[bytes]:
    yield b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    yield b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    yield b"".join(relations)
    yield b"</Relationships>"


class Page:
    """A sheet of texts, written from above."""

    def __init__(self, book: Book, worksheet: Worksheet, widths: Sequence[int]) -> None:
        self._book, self._worksheet, self._widths, self._row = book, worksheet, widths, 0

    def add(self, *texts: str, is_head: bool = False) -> None:
        """A row of cells, as high as they need."""
        heights = (lines(text, width) for text, width in zip(texts, self._widths, strict=False))
        self._worksheet.set_row(self._row, LINE * max(heights))
        for at, text in enumerate(texts):
            write_text(self._worksheet, self._row, at, text, self._book.bold if is_head else self._book.wrapped)
        self._row += 1


def write_text(worksheet: Worksheet, row: int, column: int, text: str, how: Format) -> None:
    """A text as it is, whatever it looks like; one that is longer than a cell may be is cut, with a sign."""
    # More than XML 1.0 (§2.2, Char) cannot hold; records have none of it.
    text = fitting(NEVER_IN_FILE.sub("\ufffd", text))
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter would take it for the XML of a rich text and write it unescaped; as two parts it is none.
        worksheet.write_rich_string(row, column, text[:1], how, text[1:], how)
    else:
        worksheet.write_string(row, column, text, how)
