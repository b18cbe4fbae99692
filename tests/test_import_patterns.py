"""The patterns of the genre: each finds what its example says, and none can be made to think for long."""

from __future__ import annotations

import time

import pytest

from noticeboard.intake.drafting.patterns import PATTERNS, Pattern

#: Seconds of processor for 20,000 hostile characters; a pattern that backtracks without bound needs minutes.
_LIMIT = 3.0
_LONG = 20_000


def _named(pattern: Pattern) -> str:
    return pattern.name


@pytest.mark.parametrize("pattern", PATTERNS, ids=_named)
def test_a_pattern_finds_what_its_example_says(pattern: Pattern) -> None:
    match = pattern.regex.search(pattern.example)
    assert match is not None
    assert match[0] == pattern.finds


@pytest.mark.parametrize("pattern", PATTERNS, ids=_named)
def test_hostile_text_is_searched_in_bounded_time(pattern: Pattern) -> None:
    hostile = [sign * _LONG for sign in {*pattern.example, *"“”（，。一1 年"}]
    hostile += [
        pattern.example * (_LONG // len(pattern.example)),
        pattern.example[:-1] * (_LONG // len(pattern.example)),
    ]
    for text in hostile:
        begun = time.process_time()
        for _ in pattern.regex.finditer(text):
            pass
        assert time.process_time() - begun < _LIMIT, text[:20]
