"""The line of a file that a problem speaks of, with a caret below the place: for a terminal of fixed width."""

from __future__ import annotations

import unicodedata

from noticeboard.checking.explanations import STAND_INS

#: Columns of the window that is shown of a long line; half a line of an 80-column terminal stays before the place.
_WINDOW, _BEFORE = 70, 34
#: Characters that are looked at for it to either side.
_MOST = 2 * _WINDOW
#: What nobody sees, as what everybody sees.
_SHOWN = {character: sign for sign, (character, _) in STAND_INS.items()} | {"\ufeff": "◆"}


def excerpt(line: str, number: int, column: int) -> str:
    """Two lines: ``   4 │ 发布：`` and the caret below the character at ``column`` (counted from 1; may be one behind).

    A long line is shown around that place. Control characters and odd blanks appear as signs.
    """
    line = line.rstrip("\r\n")
    at = min(max(column - 1, 0), len(line))
    # A line may be a million characters long, and marks without a width: neither is gone through for a window.
    first = max(at - _MOST, 0)
    shown = [_visible(character) for character in line[first : at + _MOST]]
    here = begin = end = at - first
    width = 0
    while begin > 0 and width + _width(shown[begin - 1]) < _BEFORE:
        begin -= 1
        width += _width(shown[begin])
    while end < len(shown) and width + _width(shown[end]) <= _WINDOW:
        width += _width(shown[end])
        end += 1
    before = ("..." if first + begin else "") + "".join(shown[begin:here])
    behind = "".join(shown[here:end]) + ("..." if first + end < len(line) else "")
    gutter = f"{number:>6} │ "
    return f"{gutter}{before}{behind}\n{' ' * 6} │ {' ' * _width(before)}^\n"


def aside(name: str, lines: list[str]) -> str:
    """More lines below an excerpt, with their name in its margin: ``    例 │ 发布: {内容: 摘要}``."""
    margins = [" " * (6 - _width(name)) + name, *[" " * 6] * (len(lines) - 1)]
    return "".join(f"{margin} │ {line}\n" for margin, line in zip(margins, lines, strict=True))


def _visible(character: str) -> str:
    if character in _SHOWN:
        return _SHOWN[character]
    category = unicodedata.category(character)
    if category == "Zs" and character != " ":
        return "␣"
    # A sign that changes what stands beside it, or none at all: never sent to a terminal as it is.
    return "�" if category in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") else character


def _width(text: str | list[str]) -> int:
    """Columns in a terminal: two for each wide character, none for marks that stand on the one before."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
