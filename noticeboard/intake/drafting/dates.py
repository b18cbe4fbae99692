"""Dates as running text gives them: 2022年9月8日至12月8日, 二〇二三年十二月, 4月上旬, 2022年11月15 (its 日 lost).

A year that a date leaves out is the last one named before it; nothing else is completed.
"""

from __future__ import annotations

import calendar
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from noticeboard.intake.drafting import numerals
from noticeboard.intake.drafting.lines import Span
from noticeboard.intake.drafting.patterns.facts import DATE, RANGE_SIGN

_MONTHS, _YEARS = range(1, 13), range(1949, 2100)
#: A year that has every day.
_LEAP_YEAR = 2024


@dataclass(frozen=True)
class Mention:
    """A date in a text: its words, and what they say. ``year_from`` is where the year stands if not in the words."""

    span: Span
    year: int | None
    month: int | None
    day: int | None
    #: 上旬, 中旬, 底: closer than the month and no day.
    loose: str = ""
    #: A day without its 日: the words are not whole.
    damaged: bool = False
    year_from: Span | None = None

    @property
    def iso(self) -> str:
        """As the record writes it, as precise as the words; empty where not even the year is known."""
        if self.year is None:
            return ""
        day = None if self.damaged or self.loose else self.day
        return "-".join([f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, day) if part is not None)])

    @property
    def order(self) -> tuple[int, int, int]:
        """For comparing."""
        return (self.year or 0, self.month or 0, self.day or 0)


def dates(text: str, start: int, end: int, before: Sequence[Mention] = ()) -> list[Mention]:
    """All dates between two offsets, years inherited, also from the dates ``before`` them."""
    last = next((mention for mention in reversed(before) if mention.year), None)
    year, year_from = (last.year, last.year_from or last.span) if last else (None, None)
    found: list[Mention] = []
    for mention in _as_written(text, start, end):
        complete = mention
        if mention.year is None and year is not None:
            complete = replace(mention, year=year, year_from=year_from)
        elif mention.year is not None:
            year, year_from = mention.year, mention.span
        previous = found[-1] if found else None
        if complete.month is None and previous and complete.day and _is_range(text, previous, complete):
            complete = replace(complete, month=previous.month)
        if complete.month is None and complete.day is not None:
            continue
        # 2月29日 behind a year that had none: the words are not whole, whatever is wrong in them.
        found.append(
            complete if _is_day(complete.year, complete.month, complete.day or 1) else replace(complete, damaged=True)
        )
    return found


def _is_day(year: int | None, month: int | None, day: int) -> bool:
    return 1 <= day <= (calendar.monthrange(year or _LEAP_YEAR, month)[1] if month else 31)


def ranges(text: str, mentions: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Pairs of dates with 至 between them."""
    for first, second in itertools.pairwise(mentions):
        if _is_range(text, first, second):
            yield first, second


def _is_range(text: str, first: Mention, second: Mention) -> bool:
    return RANGE_SIGN.fullmatch(text, first.span[1], second.span[0]) is not None


def _as_written(text: str, start: int, end: int) -> Iterator[Mention]:
    for match in DATE.finditer(text, start, end):
        groups = match.groupdict()
        year = _number(groups["y"] or groups["y2"])
        month = _number(groups["m"] or groups["m2"] or groups["m3"])
        day = _number(groups["d"] or groups["d2"] or groups["d3"] or groups["d4"])
        if (year is not None and year not in _YEARS) or (month is not None and month not in _MONTHS):
            continue
        if day is not None and not _is_day(year, month, day):
            continue
        damaged = bool(groups["d"] and not groups["sign"])
        yield Mention(match.span(), year, month, day, groups["loose"] or groups["loose2"] or "", damaged)


def _number(text: str | None) -> int | None:
    return None if text is None else numerals.whole(re.sub(r"[ 　]", "", text).replace("O", "〇").replace("○", "〇"))
