"""Statuses that a total gives to issues: one that covers all of them, or that names one by its subject.

The record's rule: a status may rest on a total only where the total covers all its members (4 of 4).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from noticeboard.intake.drafting import statuses, totals
from noticeboard.intake.drafting.draft import Leaf, Tree
from noticeboard.intake.drafting.gather import Gathered
from noticeboard.intake.drafting.lines import Lines
from noticeboard.intake.drafting.patterns.parts import NAMED_SUBJECTS
from noticeboard.intake.drafting.totals import Total


def shared_statuses(lines: Lines, found: Gathered, stated: Sequence[Total]) -> None:
    """A total that covers all issues, or names one by its subject, gives them their status."""
    for of, listed in (("问题", list(found.leaves())), ("意见建议", found.suggestions)):
        if any("状态" in one for one in listed):
            continue
        total = totals.covering(stated, len(listed), of)
        for one in listed:
            if total:
                statuses.give(one, statuses.same_for_all(lines, total.subject, total.quote))
        if total is None and of == "问题":
            _named_statuses(lines, listed, stated)


def _named_statuses(lines: Lines, issues: Sequence[dict[str, Tree]], stated: Sequence[Total]) -> None:
    """正在整改的2条（关于换届和登记工作）: an issue whose title alone has a subject's last word."""
    titles = [title.value for issue in issues if isinstance(title := issue["标题"], Leaf)]
    for total in stated:
        named = NAMED_SUBJECTS.search(lines.text, *total.quote)
        if named is None or total.status is None:
            continue
        for subject in re.split("[和、与及]", named["subjects"]):
            word = re.sub(r"(?:工作|问题|事项|情况|等){1,9}$", "", subject).strip('“”"')[-2:]
            fitting = [at for at, title in enumerate(titles) if word in title]
            if len(word) == 2 and len(fitting) == 1 and "状态" not in issues[fitting[0]]:  # noqa: PLR2004 - a word
                status = statuses.same_for_all(lines, total.subject, total.quote)
                assert isinstance(status, dict)
                words = status["词语"]
                assert isinstance(words, Leaf)
                doubt = f"通报按事项点名（{subject}），看是不是这一条"
                status["词语"] = Leaf(words.value, words.words, words.kind, doubt)
                statuses.give(issues[fitting[0]], status)
