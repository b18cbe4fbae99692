"""What a status is shown as, and how many issues have which. Views only, no markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from noticeboard.board.board import NoticeFile
from noticeboard.board.words import NO_DAY
from noticeboard.record.model import Matter, Notice, Status
from noticeboard.record.vocabulary import StatusCode


@dataclass(frozen=True)
class StatusView:
    """A status as shown: sign, the source's words, class for colour and filters, its day and what it rests on."""

    sign: str
    words: str
    code: str
    as_of: str
    basis: str

    @classmethod
    def of(cls, matter: Matter, notice: Notice) -> StatusView:
        """The view of the present status of a matter of ``notice``."""
        day = f"截至{notice.as_of}" if notice.as_of else NO_DAY
        return cls.on(f"{matter.status_changed}变更" if matter.status_changed else day, matter.status)

    @classmethod
    def on(cls, day: str, status: Status) -> StatusView:
        """The view of a status that holds on ``day``, where it says no other day itself."""
        basis = ""
        if status.code is not StatusCode.UNSTATED and status.basis != "本条":
            basis = status.basis + (f"“{status.quote}”" if status.quote else "")
        return cls(
            status.code.sign, status.words, status.code.value, f"截至{status.as_of}" if status.as_of else day, basis
        )


@dataclass(frozen=True)
class StatusCount:
    """How many listed issues have a status of one class."""

    sign: str
    label: str
    code: str
    count: int

    @property
    def words(self) -> str:
        """已完成整改 17 个."""
        return f"{self.label} {self.count} 个"

    @property
    def address(self) -> str:
        """As ``status_address``."""
        return status_address(self.code)


def status_address(code: str) -> str:
    """The list of all issues of the site that have a status of this class."""
    return f"issues/status/{code}/"


@dataclass(frozen=True)
class BarSegment:
    """A part of a bar of statuses: where it begins and how long it is, in thousandths of the bar."""

    code: str
    start: int
    length: int


def bar_segments(counts: Iterable[StatusCount]) -> tuple[BarSegment, ...]:
    """The bar of some counts; together its segments are just as long as the bar."""
    counts = tuple(counts)
    whole = sum(count.count for count in counts)
    ends = [round(1000 * end / whole) for end in accumulate(count.count for count in counts)]
    return tuple(
        BarSegment(count.code, start, end - start) for count, start, end in zip(counts, [0, *ends], ends, strict=False)
    )


def status_counts(notices: Iterable[NoticeFile]) -> tuple[StatusCount, ...]:
    """The listed issues by class of status, in the order of the table; classes without an issue are left out."""
    return _in_order(placed.issue.status.code for filed in notices for placed in filed.countable)


def suggestion_counts(notices: Iterable[NoticeFile]) -> tuple[StatusCount, ...]:
    """The same for suggestions, which are never counted as issues."""
    return _in_order(suggestion.status.code for filed in notices for suggestion in filed.notice.suggestions)


def _in_order(codes: Iterable[StatusCode]) -> tuple[StatusCount, ...]:
    counter = Counter(codes)
    return tuple(StatusCount(code.sign, code.label, code.value, counter[code]) for code in StatusCode if counter[code])
