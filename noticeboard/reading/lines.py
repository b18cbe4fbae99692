"""Most files, line by line: the plainest part of YAML, read without a parser of the whole language.

One key or one item a line, each with its value behind it or below it; texts without quotation marks or between them;
lists and mappings in brackets on one line. Whatever else a line has — a text of several lines, an escape, a comment
behind a value, a key that comes twice, an indentation that fits nothing — the whole file is left to ``reading.yaml``,
which knows all of YAML and what to say of it. What is read here, it reads as the same value with the same places
(``tests/test_lines.py``), and finds no problem in; it takes five times as long.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from noticeboard.positions import MarksMade
from noticeboard.text import NEVER_IN_FILE

#: What a text of YAML says: every scalar is text.
Value: TypeAlias = "str | list[Value] | dict[str, Value]"
#: What a key has that waits for its value, or is blank: this one object, until the end.
_NOTHING: list[Value] = []

#: Where there is more there may be something to be said: mappings and lists in each other, numbers of the marks.
_DEEPEST, _MOST_NUMBERS = 20, 100_000

_KEY = r"[\u4e00-\u9fff]{1,40}"
#: An unquoted text: it begins with no sign of YAML's, and has no comment and no colon that could end a key.
_PLAIN = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^\n#:]*+(?::(?=\S)[^\n#:]*+)*+(?<! )"
#: The same in brackets, where more signs mean something.
_IN_BRACKETS = r"[^\s\x00-/:-@\[-`{-\x7f][^\n#:,?\[\]{}]*+(?<! )"
_PAIR = rf"{_KEY}: {_IN_BRACKETS}"
_ENCLOSED = (
    r"\"[^\"\\\n]*+\"|'[^'\n]*+'"
    rf"|\[{_IN_BRACKETS}(?:, {_IN_BRACKETS})*+\]|\{{{_PAIR}(?:, {_PAIR})*+\}}"
)
#: Blanks, dash, key, unquoted text, quoted text or brackets; anything else. Of an empty line and a comment nothing.
_LINE = re.compile(
    rf"^(?: *#.*|( *)(- )?(?:({_KEY}):(?:$| (?=[^ \n])))?(?:({_PLAIN})|({_ENCLOSED}))?|(.+))$", re.MULTILINE
)


def read_lines(text: str) -> tuple[dict[str, Value], MarksMade] | None:
    """The value of a whole file, a mapping, and the places in it; ``None`` where it is not as plain as that."""
    if "\t" in text or "\r" in text or NEVER_IN_FILE.search(text) is not None:
        return None
    try:
        return _Lines().read(text)
    except _NotPlain:
        return None


class _NotPlain(Exception):  # noqa: N818 - it ends the reading, nothing is wrong
    """A line is not as plain as that."""


class _Lines:
    """The innermost mapping or list that is open, with the column of its keys or dashes; and what is open around it."""

    def __init__(self) -> None:
        self.marks = MarksMade()
        self.marks.whole(1, 1)
        self.value: list[Value] | dict[str, Value] = {}
        self.mark = 0
        #: Before the first key of all there is none.
        self.column = -1
        #: Its key, where it is a value of a mapping.
        self.key = ""
        self.around: list[tuple[list[Value] | dict[str, Value], int, int, str]] = []
        #: The latest key where its value is not known yet, and its mark.
        self.waiting: tuple[str, int] | None = None
        #: Keys without a value, in the order in which that was known.
        self.blanks: list[tuple[dict[str, Value], str]] = []

    def read(self, text: str) -> tuple[dict[str, Value], MarksMade]:
        mark_key, mark_item = self.marks.key, self.marks.item
        for number, (indent, dash, key, plain, enclosed, other) in enumerate(_LINE.findall(text), 1):
            if not (key or dash):
                if plain or enclosed or other:
                    raise _NotPlain
                continue
            column, value = len(indent), self.value
            # Most lines go on with what is open, and open nothing. ``_line`` would do the same, at twice the time.
            if plain and column == self.column and self.waiting is None:
                if isinstance(value, list):
                    if dash and not key:
                        mark_item(self.mark, len(value), number, column + 3)
                        value.append(plain)
                        continue
                elif not dash and key not in value:
                    mark_key(self.mark, key, (number, column + 1), (number, column + len(key) + 3))
                    value[key] = plain
                    continue
            self._line(number, (column, bool(dash)), key, plain or enclosed)
        return self._whole(), self.marks

    def _whole(self) -> dict[str, Value]:
        if self.column < 0 or len(self.marks.numbers) > _MOST_NUMBERS:
            raise _NotPlain
        self._turn_to(0, -1, is_item=False)
        for mapping, key in self.blanks:
            del mapping[key]
        assert isinstance(self.value, dict)
        return self.value

    def _line(self, number: int, at: tuple[int, bool], key: str, written: str) -> None:
        """One line with a key, or with a dash ``at`` its column, or both."""
        column, is_item = at
        if self.column < 0:
            self.marks.move_value(0, number, 1)
            self.column = 0
        self._turn_to(number, column, is_item=is_item)
        if self.column != column or is_item is not isinstance(self.value, list):
            raise _NotPlain
        if is_item:
            assert isinstance(self.value, list)
            column += 2
            mark = self.marks.item(self.mark, len(self.value), number, column + 1)
            if not key:
                self.value.append(self._value(written, mark, number, column + 1))
                return
            self._open({}, mark, column)
        self._key(number, column, key, written)

    def _turn_to(self, number: int, column: int, *, is_item: bool) -> None:
        """Open or close what a line with a dash or a key at ``column`` opens or closes; at -1 is the end."""
        if self.waiting is not None:
            (key, mark), self.waiting = self.waiting, None
            # The dashes of a list may stand under the first sign of its key.
            if column > self.column or (is_item and column == self.column):
                self.marks.move_value(mark, number, column + 1)
                self._open([] if is_item else {}, mark, column, key)
                return
            self._leave_blank(key, mark)
        while self.around and (
            self.column > column or (self.column == column and not is_item and isinstance(self.value, list))
        ):
            self._close()

    def _open(self, value: list[Value] | dict[str, Value], mark: int, column: int, key: str = "") -> None:
        if isinstance(self.value, dict):
            self.value[key] = value
        else:
            self.value.append(value)
        self.around.append((self.value, self.column, self.mark, self.key))
        self.value, self.column, self.mark, self.key = value, column, mark, key
        if len(self.around) > _DEEPEST:
            raise _NotPlain

    def _close(self) -> None:
        closed, key, mark = self.value, self.key, self.mark
        self.value, self.column, self.mark, self.key = self.around.pop()
        # Keys of a form that nobody filled in; an item of a list is meant even so.
        if self.blanks and isinstance(closed, dict) and key and all(value is _NOTHING for value in closed.values()):
            self._leave_blank(key, mark)

    def _leave_blank(self, key: str, mark: int) -> None:
        assert isinstance(self.value, dict)
        self.value[key] = _NOTHING
        self.blanks.append((self.value, key))
        self.marks.blanks.append(mark)

    def _key(self, number: int, column: int, key: str, written: str) -> None:
        value = self.value
        if not isinstance(value, dict) or key in value:
            raise _NotPlain
        # Nothing at all stands right behind the colon; anything else behind a blank.
        behind = column + len(key) + (3 if written else 2)
        mark = self.marks.key(self.mark, key, (number, column + 1), (number, behind))
        if written:
            value[key] = self._value(written, mark, number, behind)
        else:
            value[key] = _NOTHING
            self.waiting = key, mark

    def _value(self, written: str, mark: int, number: int, column: int) -> Value:
        """A text, perhaps between quotation marks, or what stands in brackets, from ``column`` on."""
        begin, inside = written[:1], written[1:-1]
        if not begin:
            raise _NotPlain
        if begin in "\"'":
            return inside
        if begin not in "[{":
            return written
        parts: list[Value] = []
        pairs: dict[str, Value] = {}
        column += 1
        for position, part in enumerate(inside.split(", ")):
            if begin == "[":
                self.marks.item(mark, position, number, column)
                parts.append(part)
            else:
                key, _, value = part.partition(": ")
                if key in pairs:
                    raise _NotPlain
                self.marks.key(mark, key, (number, column), (number, column + len(key) + 2))
                pairs[key] = value
            column += len(part) + 2
        return pairs or parts
