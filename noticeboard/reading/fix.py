"""What can be mended in a file without asking, since it has exactly one answer.

That is: a BOM, line ends of Windows, a full-width colon after a known key, blanks at the end of lines; with these the
record stays what it was. And radicals that copying put in the place of characters (⻓ for 长, ``radicals``): the record
then has the characters that its source shows, which nobody can tell from what stood there. Comments, order and
everything else stay character by character. One thing is added where it is known: the day of entry (收录).
"""

from __future__ import annotations

import difflib
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from noticeboard.positions import Marks
from noticeboard.radicals import unified
from noticeboard.reading.encoding import ENCODING
from noticeboard.reading.mistakes import FULLWIDTH_COLON, with_colon
from noticeboard.reading.opening import TOO_LARGE
from noticeboard.reading.read import Reading, read_bytes
from noticeboard.record.dates import PartialDate
from noticeboard.record.keys import all_keys, keys_at
from noticeboard.record.model import Notice, Unit
from noticeboard.text import with_line_feeds

#: How many characters of a file are read anew, and how often at least, to see what else shows itself: a notice as often
#: as it takes, a flood of slips a few times (what is left the next run mends).
_MOST_READ, _ROUNDS = 1_000_000, 3
#: From the first blank of a run: from each of them it would take the square of their number.
_TRAILING = re.compile(r"(?<![ \t\u3000\u00a0])[ \t\u3000\u00a0]+$", re.MULTILINE)


@dataclass(frozen=True)
class Mended:
    """A file's content as it is and as it should be."""

    file: Path
    before: bytes
    after: bytes

    @property
    def changes(self) -> bool:
        """Whether there was anything to mend."""
        return self.before != self.after

    def shown(self) -> Iterator[str]:
        """What changes, as lines: first what no line shows, then a unified diff; blanks at line ends as ``·``."""
        if self.before.startswith(BOM_UTF8):
            yield "去掉了文件开头的 BOM"
        returns = self.before.count(b"\r")
        if returns:
            yield f"换行换成了 LF（{returns} 行）"
        old, new = (_text(content).splitlines() for content in (self.before, self.after))
        name = self.file.as_posix()
        for line in difflib.unified_diff(old, new, name, name, lineterm="", n=1):
            yield _TRAILING.sub(lambda match: "·" * len(match[0]), line) if line[:1] in "+-" else line


def mended(
    file: Path,
    content: bytes,
    kind: type[Notice | Unit],
    day_of_entry: Callable[[Path, Notice], PartialDate | None] = lambda *_: None,
) -> Mended:
    """Mend the content of a file; where that cannot be done safely it stays as it is.

    ``day_of_entry`` is asked of a notice in force that has none.
    """
    reading = read_bytes(file, content, kind)
    if any(problem.code in (ENCODING.code, TOO_LARGE.code) for problem in reading.problems):
        return Mended(file, content, content)
    plain = unified(_text(content))
    text = _with_colons(file, plain, kind)
    record = _read(file, text, kind).record
    # Nothing that could be read may read otherwise, but for its radicals; and nothing may become unreadable with them.
    if reading.record is not None and (record is None or record != _read(file, plain, kind).record):
        return Mended(file, content, content)
    stripped = _TRAILING.sub("", text)
    # Blanks may belong to a text that keeps its lines (|): then they are no slip. Only a record can tell.
    if record is not None and record == _read(file, stripped, kind).record:
        text = stripped
    if isinstance(record, Notice) and record.entered is None and record.retirement is None:
        day = day_of_entry(file, record)
        text = text if day is None else _with_entry(file, text, record, day)
    return Mended(file, content, text.encode("utf-8"))


def _with_entry(file: Path, text: str, notice: Notice, day: PartialDate) -> str:
    """With a line 收录; where none can be put in so that all else reads as before, the text as it is."""
    meant = notice.model_copy(update={"entered": day})
    written = _places_of_entry(text, _read(file, text, Notice).marks, f"收录: {day.iso}")
    return next((after for after in written if _read(file, after, Notice).record == meant), text)


def _places_of_entry(text: str, marks: Marks, line: str) -> Iterator[str]:
    """The text with the line in the place of an empty one, else behind what 发布 says, where that may end."""
    lines = text.split("\n")
    if ("收录",) in marks.blanks:
        at = marks.find(("收录",)).key.line - 1
        yield "\n".join([*lines[:at], line + lines[at].removeprefix("收录:"), *lines[at + 1 :]])
        return
    key_lines = {marks.find((key,)).key.line for key in keys_at(Notice, ())}
    first = marks.find(("发布",)).key.line
    end = last = min((number for number in key_lines if number > first), default=len(lines) + 1) - 1
    # A remark that stands between is of the key that follows; in a text that keeps its lines (|) it is none.
    while end > first and lines[end - 1].strip()[:1] in ("", "#"):
        end -= 1
    yield from ("\n".join([*lines[:at], line, *lines[at:]]) for at in (end, last))


def _text(content: bytes) -> str:
    return with_line_feeds(content.removeprefix(BOM_UTF8).decode("utf-8", "replace"))


def _read(file: Path, text: str, kind: type[Notice | Unit]) -> Reading[Notice | Unit]:
    return read_bytes(file, text.encode("utf-8"), kind)


def _with_colons(file: Path, text: str, kind: type[Notice | Unit]) -> str:
    """With a plain colon wherever the reader says that a full-width one is a slip; mending one may show the next."""
    for _ in range(max(_ROUNDS, _MOST_READ // (len(text) + 1))):
        places = sorted({p.place for p in _read(file, text, kind).problems if p.code == FULLWIDTH_COLON.code})
        lines = text.split("\n")
        # From the end of a line to its beginning, so that columns hold.
        for place in reversed(places):
            lines[place.line - 1] = with_colon(lines[place.line - 1], place, all_keys())
        after = "\n".join(lines)
        if after == text:
            break
        text = after
    return text
