"""Statuses that a total gives to issues: one that covers all of them, or that names one by its subject.

The record's rule: a status may rest on a total only where the total covers all its members (4 of 4).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from noticeboard.intake.drafting.draft import IssueDraft, MatterDraft, StatusDraft
from noticeboard.intake.drafting.leaf import meant, quoted
from noticeboard.intake.drafting.lines import Lines
from noticeboard.intake.drafting.patterns.parts import NAMED_SUBJECTS
from noticeboard.intake.drafting.totals import Total


def shared_statuses(
    lines: Lines, issues: Sequence[IssueDraft], suggestions: Sequence[MatterDraft], stated: Sequence[Total]
) -> None:
    """A total that covers all issues, or names one by its subject, gives them their status."""
    if not give_to_all(lines, issues, stated, "问题") and not any(issue.status for issue in issues):
        _named_statuses(lines, issues, stated)
    give_to_all(lines, suggestions, stated, "意见建议")


def give_to_all(lines: Lines, matters: Sequence[MatterDraft], stated: Sequence[Total], of: str) -> bool:
    """Whether a total covers matters of which none has a status yet; then each has that of the total.

    It covers them where it is the only one of a status, and as great as the total of all and as what is listed.
    """
    of_all = {total.count for total in stated if total.counted == of}
    of_status = [total for total in stated if total.status and total.of == of and total.count]
    if (
        len(of_status) != 1
        or of_all | {of_status[0].count} != {len(matters)}
        or any(matter.status for matter in matters)
    ):
        return False
    for matter in matters:
        matter.status = _by_total(lines, of_status[0])
    return True


def _by_total(lines: Lines, total: Total, doubt: str = "") -> StatusDraft:
    return StatusDraft(
        words=replace(total.subject, doubt=doubt),
        basis=meant("通报总数", total.quote),
        quote=quoted(lines, total.quote),
    )


def _named_statuses(lines: Lines, issues: Sequence[IssueDraft], stated: Sequence[Total]) -> None:
    """正在整改的2条（关于换届和登记工作）: an issue whose title alone has a subject's last word."""
    for total in stated:
        named = NAMED_SUBJECTS.search(lines.text, *total.quote)
        if named is None or total.status is None:
            continue
        for subject in re.split("[和、与及]", named["subjects"]):
            word = re.sub(r"(?:工作|问题|事项|情况|等){1,9}$", "", subject).strip('“”"')[-2:]
            fitting = [issue for issue in issues if word in issue.title.value]
            if len(word) == 2 and len(fitting) == 1 and not fitting[0].status:  # noqa: PLR2004 - a word
                doubt = f"通报按事项点名（{subject}），看是不是这一条"
                fitting[0].status = _by_total(lines, total, doubt)
