"""Stated totals against what is listed, and against each other. Differences are warnings: sources differ."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from noticeboard.positions import KeyPath
from noticeboard.problems import Severity, rule
from noticeboard.record.counting import Agreement, Comparison, reconcile
from noticeboard.record.model import Notice, Stated
from noticeboard.record.vocabulary import STATUS_OF_WORDS, SUBJECT_OF_WORDS, StatedSubject, StatusCode
from noticeboard.record.walk import OfLatest, holders
from noticeboard.rules.registry import Finding, checks

_CHECK_SOURCE = "核对原通报；如原文如此，在“已知差异”中写明原因"
_NOUN = {
    StatedSubject.SECTIONS: "方面",
    StatedSubject.ISSUES: "问题",
    StatedSubject.MEASURES: "措施",
    StatedSubject.SUGGESTIONS: "意见建议",
}


#: 所属 of a stated status → the total that it is a part of.
_TOTAL_OF = {"问题": StatedSubject.ISSUES, "意见建议": StatedSubject.SUGGESTIONS, "措施": StatedSubject.MEASURES}


@OfLatest
def _differences(notice: Notice) -> tuple[Comparison, ...]:
    compared = (comparison for path, holder in holders(notice) for comparison in reconcile(holder, path))
    return tuple(found for found in compared if found.agreement in (Agreement.DIFFERS, Agreement.NOT_LISTED))


def _of_subject(notice: Notice, subject: StatedSubject) -> Iterator[Finding]:
    for found in _differences(notice):
        if found.subject is subject:
            where = _section_number(notice, found.path)
            what = f"{where}通报称有{found.stated.figure}{_NOUN[subject]}，"
            counted = f"逐条列出的有{found.listed}个" if found.listed else "没有逐条列出"
            yield Finding((*found.path, "数"), what + counted)


def _section_number(notice: Notice, path: KeyPath) -> str:
    """方面(二)： for a total stated there; nothing for one of the whole notice."""
    if len(path) < 2 or path[0] != "方面" or not isinstance(path[1], int):  # noqa: PLR2004 - ("方面", 1, …)
        return ""
    section = notice.sections[path[1]]
    return f"方面{section.number or section.title}："


@checks(rule("sections-total", Severity.WARNING, "通报所述的方面数与列出的一致", _CHECK_SOURCE))
def sections_agree(notice: Notice) -> Iterator[Finding]:
    """方面 stated against 方面 listed."""
    yield from _of_subject(notice, StatedSubject.SECTIONS)


@checks(rule("issues-total", Severity.WARNING, "通报所述的问题数与列出的一致（全文和各方面）", _CHECK_SOURCE))
def issues_agree(notice: Notice) -> Iterator[Finding]:
    """Issues stated for the notice or a 方面 against those listed there; see ``counting`` for what counts."""
    yield from _of_subject(notice, StatedSubject.ISSUES)


@checks(
    rule("measures-total", Severity.WARNING, "通报所述的措施数与列出的一致（问题与意见建议的措施合计）", _CHECK_SOURCE)
)
def measures_agree(notice: Notice) -> Iterator[Finding]:
    """Measures stated against those listed under 方面, issues and suggestions together (71 = 57 + 14)."""
    yield from _of_subject(notice, StatedSubject.MEASURES)


@checks(rule("suggestions-total", Severity.WARNING, "通报所述的意见建议数与列出的一致", _CHECK_SOURCE))
def suggestions_agree(notice: Notice) -> Iterator[Finding]:
    """Suggestions stated against those listed."""
    yield from _of_subject(notice, StatedSubject.SUGGESTIONS)


@checks(rule("status-total", Severity.WARNING, "通报所述的各状态数与逐条标明的一致", _CHECK_SOURCE))
def statuses_agree(notice: Notice) -> Iterator[Finding]:
    """22 落实整改到位 stated, and as many issues (or suggestions) whose own status says so."""
    for found in _differences(notice):
        if isinstance(found.subject, StatusCode):
            stated = found.stated
            kind = "" if stated.of == "问题" else stated.of
            yield Finding(
                (*found.path, "数"),
                f"通报称{kind}{stated.subject}{stated.figure}，逐条标明为“{found.subject.label}”的有{found.listed}个",
            )


@checks(rule("parts-total", Severity.WARNING, "通报所述的分项之和等于总数", _CHECK_SOURCE))
def parts_add_up(notice: Notice) -> Iterator[Finding]:
    """Stated statuses add up to the stated total, and so do the totals stated for the 方面.

    Where only some statuses are stated they may be fewer than the total (20 of 21 done, no word of the last),
    never more; two or more are taken to be the whole division.
    """
    for path, holder in holders(notice):
        for of, total_subject in _TOTAL_OF.items():
            total = _stated_count(holder.stated, total_subject)
            parts = [
                stated.count
                for stated in holder.stated
                if stated.subject in STATUS_OF_WORDS
                and stated.of == of
                and not stated.body
                and stated.count is not None
            ]
            if total is None or not parts:
                continue
            added = sum(parts)
            if added > total or (len(parts) > 1 and added != total):
                sum_words = " + ".join(str(part) for part in parts)
                yield Finding((*path, "通报所述"), f"通报称{of} {total} 个，各状态合计 {sum_words} = {added} 个")
    total = _stated_count(notice.stated, StatedSubject.ISSUES)
    of_sections = [_stated_count(section.stated, StatedSubject.ISSUES) for section in notice.sections]
    known = [count for count in of_sections if count is not None]
    if total is not None and known and len(known) == len(of_sections) and sum(known) != total:
        sum_words = " + ".join(str(count) for count in known)
        yield Finding(("通报所述",), f"通报称问题 {total} 个，各方面合计 {sum_words} = {sum(known)} 个")


def _stated_count(stated: tuple[Stated, ...], subject: StatedSubject) -> int | None:
    found = (total.count for total in stated if SUBJECT_OF_WORDS.get(total.subject) is subject and not total.body)
    return next(found, None)


@checks(rule("done-but-open", Severity.WARNING, "通报称全部完成时，没有仍在推进的问题或意见建议", _CHECK_SOURCE))
def all_done_means_none_open(notice: Notice) -> Iterator[Finding]:
    """抚顺: 现已完成全部整改任务, while 4 suggestions are 正在推进."""
    for found in _differences(notice):
        if found.subject is StatedSubject.ALL_DONE:
            what = (
                f"通报称“{found.stated.quote or found.stated.subject}”，但标明未完成的问题和意见建议有{found.listed}个"
            )
            yield Finding(found.path, what)


#: What a sentence calls the totals that a notice states: (pattern, what is counted).
_IN_WORDS = (
    (re.compile(r"(?<!\d)(\d{1,9})\s*[个项条](?:具体|反馈|整改)?问题"), StatedSubject.ISSUES),
    (re.compile(r"(?<!\d)(\d{1,9})\s*[个项条](?:整改)?(?:意见)?建议"), StatedSubject.SUGGESTIONS),
    (re.compile(r"(?<!\d)(\d{1,9})\s*[个项条]整改措施"), StatedSubject.MEASURES),
    (re.compile(r"(?<!\d)(\d{1,9})\s*[个项]制度"), "制度"),
)


@checks(
    rule(
        "summary-figure", Severity.WARNING, "概述和其他部分中的数与通报所述一致", "核对原文，改正概述或通报所述中的一处"
    )
)
def summary_repeats_totals(notice: Notice) -> Iterator[Finding]:
    """A sentence of ours must not name another total than the one that is quoted."""
    known = _stated_numbers(notice)
    texts: list[tuple[KeyPath, str]] = [(("概述",), notice.summary or "")]
    texts += [(("其他部分", at, "内容"), text) for at, part in enumerate(notice.parts) for text in part.text]
    for path, text in texts:
        for pattern, subject in _IN_WORDS:
            for match in pattern.finditer(text):
                if known[subject] and int(match[1]) not in known[subject]:
                    numbers = "、".join(str(number) for number in sorted(known[subject]))
                    yield Finding(path, f"这里写“{match[0]}”，通报所述是 {numbers}")


def _stated_numbers(notice: Notice) -> dict[StatedSubject | str, set[int]]:
    """Every number that a sentence may repeat, by what it counts; “整改到位的17个问题” is a part of the issues."""
    numbers: dict[StatedSubject | str, set[int]] = defaultdict(set)
    for _, holder in holders(notice):
        for stated in holder.stated:
            subject = SUBJECT_OF_WORDS.get(stated.subject)
            if stated.count is None:
                continue
            if subject is not None:
                numbers[subject].add(stated.count)
            elif "制度" in stated.subject:
                numbers["制度"].add(stated.count)
            elif stated.subject in STATUS_OF_WORDS:
                numbers[_TOTAL_OF[stated.of]].add(stated.count)
    return numbers
