"""A document as it was handed in: its paragraphs and table cells in reading order, with the place of each.

Readers make it of Word, Excel, PDF, HTML and plain text; everything behind them sees only this.
"""

from __future__ import annotations

from dataclasses import dataclass


class Unreadable(Exception):  # noqa: N818 - said to a person: why a document cannot be taken in, and what to do
    """A document that cannot be read as one; the words say why and what helps."""


@dataclass(frozen=True)
class Cell:
    """Where a block stands in a table; all counted from 0. A merged cell is there once, at its first row and column."""

    table: int
    row: int
    column: int
    #: How many rows and columns it spans.
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Block:
    """One paragraph, or one cell of a table.

    ``text`` is what a reader sees, with the numbers that Word makes by itself; a line break inside is a line end.
    Blanks are kept. ``place`` tells a person where it stands: 第 12 段, 表 1 第 3 行第 2 格, 第 4 页第 2 段.
    ``aside`` is empty for the text itself, else what kind of text beside it this is: 页眉页脚, 脚注, 网页菜单.
    """

    text: str
    place: str
    aside: str = ""
    cell: Cell | None = None


@dataclass(frozen=True)
class Document:
    """All blocks of a document in reading order; ``remarks`` are what its reader has to say to a person."""

    name: str
    blocks: tuple[Block, ...]
    remarks: tuple[str, ...] = ()
