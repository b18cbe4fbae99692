"""What both searches for bent files bend by: chance, and the lines of a text."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TypeAlias

Random: TypeAlias = random.Random


def happens(chance: Random, share: float) -> bool:
    """Whether what comes in this share of the cases comes in this one."""
    return chance.random() < share


def lines_of(change: Callable[[Random, list[str]], None]) -> Callable[[Random, str], str]:
    """What changes a text by a change of its list of lines."""

    def changed(chance: Random, text: str) -> str:
        lines = text.split("\n")
        change(chance, lines)
        return "\n".join(lines)

    return changed
