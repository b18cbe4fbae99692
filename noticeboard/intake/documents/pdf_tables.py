"""Ruled tables of a PDF: their cells by the lines around them, over several pages where the columns are the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from noticeboard.intake.documents.document import Block, Cell
from noticeboard.intake.documents.pdf_lines import Glyph, Line, lines_of, text_of_cell
from noticeboard.intake.documents.pdf_pages import tables_of

#: In points: rules so near to each other are one.
_NEAR = 3.0
_REPEATED = "重复的表头"


@dataclass
class RuledCell:
    """A cell between its rules, and the lines in it; a row that is cut by the end of a page has two such parts."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    right: float
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its paragraphs, each in a line."""
        return text_of_cell(self.lines, self.left, self.right)


@dataclass
class RuledTable:
    """A table, or its part on one page."""

    page: int
    top: float
    bottom: float
    columns: Sequence[float]
    cells: list[RuledCell]
    #: The rows that only repeat the head on a later page: their place and their text.
    repeated: list[tuple[int, str]] = field(default_factory=list)

    @property
    def height(self) -> int:
        """How many rows there are."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    def _row(self, number: int) -> list[RuledCell]:
        return [cell for cell in self.cells if cell.row == number]

    def goes_on_in(self, other: RuledTable) -> bool:
        """Whether a table at the beginning of the next page has the same columns."""
        return len(self.columns) == len(other.columns) and all(
            abs(own - its) < _NEAR for own, its in zip(self.columns, other.columns, strict=True)
        )

    def add(self, other: RuledTable) -> None:
        """Take in the part on the next page."""
        skipped, height = 0, self.height
        head = [(cell.column, cell.text) for cell in self._row(0)]
        if [(cell.column, cell.text) for cell in other._row(0)] == head and any(text for _, text in head):
            self.repeated.append((other.page, " ".join(text for _, text in head if text)))
            skipped = 1
        first = other._row(skipped)
        if first and not first[0].lines and any(cell.lines for cell in first):
            at_end = {cell.column: cell for cell in self.cells if cell.row + cell.rows == height}
            if all(cell.column in at_end for cell in first) and at_end[min(at_end)].lines:
                # The row was cut: its number stands before the cut.
                for cell in first:
                    at_end[cell.column].lines += cell.lines
                skipped += 1
        for cell in other.cells:
            if cell.row >= skipped:
                cell.row += height - skipped
                self.cells.append(cell)

    def blocks(self, number: int) -> Iterator[Block]:
        """The cells that hold anything, then the heads that later pages repeat."""
        for cell in sorted(self.cells, key=lambda cell: (cell.row, cell.column)):
            if cell.lines:
                place = f"表 {number + 1} 第 {cell.row + 1} 行第 {cell.column + 1} 格"
                yield Block(cell.text, place, cell=Cell(number, cell.row, cell.column, cell.rows, cell.columns))
        for page, text in self.repeated:
            yield Block(text, f"第 {page} 页", _REPEATED)


def ruled_tables(page: Any, number: int, glyphs: list[Glyph]) -> tuple[list[RuledTable], list[Glyph]]:
    """The tables of a page of pdfplumber, and the glyphs that are in none."""
    tables = []
    if page.rects or page.lines or page.curves:
        for found in tables_of(page, _missing_rules(page)):
            table, glyphs = _table(found, number, glyphs)
            if table is not None:
                tables.append(table)
    return tables, glyphs


def _missing_rules(page: Any) -> list[float]:
    """Where the rules between columns end without one across: there a page cuts a row, and the rule is on the other."""
    upright = [edge for edge in page.edges if edge["orientation"] == "v" and edge["height"] > _NEAR]
    across = [edge["top"] for edge in page.edges if edge["orientation"] == "h" and edge["width"] > _NEAR]
    ends = [min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)] if upright else []
    return [end for end in ends if all(abs(end - rule) > _NEAR for rule in across)]


def _table(found: Any, number: int, glyphs: list[Glyph]) -> tuple[RuledTable | None, list[Glyph]]:
    boxes = sorted(set(found.cells), key=lambda box: (box[1], box[0]))
    columns = _distinct(edge for box in boxes for edge in (box[0], box[2]))
    rows = _distinct(edge for box in boxes for edge in (box[1], box[3]))
    inside: dict[int, list[Glyph]] = {index: [] for index in range(len(boxes))}
    outside: list[Glyph] = []
    for glyph in glyphs:
        box = next((index for index, box in enumerate(boxes) if _is_in(glyph, box)), None)
        (outside if box is None else inside[box]).append(glyph)
    cells = []
    for index, (left, top, right, bottom) in enumerate(boxes):
        row, column = _index(rows, top), _index(columns, left)
        height, width = max(1, _index(rows, bottom) - row), max(1, _index(columns, right) - column)
        cells.append(RuledCell(row, column, height, width, left, right, lines_of(inside[index])))
    # A frame around text is no table, nor are rules without words.
    if len(cells) < 2 or sum(bool(cell.lines) for cell in cells) < 2:  # noqa: PLR2004 - less is none
        return None, glyphs
    return RuledTable(number, found.bbox[1], found.bbox[3], columns, cells), outside


def _distinct(edges: Iterable[float]) -> list[float]:
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > _NEAR:
            found.append(edge)
    return found


def _index(edges: Sequence[float], edge: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - edge))


def _is_in(glyph: Glyph, box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = box
    return left <= (glyph.left + glyph.right) / 2 <= right and top <= glyph.middle <= bottom
