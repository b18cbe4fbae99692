"""What a notice gives to the files about the whole site: made once, kept, and put together again."""

from __future__ import annotations

import io
import re
import weakref
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from noticeboard.kept import packed, unpacked
from noticeboard.record.dates import PartialDate
from noticeboard.site.data.columns import Cell, Column, ColumnType, exact_day
from noticeboard.site.data.csvfile import date_text
from noticeboard.site.data.parts import NoticePart, notice_part, notice_parts, unit_part, unit_parts
from noticeboard.site.data.publish import write_data
from noticeboard.site.data.sheet import Style, fitting, sheet_columns, sheet_row
from noticeboard.site.model.site import Site
from noticeboard.text import NEVER_IN_FILE
from tests.records import MASTHEAD, NOTICE, UNIT, board_of

ISSUES = NOTICE + "问题: [{标识: i-1, 标题: 甲%s}, {标识: i-2, 标题: 乙}]\n意见建议: [{标识: s-1, 标题: 丙}]\n"


def site_of(folder: Path, files: dict[str, str]) -> Site:
    """The site of some notices (``shili/2023`` → text) of units that are all alike."""
    units = {f"{name.partition('/')[0]}/unit.yml": UNIT for name in files}
    board, _ = board_of(folder, units | {f"{name}.yml": text for name, text in files.items()})
    return Site(board, MASTHEAD)


def part_of(site: Site, address: str) -> NoticePart:
    return notice_part(site, site.board.by_address[address])


def written(folder: Path, notices: Iterable[NoticePart], units: Iterable[str]) -> dict[str, bytes]:
    folder.mkdir()
    files = write_data(MASTHEAD, notices, units, folder)
    assert {file.name for file in files} == {file.name for file in folder.iterdir()}
    return {file.name: (folder / file.name).read_bytes() for file in files}


MANY = {f"{unit}/{day}": ISSUES % "" for unit in ("jia", "yi") for day in ("2021", "2022-03-01")}


def test_parts_that_were_kept_give_the_same_files(tmp_path: Path) -> None:
    site = site_of(tmp_path / "notices", MANY)
    notices, units = [*notice_parts(site)], [*unit_parts(site)]
    kept = map(unpacked, map(packed, notices))
    assert written(tmp_path / "1", notices, units) == written(tmp_path / "2", kept, units)


def test_of_many_notices_no_more_than_two_are_held_at_once(tmp_path: Path) -> None:
    site = site_of(tmp_path / "notices", MANY)
    alive: weakref.WeakSet[NoticePart] = weakref.WeakSet()
    most = 0

    def watched() -> Iterator[NoticePart]:
        nonlocal most
        for part in notice_parts(site):
            alive.add(part)
            most = max(most, len(alive))
            yield part

    written(tmp_path / "data", watched(), unit_parts(site))
    assert most <= 2


def test_every_cell_names_the_row_in_which_it_came_to_stand(tmp_path: Path) -> None:
    site = site_of(tmp_path / "notices", MANY)
    book = written(tmp_path / "data", notice_parts(site), unit_parts(site))["issues.xlsx"]
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    rows = re.findall(r'<row r="(\d+)".*?</row>', sheet)
    assert rows == [str(number) for number in range(1, 4 * 3 + 2)]
    for row, cells in re.findall(r'<row r="(\d+)"[^>]*>(.*?)</row>', sheet):
        assert set(re.findall(r'<c r="[A-Z]+(\d+)"', cells)) == {row}


# A part is good for as long as what it is made of says the same.


def test_a_part_is_the_same_whatever_other_notices_say(tmp_path: Path) -> None:
    alone = site_of(tmp_path / "1", {"jia/2021": ISSUES % ""})
    others = site_of(tmp_path / "2", MANY)
    assert part_of(alone, "jia/2021") == part_of(others, "jia/2021")


def test_a_part_tells_what_carries_its_issues_on(tmp_path: Path) -> None:
    before = site_of(tmp_path / "1", {"jia/2021": ISSUES % "", "jia/2022": ISSUES % ""})
    after = site_of(tmp_path / "2", {"jia/2021": ISSUES % "", "jia/2022": ISSUES % ", 承接: [2021#i-1]"})
    assert part_of(before, "jia/2021") != part_of(after, "jia/2021")
    assert "jia/2022#i-1" in part_of(after, "jia/2021").matters_csv.decode()


def test_a_notice_not_in_force_has_no_rows_of_issues(tmp_path: Path) -> None:
    withdrawn = ISSUES % "" + "状态: {词语: 撤下, 日期: 2024-05-06, 原因: 重复公布}\n"
    site = site_of(tmp_path, {"jia/2021": withdrawn})
    part = part_of(site, "jia/2021")
    assert (part.matters, part.matters_csv) == ((), b"")
    assert "重复公布" in part.notice_csv.decode()
    assert "jia/2021" in unit_part(site.board.units[0], MASTHEAD)


# Rows are what XlsxWriter makes of the same cells.

COLUMNS: tuple[Column[Any], ...] = (
    Column("text", "文字", "", str, width=12),
    Column("sentence", "句子", "", str, width=60),
    Column("date", "日期", "", str, ColumnType.DATE),
    Column("number", "数目", "", str, ColumnType.INTEGER),
    Column("link", "网址", "", str, ColumnType.LINK, 30),
)
TEXTS = st.text() | st.sampled_from(
    ["=1", "_x0041_", "a_x", "<b>&\r\t", " x\n", "]]>", '"', "\x00\ufffe𠮷", "http://x.y/"]
)
DATES = st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(lambda day: PartialDate(day.year, day.month, day.day))
CELLS = (
    TEXTS,
    TEXTS,
    DATES | st.sampled_from([PartialDate(2023, None, None), PartialDate(2023, 12, None), None]),
    st.integers(0, 10**9) | st.none(),
    st.from_regex(r"https?://[a-z]{1,9}\.org/[a-z0-9&=?~-]{0,9}(#[a-z0-9-]{1,9})?", fullmatch=True) | st.none(),
)


def by_xlsxwriter(rows: list[tuple[Cell, ...]]) -> str:
    """The sheet that XlsxWriter makes of these rows below an empty one."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"constant_memory": True})
    # Their numbers, from 1 on, are in the order in which they are used.
    formats = [book.add_format({"indent": at}) for at in range(1, max(Style) + 1)]
    sheet = book.add_worksheet()
    for at, how in enumerate(formats):
        sheet.write_blank(0, at, None, how)
    styles = (Style.PLAIN, Style.WRAPPED, Style.PLAIN, Style.PLAIN, Style.LINK)
    for number, row in enumerate(rows, 1):
        for at, (cell, style) in enumerate(zip(row, styles, strict=True)):
            if isinstance(cell, PartialDate) and (day := exact_day(cell)):
                sheet.write_datetime(number, at, day, formats[Style.DAY - 1])
            elif isinstance(cell, int):
                sheet.write_number(number, at, cell, formats[style - 1])
            elif style is Style.LINK and cell:
                sheet.write_url(number, at, str(cell), formats[style - 1])
            elif cell:
                text = date_text(cell) if isinstance(cell, PartialDate) else NEVER_IN_FILE.sub("\ufffd", cell)
                sheet.write_string(number, at, fitting(text), formats[style - 1])
    book.close()
    with zipfile.ZipFile(content) as parts:
        return parts.read("xl/worksheets/sheet1.xml").decode()


@given(st.lists(st.tuples(*CELLS), min_size=1, max_size=8))
@settings(deadline=None, max_examples=30)
def test_a_row_is_what_xlsxwriter_makes_of_the_same_cells(rows: list[tuple[Cell, ...]]) -> None:
    theirs = by_xlsxwriter(rows)
    columns = sheet_columns(COLUMNS)
    for number, cells in enumerate(rows, 2):
        ours = sheet_row([column.cell(cell) for column, cell in zip(columns, cells, strict=True)])
        # How high a row is has tests of its own; one without cells is none.
        xml = re.sub(r' ht="\d+" customHeight="1"', "", ours.numbered(number).decode(), count=1)
        assert xml in theirs or not any(cells)
        for link in ours.links:
            assert f'<hyperlink ref="{link.column.decode()}{number}" r:id="' in theirs
