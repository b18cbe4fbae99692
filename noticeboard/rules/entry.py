"""When this site took a notice in (收录): what is new here is told by it, for the notice's own day may be years old."""

from __future__ import annotations

from collections.abc import Iterator

from noticeboard.problems import Severity, rule
from noticeboard.record.model import Notice
from noticeboard.rules.registry import Finding, checks


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
