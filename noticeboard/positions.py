"""Where in a file the keys and values of its record stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from noticeboard.problems import Place

#: Keys and list positions from the top of the file: ("方面", 0, "问题", 2, "标题").
KeyPath: TypeAlias = "tuple[str | int, ...]"


@dataclass(frozen=True)
class Mark:
    """Where a key and its value begin; for an item of a list both are the item."""

    key: Place
    value: Place


class Marks:
    """The place of every key and value of one file."""

    def __init__(self, marks: dict[KeyPath, Mark], blanks: tuple[KeyPath, ...] = ()) -> None:
        self._marks = marks
        #: Keys with nothing behind them, which the value does not have.
        self.blanks = blanks

    def find(self, path: KeyPath) -> Mark:
        """The mark at ``path``, else of its nearest ancestor.

        A position that the file does not have is passed over: a single value may stand where the model has a list.
        """
        known: KeyPath = ()
        for step in path:
            if (*known, step) in self._marks:
                known = (*known, step)
            elif isinstance(step, str):
                break
        return self._marks.get(known, Mark(Place(), Place()))
