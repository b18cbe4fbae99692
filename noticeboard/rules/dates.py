"""Dates: those of an inspection in order, that of the address a real one, and the day on which this site took it in.

What is new here is told by 收录, for the notice's own day may be years old.
"""

from __future__ import annotations

from collections.abc import Iterator

from noticeboard.board.board import Board, NoticeFile, UnitFolder
from noticeboard.problems import Severity, rule
from noticeboard.record.dates import PROVISIONAL_YEAR
from noticeboard.record.model import Notice
from noticeboard.rules.registry import Finding, checks


@checks(
    rule(
        "provisional-date",
        Severity.ERROR,
        f"文件名里的日期不是占位的 {PROVISIONAL_YEAR}",
        "查到落款、发布或数据截至的日期，照它给文件改名，例如 2023-12-14.yml；文件名就是网址，公布以后不再改",
    )
)
def addresses_have_dates_of_their_own(board: Board) -> Iterator[tuple[NoticeFile | UnitFolder, Finding]]:
    """``import`` names a draft so whose document tells no year; the mark that says so may be deleted unread."""
    for filed in board.notices:
        if filed.date.year == PROVISIONAL_YEAR:
            yield filed, Finding((), f"文件名 {filed.file.name} 里的年份是占位的")


@checks(rule("dates-reversed", Severity.ERROR, "结束不早于开始，反馈不早于巡察开始", "核对原文的日期"))
def dates_are_in_order(notice: Notice) -> Iterator[Finding]:
    """Only where both dates are precise enough to say so: 2022-11 is not surely before 2022."""
    for at, inspection in enumerate(notice.inspections):
        start, end, feedback = inspection.start, inspection.end, inspection.feedback_date
        if start and end and end.is_surely_before(start):
            yield Finding(("巡察", at, "结束"), f"结束（{end}）早于开始（{start}）")
        if start and feedback and feedback.is_surely_before(start):
            yield Finding(("巡察", at, "反馈"), f"反馈（{feedback}）早于巡察开始（{start}）")


@checks(
    rule(
        "no-entry-day",
        Severity.WARNING,
        "通报写明本站哪一天收录的",
        "加一行“收录: 日期”，写今天的日期；早就提交过的，运行 check --fix，由 git 里第一次提交的日期写上",
    )
)
def entry_day_is_given(notice: Notice) -> Iterator[Finding]:
    """Without it an old notice that came today stands among the old ones, and no subscriber hears of it."""
    if notice.entered is None:
        yield Finding((), "没有写“收录”")


@checks(rule("entered-early", Severity.WARNING, "收录不早于落款和发布", "核对“收录”和落款、发布的日期，改正写错的"))
def entry_follows_publication(notice: Notice) -> Iterator[Finding]:
    """Nothing is taken in before it is there. Whether the day is still to come, no rule can tell without a clock."""
    publication, entered = notice.publication, notice.entered
    for name, day in (("落款", publication.signed), ("发布", publication.posted)):
        if entered is not None and day is not None and entered.is_surely_before(day):
            yield Finding(("收录",), f"收录（{entered}）早于{name}（{day}）")
