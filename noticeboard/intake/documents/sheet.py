"""Excel and WPS sheets (.xlsx) → ``Document``: every sheet a table, its cells as they are shown."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils import get_column_letter, range_boundaries

from noticeboard.intake.documents import limits
from noticeboard.intake.documents.cell_formats import shown
from noticeboard.intake.documents.document import Block, Cell, Document, Unreadable
from noticeboard.intake.documents.ooxml import Package

_UNNAMED = re.compile(r"(Sheet|工作表)\s*\d*", re.IGNORECASE)

#: What Excel in Chinese means by the numbers of formats that the standard leaves to each language; openpyxl knows
#: them not and would take the dates for numbers. ECMA-376 part 1, 18.8.30 numFmt, zh-cn.
BUILTIN_FORMATS.update(
    {
        **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
        **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
        30: "m-d-yy",
        31: 'yyyy"年"m"月"d"日"',
        **dict.fromkeys((32, 33), 'h"时"mm"分"'),
        **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
        **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
    }
)
#: Of the largest sheet there is (ECMA-376, 18.3.1.73; Excel's "specifications and limits").
_COLUMNS, _ROWS = 16_384, 1_048_576


def read(name: str, content: bytes) -> Document:
    """The document in an .xlsx file."""
    # What would burst is refused before openpyxl unpacks it.
    has_formulas = _looked_through(Package.opened(content))
    workbook = _opened(content, shows_values=True)
    formulas = _opened(content, shows_values=False) if has_formulas else None
    blocks: list[Block] = []
    remarks: list[str] = []
    tables = 0
    for sheet in workbook.worksheets:
        if sheet.sheet_state != "visible":
            remarks.append(f"工作表“{sheet.title}”是隐藏的，没有读入")
            continue
        table = _Table(sheet, tables)
        found = list(table.blocks())
        tables += bool(found)
        if found and not _UNNAMED.fullmatch(sheet.title):
            blocks.append(Block(sheet.title, f"工作表“{sheet.title}”", "工作表名"))
        blocks += found
        remarks += table.remarks(None if formulas is None else formulas[sheet.title])
    return Document(name, tuple(blocks), tuple(remarks))


def _looked_through(package: Package) -> bool:
    """Whether there are formulas. Raises ``Unreadable`` where a part is none that a spreadsheet writes, or too much."""
    has_formulas = False
    for root in package.all_xml():
        has_formulas |= next(root.iter("{*}f"), None) is not None
        spanned = limits.Budget(limits.SPANNED, limits.TOO_WIDELY_MERGED)
        for merged in root.iter("{*}mergeCell"):
            # openpyxl makes each of these cells.
            left, top, right, bottom = range_boundaries(merged.get("ref", ""))
            # Of whole columns or rows (A:C, 1:3) the other two are not told.
            columns = right - left + 1 if left and right else _COLUMNS
            rows = bottom - top + 1 if top and bottom else _ROWS
            spanned.spend(columns * rows)
    return has_formulas


def _opened(content: bytes, *, shows_values: bool) -> Any:
    try:
        return openpyxl.load_workbook(io.BytesIO(content), data_only=shows_values, keep_links=False)
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise Unreadable("表格打不开，可能已经损坏：请用 Excel 或 WPS 打开它，“另存为”.xlsx 再交来") from error


@dataclass(frozen=True)
class _Value:
    """A cell that holds something, at its row and column of the sheet."""

    row: int
    column: int
    text: str


class _Table:
    """One sheet."""

    def __init__(self, sheet: Any, number: int) -> None:
        self._sheet = sheet
        self._number = number
        # iter_rows would make every cell up to the farthest one, of which a stray format makes millions.
        cells = sheet._cells  # noqa: SLF001
        self._merged = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
        self._hidden_rows = {row for row, size in sheet.row_dimensions.items() if size.hidden}
        self._hidden_columns = set(_hidden_columns(sheet))
        values = (_Value(row, column, _text(cell)) for (row, column), cell in sorted(cells.items()))
        found = [value for value in values if value.text.strip()]
        self._values = [value for value in found if not self._is_hidden(value)]
        self._hidden_count = len(found) - len(self._values)
        self._last_row = max((value.row for value in self._values), default=0)

    def _is_hidden(self, value: _Value) -> bool:
        return value.row in self._hidden_rows or value.column in self._hidden_columns

    def blocks(self) -> Iterator[Block]:
        """What the sheet shows; rows and columns of its table where all cells are empty do not count."""
        alone = self._alone()
        values = [value for value in self._values if value.row not in alone]
        rows = {row: index for index, row in enumerate(sorted({value.row for value in values}))}
        columns = {column: index for index, column in enumerate(sorted({value.column for value in values}))}
        for value in self._values:
            address = f"{get_column_letter(value.column)}{value.row}"
            place = f"工作表“{self._sheet.title}”的 {address} 格"
            if value.row in alone:
                yield Block(value.text, place)
                continue
            bottom, right = self._end(value)
            height = sum(row in rows for row in range(value.row, bottom + 1))
            width = sum(column in columns for column in range(value.column, right + 1))
            yield Block(
                value.text, place, cell=Cell(self._number, rows[value.row], columns[value.column], height, width)
            )

    def _alone(self) -> set[int]:
        """The rows that are a paragraph, not a row of the table: a title over the sheet, a heading, a closing line."""
        count = Counter(value.row for value in self._values)
        for value in self._values:
            # A row that a merged cell reaches into from above is of the table, however little it holds itself.
            bottom, _ = self._end(value)
            count.update(range(value.row + 1, bottom + 1))
        table = [row for row, cells in count.items() if cells > 1]
        first_column = min((value.column for value in self._values), default=0)
        return {
            value.row
            for value in self._values
            if count[value.row] == 1
            # Between the rows of a table, a cell farther right only goes on with what stands above it.
            and (value.column == first_column or not table or not min(table) < value.row < max(table))
        }

    def _end(self, value: _Value) -> tuple[int, int]:
        """The last row and column of a cell."""
        area = self._merged.get((value.row, value.column))
        # A cell can be merged down to the end of the sheet; nothing is there.
        bottom, right = (area.max_row, area.max_col) if area is not None else (value.row, value.column)
        return min(bottom, max(value.row, self._last_row)), right

    def remarks(self, formulas: Any) -> Iterator[str]:
        """What of the sheet is not in the blocks; ``formulas`` is the same sheet with its formulas."""
        title = self._sheet.title
        if self._hidden_count:
            yield f"工作表“{title}”里隐藏的行或列有 {self._hidden_count} 格，没有读入"
        if formulas is None:
            return
        kept = self._sheet._cells  # noqa: SLF001 - as above
        without = [
            cell.coordinate
            for at, cell in sorted(formulas._cells.items())  # noqa: SLF001 - as above
            # An empty text is a result too.
            if cell.data_type == "f" and (at not in kept or (kept[at].value is None and kept[at].data_type == "n"))
        ]
        if without:
            more = " 等" if len(without) > 1 else ""
            yield (
                f"工作表“{title}”有 {len(without)} 个公式没有存下结果（{without[0]}{more}），"
                "没有读入：请用 Excel 或 WPS 打开，保存一次再交来"
            )


def _hidden_columns(sheet: Any) -> Iterator[int]:
    """Each hidden column once, however many runs of columns name it."""
    runs = ((size.min, size.max) for size in sheet.column_dimensions.values() if size.hidden and size.min and size.max)
    done = 0
    for first, last in sorted(runs):
        # A whole sheet can be hidden to its right end; no more columns than these exist.
        yield from range(max(first, done + 1), min(last, _COLUMNS) + 1)
        done = max(done, last)


def _text(cell: Any) -> str:
    return "" if cell.value is None else shown(cell.value, cell.number_format or "General")
