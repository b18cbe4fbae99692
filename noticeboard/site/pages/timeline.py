"""What happened when: inspection, feedback and notice of a unit, with the months between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from noticeboard.board.board import NoticeFile
from noticeboard.board.words import shown_title
from noticeboard.record.dates import PartialDate

#: Events of one day stand in the order in which they follow from each other.
_STEPS = ("巡察开始", "巡察结束", "反馈巡察意见", "公布整改通报")
_BEGUN, _ENDED, _FED_BACK, _PUBLISHED = _STEPS


@dataclass(frozen=True)
class Event:
    """One day in the life of a unit's inspections."""

    date: PartialDate
    what: str
    #: Who inspected, or the title of the notice.
    detail: str
    #: The notice's address, where the event is its publication.
    address: str = ""
    #: How long after the event before it, in words; empty where that is not known or within one month.
    gap: str = ""


def timeline(notices: Iterable[NoticeFile]) -> tuple[Event, ...]:
    """The events of a unit's notices whose date is known at least to the year, the oldest first."""
    events = {(event.date.iso, event.what): event for filed in notices for event in _events(filed) if event.date.year}
    ordered = sorted(events.values(), key=lambda event: (event.date, _STEPS.index(event.what)))
    before: list[Event | None] = [None, *ordered]
    return tuple(
        Event(event.date, event.what, event.detail, event.address, _gap(earlier, event))
        for earlier, event in zip(before, ordered, strict=False)
    )


def _events(filed: NoticeFile) -> Iterator[Event]:
    for inspection in filed.notice.inspections:
        dates = ((inspection.start, _BEGUN), (inspection.end, _ENDED), (inspection.feedback_date, _FED_BACK))
        yield from (Event(date, what, inspection.team or "") for date, what in dates if date)
    if filed.published:
        yield Event(filed.published, _PUBLISHED, shown_title(filed.notice), filed.page.path)


def _gap(earlier: Event | None, event: Event) -> str:
    months = earlier.date.months_until(event.date) if earlier else None
    return f"相隔约 {months} 个月" if months else ""
