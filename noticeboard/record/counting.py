"""One way of counting, and what a notice states beside what it lists.

An issue without children counts; a parent only where it says so (单独计数); suggestions are never issues.
Stated totals are quotations: they stand beside the counts and are never corrected by them.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from noticeboard.positions import KeyPath
from noticeboard.record.model import Matter, Notice, Section, Stated, Suggestion
from noticeboard.record.vocabulary import OPEN_STATUSES, STATUS_OF_WORDS, SUBJECT_OF_WORDS, StatedSubject, StatusCode
from noticeboard.record.walk import Holder, below


@dataclass(frozen=True)
class Listed:
    """What is listed under a notice, a section or an issue."""

    sections: int
    issues: int
    measures: int
    suggestions: int
    #: By the statuses at publication: those that the totals of the notice speak of.
    issue_statuses: Counter[StatusCode] = field(hash=False)
    suggestion_statuses: Counter[StatusCode] = field(hash=False)

    @property
    def open(self) -> int:
        """Issues and suggestions whose status said that they were not closed."""
        return sum(self.issue_statuses[code] + self.suggestion_statuses[code] for code in OPEN_STATUSES)


def listed(holder: Holder) -> Listed:
    """Count what is listed under ``holder``."""
    sections = holder.sections if isinstance(holder, Notice) else ()
    suggestions: tuple[Suggestion, ...] = holder.suggestions if isinstance(holder, Notice) else ()
    top = [holder.issues, *(section.issues for section in sections)]
    issues = [placed for some in top for placed in below(some, (), None, ())]
    leaves = [placed.issue for placed in issues if placed.issue.counts]
    bearers: list[Matter | Section] = [placed.issue for placed in issues]
    bearers += [*suggestions, *sections]
    if not isinstance(holder, Notice):
        bearers.append(holder)
    return Listed(
        sections=len(sections),
        issues=len(leaves),
        measures=sum(len(bearer.measures) for bearer in bearers),
        suggestions=len(suggestions),
        issue_statuses=Counter(issue.published_status.code for issue in leaves),
        suggestion_statuses=Counter(suggestion.published_status.code for suggestion in suggestions),
    )


class Agreement(enum.Enum):
    """How a stated total and the count of what is listed stand to each other."""

    AGREES = "agrees"
    DIFFERS = "differs"
    #: The notice states a total but does not list what it counts.
    NOT_LISTED = "not_listed"
    #: Nothing in a record could be counted for it (问责 0 人).
    NO_COUNT = "no_count"


@dataclass(frozen=True)
class Comparison:
    """One stated total beside what is listed.

    ``listed`` is ``None`` where there is nothing to count; beside the claim 全部完成 it counts what is still open.
    """

    path: KeyPath
    stated: Stated
    subject: StatedSubject | StatusCode | None
    listed: int | None
    agreement: Agreement


def reconcile(holder: Holder, path: KeyPath = ()) -> Iterator[Comparison]:
    """Each stated total of ``holder`` beside what is listed under it."""
    if not holder.stated:
        return
    counts = listed(holder)
    for at, stated in enumerate(holder.stated):
        subject = SUBJECT_OF_WORDS.get(stated.subject) or STATUS_OF_WORDS.get(stated.subject)
        number = None if stated.body else _count(subject, stated, counts)
        if subject is StatedSubject.ALL_DONE and not stated.body:
            agreement = Agreement.DIFFERS if number else Agreement.AGREES
        elif number is None or stated.count is None:
            agreement, number = Agreement.NO_COUNT, None
        elif number == stated.count:
            agreement = Agreement.AGREES
        else:
            agreement = Agreement.DIFFERS if number else Agreement.NOT_LISTED
        yield Comparison((*path, "通报所述", at), stated, subject, number, agreement)


def _count(subject: StatedSubject | StatusCode | None, stated: Stated, counts: Listed) -> int | None:
    if isinstance(subject, StatusCode):
        statuses = {"问题": counts.issue_statuses, "意见建议": counts.suggestion_statuses}.get(stated.of)
        return statuses[subject] if statuses else None
    return {
        StatedSubject.SECTIONS: counts.sections,
        StatedSubject.ISSUES: counts.issues,
        StatedSubject.MEASURES: counts.measures,
        StatedSubject.SUGGESTIONS: counts.suggestions,
        # A claim, not a number: what speaks against it is what is still open.
        StatedSubject.ALL_DONE: counts.open,
    }.get(subject)  # type: ignore[arg-type]
