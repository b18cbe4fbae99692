"""The lead of a notice → who inspected whom, when, how, and when the findings were fed back."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from noticeboard.intake.drafting.dates import Mention, dates, ranges
from noticeboard.intake.drafting.draft import DateDraft, InspectionDraft, When
from noticeboard.intake.drafting.leaf import Leaf, copied, meant, quoted
from noticeboard.intake.drafting.lines import Lines, Span
from noticeboard.intake.drafting.patterns.facts import AS_OF, FEEDBACK, INSPECTED, INSPECTING, MODE, ROUND, TEAM
from noticeboard.intake.drafting.patterns.parts import SHORT_NAME

#: How far before 反馈 its date stands at most, in characters.
_NEAR = 90
_SEVERAL = 2
#: In paragraphs: a text of more, with no heading, is no lead, and each date in it is looked for in all of them.
_LONGEST_LEAD = 200


def dated(lines: Lines, mention: Mention, doubt: str = "") -> When:
    """A date as the record keeps it; one that is damaged or loose (4月上旬) keeps its words beside what is certain.

    Of one without a year nothing is certain.
    """
    words = (mention.span, mention.year_from) if mention.year_from else (mention.span,)
    if mention.iso and not (mention.damaged or mention.loose):
        return meant(mention.iso, *words, doubt=doubt)
    return DateDraft(
        printed=quoted(lines, mention.span, doubt=doubt if mention.iso else doubt or "原文没有写年份"),
        certain=meant(mention.iso, *words) if mention.iso else None,
    )


def inspections(lines: Lines, title: Sequence[Span], lead: Sequence[Span]) -> list[InspectionDraft]:
    """All inspections that title and lead tell of: each has its own span of time, and the text up to the next one."""
    lead = lead[:_LONGEST_LEAD]
    pairs = [pair for span in lead for pair in ranges(lines.text, dates(lines.text, *span))]
    starts = [first.span[0] for first, _ in pairs if _is_of_inspection(lines, first.span[0], lead)]
    told = [match.start() for span in lead for match in INSPECTED.finditer(lines.text, *span)]
    if len(starts) < _SEVERAL or len(told) < len(starts):
        only = _inspection(lines, title, lead)
        return [only] if only else []
    cuts = [lead[0][0], *starts[1:], lead[-1][1]]
    found: list[InspectionDraft] = []
    for begin, end in itertools.pairwise(cuts):
        piece = [(max(start, begin), min(stop, end)) for start, stop in lead if start < end and stop > begin]
        found.append(_inspection(lines, () if found else title, piece))
    return [inspection for inspection in found if inspection]


def _inspection(lines: Lines, title: Sequence[Span], lead: Sequence[Span]) -> InspectionDraft:
    text = lines.text
    mentions: list[Mention] = []
    for span in lead:
        mentions += dates(text, *span, mentions)
    mentions = [mention for mention in mentions if mention.year and mention.month]
    spanned = next((pair for pair in ranges(text, mentions) if _is_of_inspection(lines, pair[0].span[0], lead)), None)
    return InspectionDraft(
        team=_first(lines, TEAM, lead, _team),
        bodies=_first(lines, INSPECTED, lead, _body),
        term=_first(lines, ROUND, [*title, *lead], lambda match: match.span("term")),
        round=_first(lines, ROUND, [*title, *lead], lambda match: match.span("round")),
        modes=_modes(lines, lead),
        start=dated(lines, spanned[0]) if spanned else None,
        end=dated(lines, spanned[1]) if spanned else None,
        feedback_date=_feedback(lines, lead, mentions, spanned),
    )


def _is_of_inspection(lines: Lines, at: int, lead: Sequence[Span]) -> bool:
    """Whether the sentence of a span of time tells of an inspection, not of the days that a notice hangs out."""
    start, end = next(span for span in lead if span[0] <= at < span[1])
    sentence = lines.text[lines.behind_last("。", start, at) : lines.first("。", at, end)]
    return INSPECTING.search(sentence) is not None and "公示" not in sentence


def _first(
    lines: Lines, regex: re.Pattern[str], spans: Sequence[Span], where: Callable[[re.Match[str]], Span]
) -> Leaf | None:
    for span in spans:
        for match in regex.finditer(lines.text, *span):
            start, end = where(match)
            if end > start >= 0:
                return copied(lines, (start, end))
    return None


def _team(match: re.Match[str]) -> Span:
    lead = re.match(r"现将|[由经受被于在，和]{1,2}|根据|按照", match[0])
    return match.start() + (lead.end() if lead else 0), match.end()


def _body(match: re.Match[str]) -> Span:
    start, end = match.span("body")
    short = SHORT_NAME.search(match.string, start, match.end())
    return start, min(end, short.start()) if short else end


def _modes(lines: Lines, lead: Sequence[Span]) -> list[Leaf]:
    """常规, 专项, “回头看”: of the sentence that tells of the inspection."""
    found: dict[str, Leaf] = {}
    for span in lead:
        for told in INSPECTED.finditer(lines.text, *span):
            for match in MODE.finditer(lines.text, max(span[0], told.start() - 16), min(told.end() + 12, span[1])):
                leaf = quoted(lines, match.span("mode" if match["mode"] else "again"))
                found.setdefault(leaf.value, leaf)
    return list(found.values())


def _feedback(
    lines: Lines, lead: Sequence[Span], mentions: Sequence[Mention], spanned: tuple[Mention, Mention] | None
) -> When | None:
    """The date that stands closest before 反馈; the dates of the inspection itself are none."""
    for span in lead:
        for word in FEEDBACK.finditer(lines.text, *span):
            near = [
                mention
                for mention in mentions
                if span[0] <= mention.span[0] < word.start() <= mention.span[1] + _NEAR
                and mention not in (spanned or ())
            ]
            if near:
                return _next_year(lines, near[-1], spanned)
    return None


def _next_year(lines: Lines, mention: Mention, spanned: tuple[Mention, Mention] | None) -> When:
    """A date without its year that would lie before the inspection is one of the year after: a guess, marked as one."""
    if spanned and mention.year_from and mention.year and mention.order < spanned[1].order:
        later = replace(mention, year=mention.year + 1)
        return dated(lines, later, f"原文没有写年份，按巡察结束之后推为{later.year}年")
    return dated(lines, mention)


def as_of(lines: Lines, spans: Sequence[Span]) -> When | None:
    """截至2023年12月: the date of what the notice says, where a paragraph of its totals begins so."""
    for span in spans:
        for match in AS_OF.finditer(lines.text, *span):
            before = dates(lines.text, spans[0][0], match.start())
            first = next(iter(dates(lines.text, match.end(), span[1], before)), None)
            if first and first.year and first.span[0] - match.end() <= 1:
                return dated(lines, first)
    return None
