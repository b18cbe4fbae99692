"""The tables of the open data as files: ``issues.csv``, ``notices.csv`` and ``issues.xlsx``.

They are put together from the parts of notices as these come, so that nothing holds them all.
"""

from __future__ import annotations

import contextlib
import pickle
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from noticeboard.site.data.columns import FORMAT_VERSION, Column, ColumnType, Table
from noticeboard.site.data.csvfile import GUARD_RULE, CsvFile
from noticeboard.site.data.entries import NoticeEntry
from noticeboard.site.data.matters import MATTERS, MatterEntry
from noticeboard.site.data.notices import NOTICES
from noticeboard.site.data.parts import NoticePart
from noticeboard.site.data.sheet import SheetColumn, SheetRow, sheet_columns, sheet_row
from noticeboard.site.data.workbook import Book
from noticeboard.site.settings.masthead import Masthead
from noticeboard.site.views.sitepages import DATA

#: Above so many rows there is a workbook for each year: larger ones are slow to open on an old computer.
ROWS_OF_A_WORKBOOK = 20_000

_TITLE = "巡察整改问题"


@dataclass(frozen=True)
class TableFile:
    """A file that was written."""

    name: str
    #: What is in it, in Chinese.
    what: str
    #: Of a workbook those of its first sheet.
    rows: int


@dataclass(frozen=True)
class YearBook:
    """A workbook with the issues and suggestions of the notices of one year."""

    year: int
    file: TableFile
    url: str


_YEAR_BOOKS: Table[YearBook] = Table(
    "years",
    "各年的工作簿",
    (
        Column("year", "年份", "通报的年份", lambda book: book.year, ColumnType.INTEGER),
        Column("file", "文件", "文件名", lambda book: book.file.name, width=24),
        Column("rows", "行数", "问题和意见建议", lambda book: book.file.rows, ColumnType.INTEGER),
        Column("url", "网址", "工作簿的网址", lambda book: book.url, ColumnType.LINK, 60),
    ),
)


SPREADSHEET_RULE = (
    "用 Excel、WPS、LibreOffice 打开的，请用工作簿（xlsx）。CSV 给程序用：表格软件打开 CSV 时，"
    "可能把编号 1. 变成 1、(1) 变成 -1，把 2023-12 变成某一天。"
)


def rules(masthead: Masthead) -> Iterator[tuple[str, str]]:
    """What a reader of the tables must know, each with a short name."""
    yield "网站", f"{masthead.site_name}　{masthead.url('')}"
    if not masthead.official_units:
        yield "性质", "非官方整理，内容以原通报为准。"
    yield "格式版本", FORMAT_VERSION
    yield (
        "怎样计数",
        (
            "每一行是一个问题或一条意见建议。没有下级的问题算一个；有下级的，原文把它本身也算一个时才算，"
            "那时它和它的下级各占一行。意见建议不算问题。全站都用这一种数法。"
        ),
    )
    yield (
        "通报称",
        "“通报称”各列引自通报，照录，不由本站计算，也不因逐条列出的数目而改动；两者不一致时并列。“列出”各列按公布时的状态数，与“通报称”对得上。",
    )
    yield "状态", "状态是通报的原词，归类只为筛选；通报没有说的写“未标明”，本站从不推断。"
    yield "日期", "写到通报给出的程度：2023-12-14、2023-12 或 2023；原文有缺损的日期照录原文的字样。"
    yield "现行", "问题表只有现行的通报；撤下的、已更正并替换的只列在通报表里，写明原因。"
    yield "公式", f"工作簿里的文字都不是公式。{GUARD_RULE}"
    yield "用哪一个", SPREADSHEET_RULE


class _Waiting:
    """Rows that wait in a file until it is known into which workbook, and below how many others, they go."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.count = 0

    def add(self, rows: Sequence[SheetRow]) -> None:
        """Let rows wait."""
        pickle.dump(rows, self._file, pickle.HIGHEST_PROTOCOL)
        self.count += len(rows)

    def __iter__(self) -> Iterator[SheetRow]:
        """All of them, in their order."""
        self._file.seek(0)
        with contextlib.suppress(EOFError):
            while True:
                yield from pickle.load(self._file)  # noqa: S301 - written here, and nobody else can name the file


class TableFiles:
    """All tables, which are being written into ``folder``, which must exist."""

    def __init__(self, masthead: Masthead, folder: Path) -> None:
        self._masthead, self._folder = masthead, folder
        with contextlib.ExitStack() as opened:
            self._issues_csv = opened.enter_context(CsvFile(folder / "issues.csv", MATTERS.columns))
            self._notices_csv = opened.enter_context(CsvFile(folder / "notices.csv", NOTICES.columns))
            # Files without names: a killed run leaves nothing.
            self._matters = _Waiting(opened.enter_context(tempfile.TemporaryFile(dir=folder)))
            self._notices = _Waiting(opened.enter_context(tempfile.TemporaryFile(dir=folder)))
            self._opened = opened.pop_all()
        #: Year → how many rows; the newest notices come first, so those of a year stand together.
        self._years: dict[int, int] = {}

    def add(self, part: NoticePart) -> None:
        """Write what is of a notice. The newest comes first, those not in force at the end."""
        self._issues_csv.add(part.matters_csv)
        self._notices_csv.add(part.notice_csv)
        self._notices.add([part.notice])
        if part.matters:
            self._matters.add(part.matters)
            self._years[part.year] = self._years.get(part.year, 0) + len(part.matters)

    def finish(self) -> list[TableFile]:
        """Write the workbooks, after the last notice; gives the files."""
        matters, total = iter(self._matters), self._matters.count
        years = [*self._year_books(matters)] if total > ROWS_OF_A_WORKBOOK else []
        with self._book("issues.xlsx", _TITLE) as book:
            if years:
                # Its address must keep answering: it leads to them.
                columns = sheet_columns(_YEAR_BOOKS.columns)
                rows = (sheet_row(list(map(SheetColumn.cell, columns, _YEAR_BOOKS.row(year)))) for year in years)
                book.table(_YEAR_BOOKS.label, _YEAR_BOOKS.columns, rows, len(years))
            else:
                book.table(MATTERS.label, MATTERS.columns, matters, total)
            book.table(NOTICES.label, NOTICES.columns, iter(self._notices), self._notices.count)
            _explanation(book, self._masthead, (MATTERS, NOTICES))
        first = "各年的工作簿在哪里" if years else "问题和意见建议"
        return [
            TableFile("issues.xlsx", f"{first}，通报，各列的说明", len(years) or total),
            *(year.file for year in years),
            TableFile("issues.csv", "问题和意见建议", total),
            TableFile("notices.csv", "通报，通报所述和逐条列出的数目", self._notices.count),
        ]

    def _year_books(self, matters: Iterator[SheetRow]) -> Iterator[YearBook]:
        for year, rows in self._years.items():
            name = f"issues-{year}.xlsx"
            with self._book(name, f"{_TITLE}（{year}年）") as book:
                book.table(MATTERS.label, MATTERS.columns, matters, rows)
                _explanation(book, self._masthead, (MATTERS,))
            file = TableFile(name, f"{year}年的通报中的问题和意见建议，各列的说明", rows)
            yield YearBook(year, file, self._masthead.url(DATA.address.file(name)))

    def _book(self, name: str, title: str) -> Book:
        return Book(self._folder / name, title, self._masthead.site_name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()


def _explanation(book: Book, masthead: Masthead, tables: tuple[Table[MatterEntry] | Table[NoticeEntry], ...]) -> None:
    page = book.page("说明", (20, 100, 28, 8))
    for name, words in rules(masthead):
        page.add(name, words)
    for table in tables:
        page.add("")
        page.add(f"“{table.label}”的列", "含义", "CSV 中的列名", "类型", is_head=True)
        for column in table.columns:
            page.add(column.label, column.meaning, column.name, column.type.label)
