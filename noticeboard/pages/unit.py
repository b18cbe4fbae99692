"""The page of one unit: who it is, how to reach it, its notices, its issues with what is open first."""

from __future__ import annotations

from dataclasses import dataclass

from noticeboard.board import UnitFolder
from noticeboard.pages.components import (
    Address,
    ContactView,
    IssueRow,
    NoticeLink,
    StatusCount,
    as_of_words,
    issue_rows,
    region_words,
    status_counts,
    suggestion_counts,
    unit_address,
)
from noticeboard.vocabulary import StatusCode

_OPEN_FIRST = (
    StatusCode.NOT_STARTED,
    StatusCode.IN_PROGRESS,
    StatusCode.LONG_TERM,
    StatusCode.PHASED,
    StatusCode.BASICALLY_COMPLETED,
    StatusCode.UNSTATED,
    StatusCode.COMPLETED_CONTINUING,
    StatusCode.COMPLETED,
)
_ORDER = {code.value: at for at, code in enumerate(_OPEN_FIRST)}


@dataclass(frozen=True)
class UnitView:
    """All that the page of a unit shows."""

    address: Address
    is_official: bool
    name: str
    full_name: str
    region: str
    region_code: str
    kind: str
    level: str
    contact: ContactView | None
    notices: tuple[NoticeLink, ...]
    #: Notices that name no issue singly, with the day of their figures: their issues cannot stand in the table.
    unlisted: tuple[tuple[NoticeLink, str], ...]
    issues: tuple[IssueRow, ...]
    status_counts: tuple[StatusCount, ...]
    suggestion_counts: tuple[StatusCount, ...]

    @classmethod
    def of(cls, unit: UnitFolder, *, is_official: bool) -> UnitView:
        """The view of a unit."""
        links = [(NoticeLink.of(filed, unit.unit), filed.notice) for filed in unit.notices]
        rows = [row for filed in unit.notices for row in issue_rows(filed, unit.unit)]
        return cls(
            address=Address(unit_address(unit.slug)),
            is_official=is_official,
            name=unit.unit.short_name,
            full_name=unit.unit.full_name,
            region=region_words(unit),
            region_code=unit.unit.region.code,
            kind=unit.unit.kind,
            level=unit.unit.level,
            contact=ContactView.of(unit.unit.contact),
            notices=tuple(link for link, _ in links),
            unlisted=tuple((link, as_of_words(notice)) for link, notice in links if not link.listed_issues),
            issues=tuple(sorted(rows, key=lambda row: _ORDER[row.status.code])),
            status_counts=status_counts(filed.notice for filed in unit.notices),
            suggestion_counts=suggestion_counts(filed.notice for filed in unit.notices),
        )
