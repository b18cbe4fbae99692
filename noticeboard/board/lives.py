"""The life of an issue through the notices that report on it: feedback → in progress → done, each step with its notice.

A later notice's issue carries on an earlier one's (承接); after publication its status may change (变更). Both are
what a record says: nothing is matched by likeness.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from noticeboard.board.board import Board, NoticeFile
from noticeboard.record.dates import PartialDate
from noticeboard.record.model import Change, Issue, Notice, Status, Suggestion
from noticeboard.record.vocabulary import StatusCode
from noticeboard.record.walk import matters

#: How far a matter has come; a smaller number after a greater one is a step back. 未标明 is no step at all.
_PROGRESS = {
    StatusCode.NOT_STARTED: 0,
    StatusCode.IN_PROGRESS: 1,
    StatusCode.LONG_TERM: 1,
    StatusCode.PHASED: 2,
    StatusCode.BASICALLY_COMPLETED: 3,
    StatusCode.COMPLETED: 4,
    StatusCode.COMPLETED_CONTINUING: 4,
}


def goes_back(before: Status, after: Status) -> bool:
    """Whether a matter that had come to ``before`` is less far at ``after``."""
    earlier, later = _PROGRESS.get(before.code), _PROGRESS.get(after.code)
    return earlier is not None and later is not None and later < earlier


def changes(notice: Notice) -> list[tuple[Issue | Suggestion | None, Change]]:
    """All changes of a notice, each with the matter that it concerns (``None``: the whole notice), the oldest first."""
    of_matters = [(matter, change) for _, matter in matters(notice) for change in matter.changes]
    everything = [*((None, change) for change in notice.changes), *of_matters]
    return sorted(everything, key=lambda dated: dated[1].date)


@dataclass(frozen=True)
class Stage:
    """A matter in one of the notices that report on it."""

    filed: NoticeFile
    matter: Issue | Suggestion

    @property
    def key(self) -> str:
        """``shili/2023#i-1``."""
        return f"{self.filed.address}#{self.matter.id}"


@dataclass(frozen=True)
class Step:
    """One moment of a life. A step without ``stage`` is the feedback of the inspection."""

    #: ``None`` where the notice gives no day.
    date: PartialDate | None
    status: Status | None
    stage: Stage | None
    #: Set where the step is a change after publication.
    change: Change | None = None


@dataclass(frozen=True)
class Lives:
    """Which matter of a board carries on which."""

    _stages: dict[str, Stage]
    _before: dict[str, tuple[str, ...]]
    _after: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, board: Board) -> Lives:
        """The lives of all matters of the notices in force."""
        stages = {stage.key: stage for stage in (Stage(filed, matter) for filed, _, matter in board.matters)}
        before = {
            key: tuple(
                found
                for found in (stage.filed.named(reference) for reference in stage.matter.carries_on)
                if found in stages and stages[found].filed.recency < stage.filed.recency
            )
            for key, stage in stages.items()
            if stage.matter.carries_on
        }
        after: dict[str, list[str]] = defaultdict(list)
        for key, earlier in before.items():
            for reference in earlier:
                after[reference].append(key)
        return cls(stages, before, {key: tuple(later) for key, later in after.items()})

    def has_history(self, filed: NoticeFile, matter: Issue | Suggestion) -> bool:
        """Whether there is more to tell of it than its own notice did when it was published."""
        key = Stage(filed, matter).key
        return bool(matter.changes or self._before.get(key) or self._after.get(key))

    def before(self, filed: NoticeFile, matter: Issue | Suggestion) -> tuple[Stage, ...]:
        """The matters of earlier notices that this one carries on."""
        return tuple(self._stages[key] for key in self._before.get(Stage(filed, matter).key, ()))

    def after(self, filed: NoticeFile, matter: Issue | Suggestion) -> tuple[Stage, ...]:
        """The matters of later notices that carry this one on."""
        return tuple(self._stages[key] for key in self._after.get(Stage(filed, matter).key, ()))

    def latest(self, filed: NoticeFile, matter: Issue | Suggestion) -> tuple[Stage, ...]:
        """What the newest notice that carries this one on has of it: one matter, or those into which it was split."""
        later = self._reached(Stage(filed, matter).key, self._after)
        newest = max((stage.filed.recency for stage in later), default=None)
        return tuple(sorted((stage for stage in later if stage.filed.recency == newest), key=lambda stage: stage.key))

    def steps(self, filed: NoticeFile, matter: Issue | Suggestion) -> tuple[Step, ...]:
        """The life of a matter with all that it carries on and all that carry it on, the oldest first."""
        key = Stage(filed, matter).key
        stages = [*self._reached(key, self._before), Stage(filed, matter), *self._reached(key, self._after)]
        stages.sort(key=lambda stage: stage.filed.recency)
        return (*_feedback(stages[0]), *(step for stage in stages for step in _steps(stage)))

    @cached_property
    def ends(self) -> dict[str, tuple[Stage, ...]]:
        """Of each unit (folder name) the matters with a history that none carries on: where each life stands now.

        The newest notice comes first.
        """
        found: dict[str, list[Stage]] = defaultdict(list)
        # The notices of a board come with the newest first.
        for key, stage in self._stages.items():
            if key not in self._after and self.has_history(stage.filed, stage.matter):
                found[stage.filed.unit_slug].append(stage)
        return {slug: tuple(stages) for slug, stages in found.items()}

    def _reached(self, key: str, links: dict[str, tuple[str, ...]]) -> list[Stage]:
        """All stages that ``links`` lead to from ``key``, each once."""
        found: dict[str, Stage] = {}
        waiting = [*links.get(key, ())]
        while waiting:
            reached = waiting.pop()
            if reached not in found:
                found[reached] = self._stages[reached]
                waiting += links.get(reached, ())
        return list(found.values())


def _feedback(stage: Stage) -> Iterator[Step]:
    """The feedback on which the earliest notice reports; of several nobody knows which one named the issue."""
    dates = [date for inspection in stage.filed.notice.inspections if (date := inspection.feedback_date)]
    if len(dates) == 1:
        yield Step(dates[0], None, None)


def _steps(stage: Stage) -> Iterator[Step]:
    publication, status = stage.filed.notice.publication, stage.matter.published_status
    day = status.as_of or stage.filed.notice.as_of or publication.signed or publication.posted
    yield Step(day, status, stage)
    yield from (Step(change.date, change.after, stage, change) for change in stage.matter.changes)
