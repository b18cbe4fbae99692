"""What one notice says and lists, in figures, and these together for a unit or a province.

What a notice does not say is never a nought: it stays ``None``, with words for it, and no sum passes over it.
"""

from __future__ import annotations

import enum
import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from noticeboard.board.board import NoticeFile
from noticeboard.record.counting import Agreement, Comparison
from noticeboard.record.dates import PartialDate
from noticeboard.record.model import Notice
from noticeboard.record.vocabulary import OPEN_STATUSES, StatedSubject, StatusCode

#: Where a notice gives no figure.
NOT_GIVEN = "未载"

#: The classes of status in three groups, in the order of the table.
DONE = tuple(code for code in StatusCode if code not in OPEN_STATUSES and code is not StatusCode.UNSTATED)
OPEN = tuple(code for code in StatusCode if code in OPEN_STATUSES)


class Standing(enum.Enum):
    """How the stated number of issues and those listed stand to each other; the value is what a reader sees."""

    AGREES = "一致"
    DIFFERS = "不一致"
    NOT_LISTED = "没有逐条列出，无法对照"
    #: Only numbers for some of the bodies inspected, or none that is whole.
    NO_TOTAL = "没有一个总数，无法对照"
    NOT_STATED = "通报未载总数，无法对照"


_STANDING = {
    Agreement.AGREES: Standing.AGREES,
    Agreement.DIFFERS: Standing.DIFFERS,
    Agreement.NOT_LISTED: Standing.NOT_LISTED,
    Agreement.NO_COUNT: Standing.NO_TOTAL,
}


@dataclass(frozen=True)
class StatedTotal:
    """The number of issues as a notice states it, and the states of issues of which it gives only a number."""

    words: str
    #: ``None`` unless there is one whole number for the whole notice.
    count: int | None
    standing: Standing
    #: 已完成整改 17个, 正在整改 1个: quotations.
    statuses: tuple[str, ...]

    @classmethod
    def of(cls, comparisons: Iterable[Comparison]) -> StatedTotal:
        """What a notice states of its issues; figures of single bodies are quoted, never added up."""
        found = [comparison for comparison in comparisons if comparison.stated.figure]
        statuses = tuple(f"{total.stated.subject}{total.stated.figure}" for total in found if _is_status(total))
        totals = [total for total in found if total.subject is StatedSubject.ISSUES]
        whole = next((total for total in totals if not total.stated.body), None)
        if whole:
            return cls(whole.stated.figure, whole.stated.count, _STANDING[whole.agreement], statuses)
        if totals:
            parts = "，".join(f"{total.stated.body}{total.stated.figure}" for total in totals)
            return cls(parts, None, Standing.NO_TOTAL, statuses)
        return cls(NOT_GIVEN, None, Standing.NOT_STATED, statuses)


def _is_status(comparison: Comparison) -> bool:
    is_of_issues = comparison.stated.of == "问题" and not comparison.stated.body
    return is_of_issues and isinstance(comparison.subject, StatusCode)


@dataclass(frozen=True)
class Span:
    """From the day of feedback to that of publication: months of the calendar, or why it cannot be said."""

    feedback: str
    publication: str
    months: int | None
    #: Empty where there are months.
    reason: str

    @property
    def words(self) -> str:
        """6 个月, 同一个月, or the reason."""
        if self.months is None:
            return self.reason
        return f"{self.months} 个月" if self.months else "同一个月"

    @classmethod
    def of(cls, notice: Notice) -> Span:
        """The span of ``notice``: from the first feedback that it gives to its signing, else to its posting."""
        feedback = _best(sorted(filter(None, (inspection.feedback_date for inspection in notice.inspections))))
        signed, posted = notice.publication.signed, notice.publication.posted
        publication = _best([date for date in (signed, posted) if date])
        months = feedback.months_until(publication) if feedback and publication else None
        if months is not None and months < 0:
            months, reason = None, "所载发布日期早于反馈日期"
        else:
            missing = (_missing("反馈日期", feedback), _missing("发布日期", publication))
            reason = "，".join(filter(None, missing))
        kind = ("落款" if publication is signed else "发布") if publication else ""
        return cls(
            feedback=str(feedback or NOT_GIVEN),
            publication=f"{publication}{kind}" if publication else NOT_GIVEN,
            months=months,
            reason=reason,
        )


def _best(dates: list[PartialDate]) -> PartialDate | None:
    """The first date that is known to the month, else to the year, else the first."""
    by_year = next((date for date in dates if date.year), dates[0] if dates else None)
    return next((date for date in dates if date.month), by_year)


def _missing(name: str, date: PartialDate | None) -> str:
    if date is None:
        return f"{name}{NOT_GIVEN}"
    return "" if date.month else f"{name}没有月份"


@dataclass(frozen=True)
class NoticeFigures:
    """The figures of one notice."""

    filed: NoticeFile
    stated: StatedTotal
    span: Span
    #: The classes of the listed issues that count.
    statuses: Counter[StatusCode]
    #: How many of them have no topic.
    without_topic: int

    @classmethod
    def of(cls, filed: NoticeFile) -> NoticeFigures:
        """The figures of a notice."""
        issues = [placed.issue for placed in filed.countable]
        return cls(
            filed=filed,
            stated=StatedTotal.of(filed.comparisons),
            span=Span.of(filed.notice),
            statuses=Counter(issue.status.code for issue in issues),
            without_topic=sum(not issue.topics for issue in issues),
        )


@dataclass(frozen=True)
class Months:
    """The months of several notices: how many can be told, and the reasons of the others with their number."""

    known: int
    least: int
    #: Half of the known are no longer than this.
    middle: int
    most: int
    unknown: tuple[tuple[str, int], ...]

    @property
    def unknown_notices(self) -> int:
        """How many notices do not tell."""
        return sum(count for _, count in self.unknown)

    @classmethod
    def of(cls, notices: Iterable[NoticeFigures]) -> Months:
        """The months of these notices."""
        spans = [notice.span for notice in notices]
        known = sorted(span.months for span in spans if span.months is not None)
        unknown = Counter(span.reason for span in spans if span.months is None)
        if not known:
            return cls(0, 0, 0, 0, tuple(unknown.most_common()))
        return cls(len(known), known[0], statistics.median_low(known), known[-1], tuple(unknown.most_common()))


@dataclass(frozen=True)
class Sums:
    """Several notices together."""

    notices: int
    #: ``None`` unless every notice states a number.
    stated: int | None
    stated_words: str
    #: Of the issues that are listed; all ``None`` where no notice lists any.
    listed: int | None
    done: int | None
    open: int | None
    unstated: int | None
    standings: Counter[Standing] = field(hash=False)
    months: Months

    @property
    def by_standing(self) -> tuple[int, int, int, int]:
        """How many notices state what they list, state something else, list nothing, state no total."""
        counts = self.standings
        without_total = counts[Standing.NOT_STATED] + counts[Standing.NO_TOTAL]
        return counts[Standing.AGREES], counts[Standing.DIFFERS], counts[Standing.NOT_LISTED], without_total

    @classmethod
    def of(cls, notices: Iterable[NoticeFigures]) -> Sums:
        """The sums of these notices."""
        notices = tuple(notices)
        statuses: Counter[StatusCode] = Counter()
        for notice in notices:
            statuses.update(notice.statuses)
        listed = statuses.total() or None
        stated = [notice.stated.count for notice in notices if notice.stated.count is not None]
        is_whole = len(stated) == len(notices) > 0
        return cls(
            notices=len(notices),
            stated=sum(stated) if is_whole else None,
            stated_words=_stated_words(notices, stated),
            listed=listed,
            done=_sum(statuses, DONE) if listed else None,
            open=_sum(statuses, OPEN) if listed else None,
            unstated=statuses[StatusCode.UNSTATED] if listed else None,
            standings=Counter(notice.stated.standing for notice in notices),
            months=Months.of(notices),
        )


def _sum(statuses: Counter[StatusCode], codes: Iterable[StatusCode]) -> int:
    return sum(statuses[code] for code in codes)


def _stated_words(notices: tuple[NoticeFigures, ...], stated: list[int]) -> str:
    if len(notices) == 1:
        return notices[0].stated.words
    if not stated:
        return NOT_GIVEN
    missing = len(notices) - len(stated)
    return f"{sum(stated)}个" + (f"，另有 {missing} 份没有总数" if missing else "")
