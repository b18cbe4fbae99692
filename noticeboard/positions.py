"""Where in a file the keys and values of its record stand."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from noticeboard.problems import Place

#: Keys and list positions from the top of the file: ("方面", 0, "问题", 2, "标题").
KeyPath: TypeAlias = "tuple[str | int, ...]"

#: Numbers of a mark: the mark above it, its step from there, line and column of its key, and of its value.
_WIDTH = 6
_LARGEST_SHORT = 0xFFFF


@dataclass(frozen=True)
class Mark:
    """Where a key and its value begin; for an item of a list both are the item."""

    key: Place
    value: Place


class MarksMade:
    """The marks of a file while it is being read: each gets a number, the mark of the whole file 0."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.names: dict[str, int] = {}
        #: The marks of keys with nothing behind them.
        self.blanks: list[int] = []

    def key(self, above: int, name: str, key: tuple[int, int], value: tuple[int, int]) -> int:
        """Mark a key of the mapping at ``above``, by line and column, and its value."""
        step = 2 * self.names.setdefault(name, len(self.names)) + 1
        self.numbers += (above, step, *key, *value)
        return len(self.numbers) // _WIDTH - 1

    def item(self, above: int, position: int, line: int, column: int) -> int:
        """Mark an item of the list at ``above``."""
        self.numbers += (above, 2 * position, line, column, line, column)
        return len(self.numbers) // _WIDTH - 1

    def whole(self, line: int, column: int) -> int:
        """Mark the value of the whole file."""
        self.numbers += (0, 0, 1, 1, line, column)
        return 0

    def move_value(self, mark: int, line: int, column: int) -> None:
        """The value of a key begins elsewhere than it seemed."""
        self.numbers[mark * _WIDTH + 4 : (mark + 1) * _WIDTH] = line, column

    def again(self, above: int, step: str | int) -> int | None:
        """The mark at one step below another, if there is one: a key may come twice."""
        wanted = [above, 2 * step if isinstance(step, int) else 2 * self.names.get(step, -1) + 1]
        places = range(_WIDTH, len(self.numbers), _WIDTH)
        return next((at // _WIDTH for at in places if self.numbers[at : at + 2] == wanted), None)

    def move_item(self, mark: int, line: int, column: int) -> None:
        """An item that stands where another one of the same name stood."""
        self.numbers[mark * _WIDTH + 2 : (mark + 1) * _WIDTH] = line, column, line, column

    def made(self) -> Marks:
        """All of them, to be kept."""
        return Marks(self.numbers, self.names, self.blanks)


class Marks:
    """The place of every key and value of one file.

    Kept as the numbers that reading made, six a mark and the mark of the whole file first: most files have no problem,
    and nobody asks. What is asked is sought by its way from above.
    """

    def __init__(self, numbers: Iterable[int] = (), names: Iterable[str] = (), blanks: Iterable[int] = ()) -> None:
        """``numbers`` as ``MarksMade`` lays them out, ``names`` its keys, ``blanks`` the marks of blank keys."""
        numbers = [*numbers]
        self._numbers = array("H" if max(numbers, default=0) <= _LARGEST_SHORT else "L", numbers)
        self._names = tuple(names)
        self._blanks = tuple(blanks)

    def __getstate__(self) -> tuple[array[int], tuple[str, ...], tuple[int, ...]]:
        """Without what was made when somebody asked."""
        return self._numbers, self._names, self._blanks

    def __setstate__(self, state: tuple[array[int], tuple[str, ...], tuple[int, ...]]) -> None:
        """The same back."""
        self._numbers, self._names, self._blanks = state

    @property
    def blanks(self) -> tuple[KeyPath, ...]:
        """Keys with nothing behind them, which the value does not have."""
        return tuple(map(self._path, self._blanks))

    def find(self, path: KeyPath) -> Mark:
        """The mark at ``path``, else of its nearest ancestor.

        A position that the file does not have is passed over: a single value may stand where the model has a list.
        """
        if not self._numbers:
            return Mark(Place(), Place())
        at = 0
        for step in path:
            below = self._below.get((at, step))
            if below is not None:
                at = below
            elif isinstance(step, str):
                break
        _, _, *places = self._numbers[at * _WIDTH : (at + 1) * _WIDTH]
        return Mark(Place(*places[:2]), Place(*places[2:]))

    def every(self) -> dict[KeyPath, Mark]:
        """All of them by their paths."""
        paths = map(self._path, range(len(self._numbers) // _WIDTH))
        return {path: self.find(path) for path in paths}

    @cached_property
    def _below(self) -> dict[tuple[int, str | int], int]:
        """The mark at one step below another."""
        above, steps = self._numbers[::_WIDTH], self._numbers[1::_WIDTH]
        pairs = zip(above, map(self._step, steps), strict=True)
        return {pair: at for at, pair in enumerate(pairs) if at}

    def _step(self, number: int) -> str | int:
        """Odd numbers are keys, even ones positions in lists."""
        return self._names[number // 2] if number % 2 else number // 2

    def _path(self, at: int) -> KeyPath:
        path: KeyPath = ()
        while at:
            above, step = self._numbers[at * _WIDTH : at * _WIDTH + 2]
            path, at = (self._step(step), *path), above
        return path
