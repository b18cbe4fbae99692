"""Long texts, as far as they must be shown to be told apart: where two of them begin to differ."""

from __future__ import annotations


def first_difference(one: str, other: str) -> int:
    """At which character two texts begin to differ; behind the shorter one where it begins the longer."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def cut_around(text: str, start: int, shown: int, whole: int) -> str:
    """``shown`` characters of a text that is longer than ``whole``, a third of them before ``start``."""
    if len(text) <= whole:
        return text
    first = max(0, min(start - shown // 3, len(text) - shown))
    return f"{'…' if first else ''}{text[first : first + shown]}{'…' if first + shown < len(text) else ''}"
