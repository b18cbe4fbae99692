"""Glyphs at their places on a page → lines, and lines → paragraphs."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from noticeboard.intake.documents.pdf_characters import is_wide


@dataclass(frozen=True)
class _Placed:
    """A text at its place; all measures are in points from the left and the top of the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.top + self.bottom) / 2


class Glyph(_Placed):
    """A character on a page."""


class Line(_Placed):
    """A line of text."""


@dataclass(frozen=True)
class Margins:
    """Where lines of running text begin and end, the distance from one to the next, and the size of their type."""

    left: float
    right: float
    pitch: float
    size: float


#: All in sizes of the type: a gap that is a blank between letters, and between Chinese characters; an indent; how far
#: before the margin a line ends that could have held more; how unevenly a line in the middle may stand.
_BLANK = 0.18
_WIDE_BLANK = 0.9
_INDENT = 1.0
_SHORT = 2.2
_OFF_CENTRE = 1.0
#: Of the usual distance between lines: more is a space between paragraphs.
_SPACED = 1.45
#: Of the size of the type: lines of one title are no farther from each other.
_TITLE_PITCH = 2.6
#: In points: type of another size.
_OTHER_SIZE = 0.6
#: So many lines that end at one place make a margin.
_ENOUGH = 3


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines that glyphs make, from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.middle, glyph.left)):
        # The last row begins with its highest glyph, so that a row cannot creep down the page.
        if rows and glyph.middle - rows[-1][0].middle < 0.5 * min(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    lines = (_line(sorted(row, key=lambda glyph: glyph.left)) for row in rows)
    return [line for line in lines if line is not None]


def _line(row: list[Glyph]) -> Line | None:
    while row and row[-1].text.isspace():
        row.pop()
    while row and row[0].text.isspace():
        row.pop(0)
    if not row:
        return None
    size = Counter(round(glyph.size, 1) for glyph in row).most_common(1)[0][0]
    text = row[0].text
    usual = _usual_gap(row)
    for before, after in pairwise(row):
        text += (" " if _has_blank(before, after, usual) else "") + after.text
    top, bottom = min(glyph.top for glyph in row), max(glyph.bottom for glyph in row)
    return Line(text, row[0].left, max(glyph.right for glyph in row), top, bottom, size)


def _usual_gap(row: Sequence[Glyph]) -> float:
    """The gap between Chinese characters of a line: wide in a line that an unbreakable address made short."""
    gaps = [after.left - before.right for before, after in pairwise(row) if _are_wide(before, after)]
    return median(gaps) if gaps else 0.0


def _are_wide(before: Glyph, after: Glyph) -> bool:
    return bool(before.text and after.text) and is_wide(before.text[-1]) and is_wide(after.text[0])


def _has_blank(before: Glyph, after: Glyph, usual: float) -> bool:
    """Whether there is room for a blank between two glyphs that have none."""
    if not before.text or not after.text or before.text.isspace() or after.text.isspace():
        return False
    # Chinese lines are justified by widening all gaps, and set a little apart from letters and figures.
    is_next_to_wide = is_wide(before.text[-1]) or is_wide(after.text[0])
    room = (_WIDE_BLANK if is_next_to_wide else _BLANK) * after.size
    return after.left - before.right > room + max(usual, 0.0)


def margins_of(lines: Sequence[Line], width: float) -> Margins:
    """The margins of the running text on pages of a width: where several lines begin and end."""
    lefts = sorted(line.left for line in lines)
    rights = sorted(line.right for line in lines)
    size = Counter(line.size for line in lines).most_common(1)[0][0] if lines else 0
    begins = (place for place in lefts if _count_between(lefts, place - size, place + size) >= _ENOUGH)
    left = next(begins, min(lefts, default=0))
    ends = (place for place in reversed(rights) if _count_between(rights, place - size, place) >= _ENOUGH)
    right = next(ends, width - left)
    distances = Counter(round(after.top - before.top) for before, after in pairwise(lines) if after.top > before.top)
    return Margins(left, right, distances.most_common(1)[0][0] if distances else 0, size)


def _count_between(places: Sequence[float], first: float, last: float) -> int:
    """How many of the sorted places lie behind the first and not behind the last."""
    return bisect.bisect_right(places, last) - bisect.bisect_right(places, first)


def goes_on(before: Line, after: Line, margins: Margins, *, on_next_page: bool = False) -> bool:
    """Whether a line belongs to the paragraph of the line before it."""
    if abs(before.size - after.size) > _OTHER_SIZE:
        return False
    is_spaced = not on_next_page and margins.pitch and after.top - before.top > _SPACED * margins.pitch
    if before.size > margins.size + _OTHER_SIZE and _is_centred(before, margins) and _is_centred(after, margins):
        # A title of several lines.
        return not on_next_page and after.top - before.top < _TITLE_PITCH * before.size
    return not (is_spaced or _is_short(before, margins) or _is_indented(after, margins))


def _is_short(line: Line, margins: Margins) -> bool:
    return margins.right - line.right > _SHORT * line.size


def _is_indented(line: Line, margins: Margins) -> bool:
    return line.left - margins.left > _INDENT * line.size


def _is_centred(line: Line, margins: Margins) -> bool:
    before, after = line.left - margins.left, margins.right - line.right
    return before > 0 and abs(before - after) < _OFF_CENTRE * line.size


def joined(lines: Sequence[Line]) -> str:
    """The text of lines that are one paragraph."""
    text = ""
    for line in lines:
        is_word = text[-1:].isascii() and text[-1:].isalnum() and line.text[:1].isascii() and line.text[:1].isalnum()
        text += (" " if is_word else "") + line.text
    return text


def text_of_cell(lines: Sequence[Line], left: float, right: float) -> str:
    """The text of a cell from one border to the other, each paragraph in a line."""
    if not lines:
        return ""
    # As little room as there is at a border, but not the room beside words in the middle.
    room = min([line.size for line in lines] + [line.left - left for line in lines])
    margins = Margins(left + room, right - room, 0, 0)
    found: list[list[Line]] = []
    for line in lines:
        begins = not found or _is_short(found[-1][-1], margins)
        # The last line of words in the middle is in the middle too.
        if begins or (_is_indented(line, margins) and not _is_centred(line, margins)):
            found.append([line])
        else:
            found[-1].append(line)
    return "\n".join(map(joined, found))
