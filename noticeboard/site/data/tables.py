"""The tables of the open data as files: ``issues.csv``, ``notices.csv`` and ``issues.xlsx``.

Each row is made once and written to all files that have it, so that nothing holds them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from noticeboard.site.data.columns import FORMAT_VERSION, Column, ColumnType, EntryT, Table
from noticeboard.site.data.csvfile import GUARD_RULE, CsvFile
from noticeboard.site.data.entries import NoticeEntry
from noticeboard.site.data.matters import MATTERS, MatterEntry, count_matters, matter_entries
from noticeboard.site.data.notices import NOTICES, notice_entries
from noticeboard.site.data.workbook import Book, Rows
from noticeboard.site.model.site import Site
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


def write_tables(site: Site, folder: Path) -> list[TableFile]:
    """Write all tables into ``folder``, which must exist; gives the files."""
    total = count_matters(site)
    years: list[YearBook] = []
    issues_csv = CsvFile(folder / "issues.csv", MATTERS.columns)
    notices_csv = CsvFile(folder / "notices.csv", NOTICES.columns)
    with issues_csv, notices_csv:
        if total > ROWS_OF_A_WORKBOOK:
            years += _year_books(site, folder, issues_csv)
        with Book(folder / "issues.xlsx", _TITLE, site.masthead.site_name) as book:
            if years:
                # Its address must keep answering: it leads to them.
                _sheet(book, _YEAR_BOOKS, years)
            else:
                _sheet(book, MATTERS, matter_entries(site), issues_csv)
            _sheet(book, NOTICES, notice_entries(site), notices_csv)
            _explanation(book, site.masthead, (MATTERS, NOTICES))
    first = "各年的工作簿在哪里" if years else "问题和意见建议"
    return [
        TableFile("issues.xlsx", f"{first}，通报，各列的说明", len(years) or total),
        *(book.file for book in years),
        TableFile("issues.csv", "问题和意见建议", total),
        TableFile("notices.csv", "通报，通报所述和逐条列出的数目", len(site.board.by_address)),
    ]


def _year_books(site: Site, folder: Path, csv_file: CsvFile) -> Iterator[YearBook]:
    # The newest notices come first, so those of a year stand together.
    for year, entries in groupby(matter_entries(site), lambda entry: entry.filed.date.year or 0):
        name = f"issues-{year}.xlsx"
        with Book(folder / name, f"{_TITLE}（{year}年）", site.masthead.site_name) as book:
            rows = _sheet(book, MATTERS, entries, csv_file)
            _explanation(book, site.masthead, (MATTERS,))
        file = TableFile(name, f"{year}年的通报中的问题和意见建议，各列的说明", rows)
        yield YearBook(year, file, site.masthead.url(DATA.address.file(name)))


def _sheet(book: Book, table: Table[EntryT], entries: Iterable[EntryT], csv_file: CsvFile | None = None) -> int:
    """A row for each entry, in the CSV file too; gives how many there are."""
    sheet, rows = Rows(book, table.label, table.columns), 0
    for rows, entry in enumerate(entries, 1):  # noqa: B007 - the last number is the sum
        row = table.row(entry)
        sheet.add(row)
        if csv_file:
            csv_file.add(row)
    sheet.end()
    return rows


def _explanation(book: Book, masthead: Masthead, tables: tuple[Table[MatterEntry] | Table[NoticeEntry], ...]) -> None:
    page = book.page("说明", (20, 100, 28, 8))
    for name, words in rules(masthead):
        page.add(name, words)
    for table in tables:
        page.add("")
        page.add(f"“{table.label}”的列", "含义", "CSV 中的列名", "类型", is_head=True)
        for column in table.columns:
            page.add(column.label, column.meaning, column.name, column.type.label)
