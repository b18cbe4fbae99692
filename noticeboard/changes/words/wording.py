"""Two versions of what a record says → the difference in words, a line each: ``状态 正在整改 → 已完成整改``."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from noticeboard.changes.guard.cutting import cut_around, first_difference
from noticeboard.changes.words.statements import Statements

#: Signs of a text that are shown; of a long one the part that differs.
_SHOWN = 40


def different(old: Statements, new: Statements) -> Iterator[str]:
    """What is said otherwise, in the order of the record; then what is said no longer."""
    for name, said in new.items():
        was = old.get(name)
        if was is None:
            yield from additions({name: said})
        elif was != said:
            yield from _changed_value(name, was, said)
    for name, was in old.items():
        if name not in new:
            yield f"删去{name}：{'；'.join(_cut(text, 0) for text in was)}"


def additions(new: Statements) -> Iterator[str]:
    """What is said for the first time."""
    yield from (f"新增{name}：{'；'.join(_cut(text, 0) for text in said)}" for name, said in new.items())


def _changed_value(name: str, was: tuple[str, ...], said: tuple[str, ...]) -> Iterator[str]:
    if len(was) == len(said) == 1:
        yield f"{name} {_both(was[0], said[0])}"
        return
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, was, said, autojunk=False).get_opcodes():
        if tag == "replace" and i2 - i1 == j2 - j1:
            yield from (f"{name} {_both(one, other)}" for one, other in zip(was[i1:i2], said[j1:j2], strict=True))
        elif tag != "equal":
            yield from (f"删去{name}：{_cut(text, 0)}" for text in was[i1:i2])
            yield from (f"新增{name}：{_cut(text, 0)}" for text in said[j1:j2])


def _both(was: str, said: str) -> str:
    same = first_difference(was, said)
    return f"{_cut(was, same)} → {_cut(said, same)}"


def _cut(text: str, start: int) -> str:
    """On one line."""
    return cut_around(" ".join(text.split()), start, _SHOWN, _SHOWN)
