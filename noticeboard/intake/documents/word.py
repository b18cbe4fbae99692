"""Word (.docx) → ``Document``: paragraphs and tables as one sees them, with numbers, notes and text boxes.

The XML is walked in the order of the document, through content controls, smart tags and tracked changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from noticeboard.intake.documents.document import Block, Cell, Document, Unreadable
from noticeboard.intake.documents.ooxml import Package
from noticeboard.intake.documents.word_names import MC, RELATION, W, chosen, is_on, value, whole
from noticeboard.intake.documents.word_numbering import Numbering
from noticeboard.intake.documents.word_styles import Styles
from noticeboard.intake.documents.word_text import ACCEPTED, AROUND, REMOVED, Seen, TextReader, span

_NO_WORD = "这不是 Word 文件，或者已经损坏：请用 Word 或 WPS 打开它，“另存为”.docx 再交来"
#: What is left of 第 3 页 共 9 页 or — 3 — once the fields have gone.
_AROUND_PAGE_NUMBER = re.compile(r"[\s第共页/|·.\-‐-―－—]*")


def read(name: str, content: bytes) -> Document:
    """The document in a .docx file."""
    package = Package.opened(content)
    main = package.first("", "officeDocument") or "word/document.xml"
    root = package.part(main)
    if root is None or root.find(W + "body") is None:
        raise Unreadable(_NO_WORD)
    reader = _Reader(package, main)
    blocks = [*reader.body(root), *reader.notes(), *reader.margins(root)]
    return Document(name, tuple(blocks), tuple(reader.seen.remarks()))


@dataclass
class _Cell:
    """A cell of a table while its size is still being found out."""

    element: etree._Element
    row: int
    column: int
    columns: int
    rows: int = 1


class _Reader:
    """Walks the parts of one package; it counts paragraphs and tables as it goes."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._related = package.related(main)
        styles = Styles(self._part("styles"))
        self.seen = Seen()
        self._text = TextReader(styles, self.seen)
        self._numbering = Numbering(self._part("numbering"), styles)
        self._notes: list[tuple[str, str]] = []
        self._paragraphs = 0
        self._tables = 0
        #: The beginning of a paragraph whose end was deleted.
        self._begun = ""

    def _part(self, kind: str) -> etree._Element | None:
        part = next((target for found, target in self._related.values() if found == kind), None)
        return None if part is None else self._package.part(part)

    def body(self, root: etree._Element) -> Iterator[Block]:
        """The text itself."""
        body = root.find(W + "body")
        assert body is not None
        yield from self._blocks(body, "", "")
        if self._begun:
            yield Block(self._begun, f"第 {self._paragraphs} 段")
        self._text.end()

    def notes(self) -> Iterator[Block]:
        """Footnotes, then endnotes, each in the order in which the text refers to them."""
        for kind, said in (("footnotes", "脚注"), ("endnotes", "尾注")):
            root = self._part(kind)
            notes = {} if root is None else {note.get(W + "id"): note for note in root}
            keys = list(dict.fromkeys(key for found, key in self._notes if found == kind))
            for number, key in enumerate(keys, 1):
                if key in notes:
                    yield from self._blocks(notes[key], f"{said} {number}", "脚注")

    def margins(self, root: etree._Element) -> Iterator[Block]:
        """Headers and footers, the same text once, without page numbers."""
        seen = set()
        for reference in root.iter(W + "headerReference", W + "footerReference"):
            part = self._related.get(reference.get(RELATION) or "", ("", ""))[1]
            margin = self._package.part(part)
            if margin is None:
                continue
            place = "页眉" if reference.tag == W + "headerReference" else "页脚"
            for block in self._blocks(margin, place, "页眉页脚"):
                if (block.place, block.text) not in seen:
                    seen.add((block.place, block.text))
                    yield block

    def _blocks(self, parent: etree._Element, place: str, aside: str) -> Iterator[Block]:
        """The blocks in an element; where no place is given they are counted."""
        for element in self._found(parent, W + "p", W + "tbl"):
            read = self._paragraph if element.tag == W + "p" else self._table
            yield from read(element, place, aside)

    def _found(self, parent: Iterable[etree._Element], *names: str) -> Iterator[etree._Element]:
        """The elements of these names, through what only stands around them; counts what has changed."""
        for element in parent:
            if element.tag in names:
                yield element
            elif element.tag == MC + "AlternateContent":
                yield from self._found(chosen(element), *names)
            else:
                self.seen.insertions += element.tag in ACCEPTED
                self.seen.deletions += element.tag in REMOVED
                yield from self._found(element if element.tag in AROUND else (), *names)

    def _paragraph(self, element: etree._Element, place: str, aside: str) -> Iterator[Block]:
        paragraph = self._text.read(element)
        self._notes += paragraph.notes
        if not place:
            self._paragraphs += 1
        here = place or f"第 {self._paragraphs} 段"
        if paragraph.runs_on:
            self._begun += paragraph.text
        else:
            text = self._begun + paragraph.text
            self._begun = ""
            text = self._numbering.label(element) + text
            is_number = paragraph.has_page_number and aside and _AROUND_PAGE_NUMBER.fullmatch(text)
            if text.strip() and not is_number:
                yield Block(text, here, aside)
        for box in paragraph.boxes:
            yield from self._blocks(box, place if aside else f"{here}的文本框", aside)

    def _table(self, table: etree._Element, place: str, aside: str) -> Iterator[Block]:
        rows = list(self._rows(table))
        cells = _cells(rows)
        if len(cells) == 1:
            # A frame around text is no table.
            yield from self._blocks(cells[0].element, place, aside)
            return
        number = self._tables
        self._tables += 1
        for cell in cells:
            here = f"表 {number + 1} 第 {cell.row + 1} 行第 {cell.column + 1} 格"
            inside = list(self._blocks(cell.element, here, aside))
            text = "\n".join(block.text for block in inside if block.cell is None)
            if text.strip():
                yield Block(text, here, aside, Cell(number, cell.row, cell.column, cell.rows, cell.columns))
            # A table in a cell follows the cell.
            yield from (block for block in inside if block.cell is not None)

    def _rows(self, table: etree._Element) -> Iterator[tuple[int, list[etree._Element]]]:
        """The rows of a table: how many columns they leave out, and their cells."""
        for row in self._found(table, W + "tr"):
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                self.seen.deletions += 1
            elif is_on(properties, "hidden"):
                self.seen.hidden += 1
            else:
                yield whole(value(row, "trPr/gridBefore")) or 0, list(self._found(row, W + "tc"))


def _cells(rows: list[tuple[int, list[etree._Element]]]) -> list[_Cell]:
    """The cells of a table, merged ones once, row by row."""
    cells: list[_Cell] = []
    above: dict[int, _Cell] = {}
    for row, (before, elements) in enumerate(rows):
        column = before
        left: _Cell | None = None
        reaching: dict[int, _Cell] = {}
        for element in elements:
            columns = span(element)
            cell = _merged(element, "hMerge", left)
            if cell is not None:
                cell.columns += columns
            else:
                cell = _merged(element, "vMerge", above.get(column))
                if cell is not None:
                    cell.rows = row - cell.row + 1
                else:
                    cell = _Cell(element, row, column, columns)
                    cells.append(cell)
                reaching[column] = cell
            left = cell
            column += columns
        above = reaching
    return cells


def _merged(element: etree._Element, name: str, other: _Cell | None) -> _Cell | None:
    """The cell beside or above that a cell belongs to."""
    merge = element.find(f"{W}tcPr/{W}{name}")
    continues = merge is not None and merge.get(W + "val", "continue") == "continue"
    return other if continues else None
