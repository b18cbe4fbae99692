"""The tree of a web page → its visible pieces of text in reading order, each with the element that holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import Tag
from bs4.element import NavigableString, PreformattedString

from noticeboard.intake.readers.number_formats import formatted

_UNSEEN = re.compile("script|style|noscript|template|svg|math|head|title|iframe|object|select|textarea|input")
_BLOCK = re.compile(
    "html|body|address|article|aside|blockquote|button|caption|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|"
    "figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_WITHOUT_NUMBERS = re.compile(r"list-style(-type)?\s*:[^;]*none", re.IGNORECASE)
#: HTML's own blanks; the no-break and the wide ones are characters like others.
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BROKEN_LINE = re.compile("(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t\r]*\n[ \t\r\n]*(?=[\u2e80-\u9fff\uff00-\uffef])")
_NUMBERS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LARGEST_SPAN = 1000


@dataclass(frozen=True)
class Position:
    """Where a cell stands in its table, counted from 0, and how many rows and columns it spans."""

    table: Tag
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Piece:
    """A paragraph or a cell: its text, the block that holds it, and how many of its characters are links."""

    text: str
    holder: Tag
    is_inside: bool
    linked: int
    position: Position | None = None

    @property
    def heading(self) -> str:
        """The name of the heading that it stands in (h1), or nothing."""
        return next((one.name for one in (self.holder, *self.holder.parents) if one.name in ("h1", "h2", "h3")), "")


def pieces(page: Tag, main: Tag | None, *, has_cells: bool) -> Iterator[Piece]:
    """All visible text of a page; ``main`` holds what is inside. Only there tables are tables, if at all."""
    walker = _Walker(main, has_cells=has_cells)
    yield from walker.walk(page, page, is_inside=page is main)
    yield from walker.flushed(page, is_inside=page is main)


@dataclass
class _Walker:
    main: Tag | None
    has_cells: bool = field(kw_only=True)
    _parts: list[str] = field(default_factory=list)
    _linked: int = 0

    def walk(self, element: Tag, holder: Tag, *, is_inside: bool, is_link: bool = False) -> Iterator[Piece]:
        for child in element.children:
            if isinstance(child, Tag):
                if _UNSEEN.fullmatch(child.name) or _is_hidden(child):
                    continue
                inside = (is_inside or child is self.main) and child.name != "button"
                if child.name == "br":
                    yield from self.flushed(holder, is_inside=is_inside)
                elif _BLOCK.fullmatch(child.name):
                    yield from self.flushed(holder, is_inside=is_inside)
                    yield from self._block(child, is_inside=inside, is_link=is_link)
                else:
                    yield from self.walk(child, holder, is_inside=inside, is_link=is_link or child.name == "a")
            # Comments, declarations and processing instructions are strings of this kind.
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                for number, line in enumerate(str(child).split("\n") if element.name == "pre" else [str(child)]):
                    if number:
                        yield from self.flushed(holder, is_inside=is_inside)
                    self._parts.append(line)
                    self._linked += len(line.strip()) if is_link else 0

    def flushed(self, holder: Tag, *, is_inside: bool) -> Iterator[Piece]:
        """The paragraph that ends here, unless nothing has been read since the last one."""
        text, linked = "".join(self._parts), self._linked
        self._parts, self._linked = [], 0
        text = _BLANKS.sub(" ", _BROKEN_LINE.sub("", text)).strip(" ")
        if text.strip():
            yield Piece(text, holder, is_inside, linked)

    def _block(self, block: Tag, *, is_inside: bool, is_link: bool) -> Iterator[Piece]:
        if block.name == "table" and is_inside and self.has_cells and not _is_frame(block):
            yield from self._table(block)
            return
        if block.name == "li" and is_inside:
            self._parts.append(_number(block))
        yield from self.walk(block, block, is_inside=is_inside, is_link=is_link)
        yield from self.flushed(block, is_inside=is_inside)

    def _table(self, table: Tag) -> Iterator[Piece]:
        for caption in table.find_all("caption"):
            yield from self._block(caption, is_inside=True, is_link=False)
        for cell, position in _positions(table):
            inner = _Walker(None, has_cells=False)
            found = [*inner.walk(cell, cell, is_inside=True), *inner.flushed(cell, is_inside=True)]
            if found:
                yield Piece("\n".join(piece.text for piece in found), cell, is_inside=True, linked=0, position=position)


def _is_hidden(element: Tag) -> bool:
    return element.has_attr("hidden") or bool(_HIDDEN.search(str(element.get("style") or "")))


def _is_frame(table: Tag) -> bool:
    """Whether a table only puts things in their places: others inside it, or a border around text."""
    if table.find("table"):
        return True
    return sum(bool(cell.get_text(strip=True)) for cell in table.find_all(["td", "th"])) <= 1


def _positions(table: Tag) -> Iterator[tuple[Tag, Position]]:
    """The cells of a table with their places in its grid."""
    taken: set[tuple[int, int]] = set()
    rows = [row for row in table.find_all("tr") if not _is_hidden(row)]
    for number, row in enumerate(rows):
        column = 0
        for cell in row.find_all(["td", "th"], recursive=False):
            if _is_hidden(cell):
                continue
            while (number, column) in taken:
                column += 1
            height = min(_span(cell, "rowspan") or len(rows), len(rows) - number)
            width = _span(cell, "colspan") or 1
            taken.update((number + down, column + across) for down in range(height) for across in range(width))
            yield cell, Position(table, number, column, height, width)
            column += width


def _span(cell: Tag, name: str) -> int:
    """A span of 0 reaches to the end; what is no number is 1."""
    text = str(cell.get(name) or "1").strip()
    return min(int(text), _LARGEST_SPAN) if text.isascii() and text.isdigit() else 1


def _number(item: Tag) -> str:
    """The number that a browser puts before an item of a list."""
    numbered = item.parent
    if numbered is None or numbered.name != "ol":
        return ""
    if any(_WITHOUT_NUMBERS.search(str(one.get("style") or "")) for one in (item, numbered)):
        return ""
    count = _whole(numbered.get("start"), 1)
    for one in numbered.find_all("li", recursive=False):
        count = _whole(one.get("value"), count)
        if one is item:
            break
        count += 1
    return f"{formatted(count, _NUMBERS.get(str(numbered.get('type') or ''), 'decimal'))}. "


def _whole(text: object, otherwise: int) -> int:
    digits = str(text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() else otherwise
