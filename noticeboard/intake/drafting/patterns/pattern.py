"""A pattern: a form of the genre as data, with an example and what it finds there."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Chinese and Arabic figures, for classes of characters.
CHINESE = "一二三四五六七八九十百"
ARABIC = "0-9０-９"


@dataclass(frozen=True)
class Pattern:
    """A form, what it is called, a text that has it, and the piece of that text that it finds."""

    name: str
    regex: re.Pattern[str]
    example: str
    finds: str


PATTERNS: list[Pattern] = []


def pattern(name: str, regex: str, example: str, finds: str = "") -> re.Pattern[str]:
    """Compile a form and keep it in the list of all; where ``finds`` is empty, it finds the whole example."""
    compiled = re.compile(regex)
    PATTERNS.append(Pattern(name, compiled, example, finds or example))
    return compiled


def choice(table: dict[str, tuple[str, ...]]) -> str:
    """All words of a table as one choice, the longest first."""
    return "|".join(sorted((re.escape(word) for many in table.values() for word in many), key=len, reverse=True))
