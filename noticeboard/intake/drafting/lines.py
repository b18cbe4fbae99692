"""A document → one text with its lines: what everything behind refers to, by the offsets of its characters.

Every offset leads back to a place of the document. A sentence that the document breaks in the middle (a page break in
a text copied from a PDF) is made whole here, once, so that no other part has to think of it.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from noticeboard.intake.documents.document import Block, Cell, Document
from noticeboard.intake.drafting.patterns.lines import BREAKS_OFF, LABEL, SENTENCE_END
from noticeboard.intake.drafting.patterns.names import INLINE_HEADING, NAME_GOES_ON
from noticeboard.intake.drafting.patterns.parts import META_LABEL, starts_anew
from noticeboard.text import NEVER_IN_VALUE, with_line_feeds

#: From here to there in the text of ``Lines``.
Span = tuple[int, int]

#: A line this long without an end of sentence was most likely cut by a page or a column; a heading is shorter.
_LONG_LINE = 20
#: No paragraph that was cut is longer than this; a text without any end of a sentence is no paragraph.
_LONGEST_PARAGRAPH = 5000


_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0x2014: 0x2D,
    0x2013: 0x2D,
    0x2015: 0x2D,
}


@dataclass(frozen=True)
class Line:
    """A paragraph or a cell, from ``start`` to ``end`` in the text."""

    start: int
    end: int
    place: str
    aside: str = ""
    cell: Cell | None = None


@dataclass(frozen=True)
class Lines:
    """The text of a document and its lines in order; between two lines stands a line end."""

    text: str
    lines: tuple[Line, ...]
    joined: int = 0

    @cached_property
    def half(self) -> str:
        """The same text with ordinary letters, digits and signs for full-width ones, character by character."""
        return self.text.translate(_HALF)

    @cached_property
    def body(self) -> list[Line]:
        """The lines of the text itself, without cells and what stands beside."""
        return [line for line in self.lines if not line.aside and line.cell is None]

    @cached_property
    def starts(self) -> list[int]:
        """Where the lines begin."""
        return [line.start for line in self.lines]

    def of(self, line: Line) -> str:
        """The text of a line."""
        return self.text[line.start : line.end]

    def at(self, offset: int) -> Line:
        """The line in which a character stands."""
        return self.lines[bisect.bisect_right(self.starts, offset) - 1]

    def place(self, offset: int) -> str:
        """Where a person finds a character: 第 12 段."""
        return self.at(offset).place

    def first(self, signs: str, start: int, end: int) -> int:
        """Where the first of some signs stands; ``end`` where none does."""
        return min((at for sign in signs if (at := self.text.find(sign, start, end)) >= 0), default=end)

    def behind_last(self, signs: str, start: int, end: int) -> int:
        """Behind the last of some signs; ``start`` where there is none."""
        return max(start, *(self.text.rfind(sign, start, end) + 1 for sign in signs))

    def trimmed(self, start: int, end: int, besides: str = "") -> Span:
        """The span without blanks (and characters of ``besides``) at its ends; it may be empty."""
        text = self.text
        while start < end and (text[start].isspace() or text[start] in besides):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in besides):
            end -= 1
        return start, end


def read_lines(document: Document) -> Lines:
    """All lines of a document that hold anything; characters that no page can show are left out."""
    cleaned = [replace(block, text=_clean(block.text)) for block in document.blocks]
    pieces = list(_by_line(block for block in cleaned if block.text.strip()))
    whole = _made_whole(pieces)
    lines, offset = [], 0
    for block in whole:
        lines.append(Line(offset, offset + len(block.text), block.place, block.aside, block.cell))
        offset += len(block.text) + 1
    return Lines("\n".join(block.text for block in whole), tuple(lines), len(pieces) - len(whole))


def _clean(text: str) -> str:
    """Blanks are blanks; what a value of the record may not hold is no text."""
    text = with_line_feeds(text).replace("\t", " ").replace("\u00ad", "")
    return unicodedata.normalize("NFC", NEVER_IN_VALUE.sub("", text))


def _by_line(blocks: Iterable[Block]) -> Iterator[Block]:
    """A line break inside a paragraph (Shift+Enter in Word) ends a line of ours; a cell stays whole."""
    for block in blocks:
        if block.cell is not None:
            yield block
            continue
        for text in block.text.split("\n"):
            for piece in INLINE_HEADING.split(text):
                if piece.strip():
                    yield replace(block, text=piece)


def _made_whole(blocks: Iterable[Block]) -> list[Block]:
    """Paragraphs that go on in the next one joined with it."""
    whole: list[Block] = []
    for block in blocks:
        if whole and _goes_on(whole[-1], block):
            whole[-1] = replace(whole[-1], text=whole[-1].text.rstrip() + block.text.lstrip())
        else:
            whole.append(block)
    return whole


def _breaks_in_name(text: str, rest: str) -> bool:
    """关于“流失 / 严重”的问题: a quotation mark that the next line closes, or the formula of a heading."""
    if not starts_anew(text) or (SENTENCE_END.search(text) and not text.endswith("：“")):
        return False
    close = rest.find("”")
    if text.count("“") > text.count("”") and close >= 0 and "“" not in rest[:close] and "。" not in rest[:close]:
        return True
    return len(text) >= _LONG_LINE and NAME_GOES_ON.fullmatch(rest) is not None


_WHOLE = re.compile(r"[A-Za-z0-9]$")
_SENTENCE_INSIDE = re.compile("[。；：:;]")
_OPEN_ENDED = re.compile(r"[，,、]$|[一二三四五六七八九十]是$")


def _goes_on(block: Block, following: Block) -> bool:
    """Whether the second paragraph is the rest of the first one's last sentence."""
    if block.aside or following.aside or block.cell or following.cell or len(block.text) > _LONGEST_PARAGRAPH:
        return False
    text, rest = block.text.strip(), following.text.strip()
    if starts_anew(rest) or LABEL.match(rest):
        return False
    if _OPEN_ENDED.search(text) or _breaks_in_name(text, rest):
        return True
    return not (SENTENCE_END.search(text) or len(text) < _LONG_LINE) and _was_cut(text, rest)


def _was_cut(text: str, rest: str) -> bool:
    """Whether a long line without an end of sentence was cut: it has a sentence in it, which no heading has."""
    # 责任编辑：… and …@example.org are whole; a signature and a date begin no rest of a sentence.
    if META_LABEL.match(text) or _WHOLE.search(text) or (len(rest) < _LONG_LINE and not BREAKS_OFF.search(rest)):
        return False
    if starts_anew(text) and not _SENTENCE_INSIDE.search(text):
        return False
    return BREAKS_OFF.search(text) is not None
