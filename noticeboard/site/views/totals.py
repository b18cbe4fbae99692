"""What a notice states of its totals, beside the counts of what it lists. Views only, no markup."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from noticeboard.board.board import NoticeFile
from noticeboard.record.counting import Agreement, Comparison
from noticeboard.record.vocabulary import StatedSubject, StatusCode


@dataclass(frozen=True)
class TotalRow:
    """One stated total beside the count of what the page lists."""

    subject: str
    stated: str
    listed: str
    code: str
    quote: str
    note: str

    @property
    def in_line(self) -> str:
        """What is listed, as said within a line."""
        return "与逐条列出的一致" if self.code == Agreement.AGREES.value else self.listed

    @classmethod
    def of(cls, comparison: Comparison) -> TotalRow:
        """The row of one comparison."""
        stated = comparison.stated
        subject = stated.subject if stated.of == "问题" else f"{stated.of}：{stated.subject}"
        if stated.body:
            subject = f"{stated.body}：{subject}"
        return cls(
            subject,
            stated.figure or "是",
            _listed_words(comparison),
            comparison.agreement.value,
            stated.quote or "",
            stated.note or "",
        )


def _listed_words(comparison: Comparison) -> str:
    is_status = isinstance(comparison.subject, StatusCode)
    if comparison.subject is StatedSubject.ALL_DONE and comparison.listed is not None:
        return f"{comparison.listed}个标明未完成" if comparison.listed else "没有标明未完成的"
    if comparison.listed is None:
        return "只有总数"
    if comparison.agreement is Agreement.NOT_LISTED:
        return "未逐条标明" if is_status else "未逐条列出"
    words = f"{comparison.listed}{comparison.stated.unit or '个'}"
    return f"{words}，不一致" if comparison.agreement is Agreement.DIFFERS else words


def total_rows(filed: NoticeFile) -> tuple[TotalRow, ...]:
    """All totals stated for the whole notice."""
    return tuple(map(TotalRow.of, filed.comparisons))


def stated_statuses(filed: NoticeFile, codes: Container[StatusCode] = tuple(StatusCode)) -> str:
    """How many issues have which status, as the notice sums up, without zeros: 已完成整改17个，正在整改1个."""
    found = (
        total.stated for total in filed.comparisons if isinstance(total.subject, StatusCode) and total.subject in codes
    )
    return "，".join(
        f"{stated.subject}{stated.figure}"
        for stated in found
        if stated.of == "问题" and not stated.body and stated.count and stated.figure
    )
