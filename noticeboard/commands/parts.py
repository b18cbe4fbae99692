"""Parts of the work of one build, each for a machine of its own (``build --part I/N``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Part:
    """One of several parts, counted from 1."""

    number: int
    of: int

    @classmethod
    def parse(cls, words: str) -> Self:
        """``2/3`` → the second of three. Raises ``ValueError``."""
        match = re.fullmatch(r"([0-9]{1,4})/([0-9]{1,4})", words)
        if not match or not 1 <= int(match[1]) <= int(match[2]):
            raise ValueError(words)
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def share(self, sizes: Mapping[T, int]) -> list[T]:
        """What of these things is in this part, by how much work each is.

        Neighbours stay together and each part gets about as much, so one thing more moves few of the others.
        """
        whole, before, found = sum(sizes.values()), 0, []
        for thing, size in sizes.items():
            # Whoever holds its middle has it.
            if (2 * before + size) * self.of // (2 * whole or 1) == self.number - 1:
                found.append(thing)
            before += size
        return found
