"""Dates as notices give them: to the year, to the month, to the day, or damaged.

A date is never completed by guessing (design: "partial dates stay partial"). ``2023``, ``2023-12`` and
``2023-12-14`` sort together and print as precisely as they were given. A date whose printed form is damaged
(``2022年11月15``, the 日 missing) keeps its words, and beside them only what the words leave beyond doubt.
"""

from __future__ import annotations

import calendar
import functools
import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from noticeboard.problems import ContentError, Severity, rule

DATE_FORM = rule("date-form", Severity.ERROR, "日期的写法不对")
DATE_IMPOSSIBLE = rule("date-impossible", Severity.ERROR, "日历上没有的日期")

#: China's time: the days of records are counted in it, whatever zone a machine is set to.
BEIJING = timezone(timedelta(hours=8))

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
# What people write instead: 2023年1月5日, 2023/1/5, 2023.1.5, 2023-1-5. Only to say how to mend it.
_OTHER_FORMS = re.compile(r"(\d{4})\s*[年/.\-]\s*(\d{1,2})(?:\s*[月/.\-]\s*(?:(\d{1,2})\s*日?)?)?")
_EARLIEST, _LATEST = 1900, 2199
#: The year in the name of a draft whose document tells none: one that nobody takes for real.
PROVISIONAL_YEAR = _EARLIEST
_MONTHS = range(1, 13)


def _checked(text: str, year: int, month: int | None, day: int | None) -> None:
    """Raise ``ContentError`` unless the calendar has this year, month and day."""
    mend = "核对原文后改正；原文的日期有缺损时写成 {原文: …}"
    if not _EARLIEST <= year <= _LATEST:
        raise ContentError(DATE_IMPOSSIBLE, f"日期“{text}”的年份 {year} 不合常理", mend)
    if month is not None and month not in _MONTHS:
        raise ContentError(DATE_IMPOSSIBLE, f"日期“{text}”中没有 {month} 月这个月份", mend)
    if month is not None and day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise ContentError(DATE_IMPOSSIBLE, f"日期“{text}”：{year} 年 {month} 月没有 {day} 日", mend)


@functools.total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A date known to the year, the month or the day.

    ``words`` is set only for a damaged date: its printed words, kept as they are. The numbers then hold what
    the words leave beyond doubt, which may be nothing (``year is None``).
    """

    year: int | None
    month: int | None = None
    day: int | None = None
    words: str | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """``2023``, ``2023-12`` or ``2023-12-14``; anything else raises ``ContentError``."""
        # Full-width digits and hyphens come from Chinese input methods; \d alone would let them through.
        match = _ISO.fullmatch(text) if text.isascii() else None
        if match:
            year, month, day = (None if part is None else int(part) for part in match.groups())
            assert year is not None
            _checked(text, year, month, day)
            return cls(year, month, day)
        other = _OTHER_FORMS.fullmatch(text)
        if other:
            parts = [int(part) for part in other.groups() if part is not None]
            _checked(text, *parts, *[None] * (3 - len(parts)))
            suggestion = "-".join([f"{parts[0]:04d}", *(f"{part:02d}" for part in parts[1:])])
            raise ContentError(DATE_FORM, f"日期“{text}”的写法不对", f"写成 {suggestion}")
        raise ContentError(
            DATE_FORM, f"“{text}”不是日期", "写成 2023、2023-12 或 2023-12-14；原文的日期有缺损时写成 {原文: …}"
        )

    @classmethod
    def damaged(cls, words: str, certain: str | None) -> PartialDate:
        """A damaged date: its ``words``, and what they leave beyond doubt (``2022-11``) if anything."""
        if certain is None:
            return cls(None, words=words)
        known = cls.parse(certain)
        return cls(known.year, known.month, known.day, words)

    @classmethod
    def in_china(cls, moment: datetime) -> PartialDate:
        """The day that it is in China at a moment (with its zone)."""
        there = moment.astimezone(BEIJING)
        return cls(there.year, there.month, there.day)

    @property
    def iso(self) -> str:
        """``2023-12-14``, ``2023-12``, ``2023`` or, where nothing is certain, the empty string."""
        if self.year is None:
            return ""
        rest = (f"-{part:02d}" for part in (self.month, self.day) if part is not None)
        return f"{self.year:04d}{''.join(rest)}"

    def __str__(self) -> str:
        """As a reader of Chinese expects it: 2023年12月14日, 2023年12月, 2023年, or the damaged words."""
        if self.words is not None:
            return self.words
        month = "" if self.month is None else f"{self.month}月"
        day = "" if self.day is None else f"{self.day}日"
        return f"{self.year}年{month}{day}"

    def _order(self) -> tuple[int, int, int, str]:
        # The less precise first, so that 2023 < 2023-01 < 2023-01-01; a date of unknown year before all.
        return (self.year or 0, self.month or 0, self.day or 0, self.words or "")

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._order() < other._order()

    def is_surely_before(self, other: PartialDate) -> bool:
        """True only where both are precise enough to say so: 2023-11 before 2023-12, but not before 2023."""
        for mine, theirs in ((self.year, other.year), (self.month, other.month), (self.day, other.day)):
            if mine is None or theirs is None:
                return False
            if mine != theirs:
                return mine < theirs
        return False

    def months_until(self, later: PartialDate) -> int | None:
        """Whole calendar months from this month to that of ``later``; ``None`` where a month is not known."""
        if self.year is None or self.month is None or later.year is None or later.month is None:
            return None
        return (later.year - self.year) * 12 + later.month - self.month
