"""The visible text of a web page, paragraph by paragraph, each with the element that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, Tag

from noticeboard.intake.documents import limits
from noticeboard.intake.documents.document import Cell
from noticeboard.intake.documents.plain import without_controls

_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|caption|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|"
    "form|h[1-6]|header|hr|html|legend|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
#: What no one sees, or what is no text: all choices of a list, drawings, what stands in for a script.
_DROPPED = re.compile(
    "audio|canvas|datalist|head|iframe|math|noscript|object|script|select|style|svg|template|title|video"
)
_HIDDEN = re.compile(r"(display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
#: A line end in the source between two Chinese characters is none in the text.
_WIDE = "\u2e80-\u303f\u3040-\u9fff\uf900-\ufaff\uff00-\uff60"
_BETWEEN_WIDE = re.compile(f"(?<=[{_WIDE}])[ \t]*[\r\n]+[ \t\r\n]*(?=[{_WIDE}])")
#: A table whose cell holds so much is there for the layout of the page.
_LARGEST_CELL = 3000
_MOST_SPANNED = 1000


@dataclass(frozen=True)
class Piece:
    """A paragraph or a cell of a table; ``element`` is the block that it stands in, or the table."""

    text: str
    element: Tag
    #: How many of its characters lead elsewhere.
    linked: int = 0
    cell: Cell | None = None


def pieces(page: BeautifulSoup) -> list[Piece]:
    """All that one sees of a page, in its order."""
    reader = _Reader()
    reader.read(page.body or page)
    reader.end(page.body or page)
    return reader.pieces


class _Reader:
    """Collects inline text until a block begins or ends."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._tables = 0
        self._words: list[str] = []
        self._linked = 0

    def read(self, parent: Tag, *, is_linked: bool = False, keeps_blanks: bool = False) -> None:
        for child in parent.children:
            if isinstance(child, Tag):
                self._element(child, parent, is_linked=is_linked, keeps_blanks=keeps_blanks)
            elif type(child) is NavigableString:
                self._text(child, parent, is_linked=is_linked, keeps_blanks=keeps_blanks)

    def _text(self, text: str, parent: Tag, *, is_linked: bool, keeps_blanks: bool) -> None:
        if keeps_blanks:
            *lines, text = text.splitlines() or [""]
            for line in lines:
                self._words.append(line)
                self.end(_block(parent))
        self._words.append(text)
        self._linked += len(text.strip()) if is_linked else 0

    def _element(self, element: Tag, parent: Tag, *, is_linked: bool, keeps_blanks: bool) -> None:
        name = element.name.lower()
        if _DROPPED.fullmatch(name) or is_hidden(element):
            return
        is_linked = is_linked or (name == "a" and element.has_attr("href"))
        keeps_blanks = keeps_blanks or name == "pre"
        if name == "br":
            self.end(_block(parent))
        elif name == "table" and (rows := _rows(element)):
            self.end(_block(parent))
            self._table(element, rows)
        elif _BLOCKS.fullmatch(name):
            self.end(_block(parent))
            self.read(element, is_linked=is_linked, keeps_blanks=keeps_blanks)
            self.end(element)
        else:
            self.read(element, is_linked=is_linked, keeps_blanks=keeps_blanks)

    def end(self, element: Tag) -> None:
        """The paragraph that was collected ends here."""
        text = joined(self._words)
        if text.strip():
            self.pieces.append(Piece(text, element, self._linked))
        self._words.clear()
        self._linked = 0

    def _table(self, table: Tag, rows: list[list[Tag]]) -> None:
        number = self._tables
        self._tables += 1
        for cell, at in _grid(rows, number):
            inside = _Reader()
            inside.read(cell)
            inside.end(cell)
            text = "\n".join(piece.text.strip() for piece in inside.pieces)
            if text:
                self.pieces.append(Piece(text, table, sum(piece.linked for piece in inside.pieces), at))


def joined(words: list[str]) -> str:
    """The text of a paragraph as a browser shows it; the wide blanks of its beginning stay."""
    text = _BLANKS.sub(" ", _BETWEEN_WIDE.sub("", "".join(words)))
    return without_controls(text.replace("\xa0", " ").replace("\u200b", "").replace("\xad", "")).strip(" \n")


def is_hidden(element: Tag) -> bool:
    """Whether the element says of itself that it is not shown."""
    return element.has_attr("hidden") or bool(_HIDDEN.search(str(element.get("style") or "")))


def _block(element: Tag) -> Tag:
    """The nearest block around."""
    while not _BLOCKS.fullmatch(element.name) and isinstance(element.parent, Tag):
        element = element.parent
    return element


def _rows(table: Tag) -> list[list[Tag]]:
    """The cells of a table of data, row by row; nothing where the table only lays out the page, or is a frame."""
    if table.find("table") is not None or table.get("role") == "presentation":
        return []
    rows = [
        [cell for cell in row.find_all(("td", "th"), recursive=False) if not is_hidden(cell)]
        for row in table.find_all("tr")
        if not is_hidden(row)
    ]
    rows = [row for row in rows if row]
    if len(rows) < 2 or max(map(len, rows)) < 2:  # noqa: PLR2004 - less is no table
        return []
    return [] if any(len(cell.get_text()) > _LARGEST_CELL for row in rows for cell in row) else rows


def _grid(rows: list[list[Tag]], table: int) -> Iterator[tuple[Tag, Cell]]:
    """Every cell with its place: a cell stands in the first column that none from above reaches into."""
    #: The first row below in which a column is free again.
    free_from: dict[int, int] = {}
    spanned = limits.Budget(limits.SPANNED, limits.TOO_WIDELY_MERGED)
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while free_from.get(column, 0) > number:
                column += 1
                spanned.spend()
            height = min(_spanned(cell, "rowspan") or len(rows), len(rows) - number)
            width = max(_spanned(cell, "colspan"), 1)
            spanned.spend(width)
            free_from |= dict.fromkeys(range(column, column + width), number + height)
            yield cell, Cell(table, number, column, height, width)
            column += width


def _spanned(cell: Tag, name: str) -> int:
    said = re.match(r"\s*(\d{1,4})", str(cell.get(name) or ""))
    return min(int(said[1]), _MOST_SPANNED) if said else 1


def parsed(text: str) -> BeautifulSoup:
    """The page without what its author left out of sight."""
    page = BeautifulSoup(text, "lxml")
    for comment in page.find_all(string=lambda words: isinstance(words, Comment)):
        comment.extract()
    return page
