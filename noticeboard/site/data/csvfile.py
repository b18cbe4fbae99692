"""A table as CSV (RFC 4180): for programs, and safe where a spreadsheet opens it.

UTF-8 with a byte order mark: without one, Excel takes the file for one in the system's old encoding.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

from noticeboard.record.dates import PartialDate
from noticeboard.site.data.columns import Cell, Column

#: Spreadsheets compute a cell that begins so, or begins so once they have dropped what stands before it. The full-width
#: signs count too: programs in Chinese, Japanese and Korean take them for the others. An apostrophe before such a sign
#: is in the list only so that the guard can be taken off again without a doubt.
_COMPUTED = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")

GUARD_RULE = (
    "CSV 中以 = + - @ ＝ ＋ － ＠、制表符或换行开头的文字，前面加了一个半角单引号 '，表格软件才不会把它当成公式；"
    "本来就是“单引号加这些符号”开头的，也再加一个。用程序读的，遇到这样的开头去掉一个单引号，就是原文。数目从不加。"
)


def guarded(text: str) -> str:
    """The text so that no spreadsheet computes it."""
    return f"'{text}" if _COMPUTED.match(text) else text


def unguarded(text: str) -> str:
    """What ``guarded`` was given."""
    return text[1:] if text.startswith("'") and _COMPUTED.match(text) else text


def csv_text(cell: Cell) -> str:
    """The value as it stands in CSV."""
    if cell is None:
        return ""
    if isinstance(cell, int):
        return str(cell)
    return guarded(date_text(cell) if isinstance(cell, PartialDate) else cell)


def date_text(day: PartialDate) -> str:
    """As precise as it is known; a damaged date is its printed words."""
    return day.words if day.words is not None else day.iso


def csv_lines(rows: Iterable[Sequence[str]]) -> bytes:
    """The lines of these rows (``csv_text``)."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode("utf-8")


class CsvFile:
    """A CSV file that is being written; its first row are the English names of the columns."""

    def __init__(self, path: Path, columns: Sequence[Column[Any]]) -> None:
        self._file = path.open("wb")
        self._file.write(codecs.BOM_UTF8 + csv_lines([[column.name for column in columns]]))

    def add(self, lines: bytes) -> None:
        """Write ``csv_lines``."""
        self._file.write(lines)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
