"""What stands around the text of a notice: title, portal's lines, table of contents, contact, signature.

What is left is the body, which ``outline`` reads.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from noticeboard.intake.drafting.dates import Mention, dates
from noticeboard.intake.drafting.headings import number_of
from noticeboard.intake.drafting.lines import Line, Lines, Span
from noticeboard.intake.drafting.patterns.ends import (
    ATTACHMENT,
    CLOCK,
    CLOSING_WORDS,
    CONTACT_HEADING,
    CONTACT_HINT,
    CONTENTS_WORD,
    DOCUMENT_NUMBER,
    ORGANISATION,
    SEAL,
)
from noticeboard.intake.drafting.patterns.parts import BOOKMARK, INVITATION, META, META_LABEL, PAGE_WORDS, TITLE

_LONGEST_TITLE, _TITLE_LINES = 100, 4
#: In how many lines from its beginning a notice has its title, and at its end contact and signature.
_TOP, _BOTTOM = 30, 16
_SHORT, _NOTE = 40, 130
#: A longer run of numbered lines is the text itself; each line is looked for in all that follow.
_MOST_CONTENTS = 200
_STOPS = re.compile(r"[。；;！!？?]")


@dataclass
class Frame:
    """Everything around the text, by its place in the text of ``Lines``."""

    title: tuple[Span, ...] = ()
    #: (key of the record, value): 来源, 索引号, 文号.
    facts: list[tuple[str, Span]] = field(default_factory=list)
    posted: Mention | None = None
    posted_time: Span | None = None
    signed: Mention | None = None
    signatories: list[Span] = field(default_factory=list)
    contents: list[Line] = field(default_factory=list)
    contact: list[Span] = field(default_factory=list)
    attachments: list[Span] = field(default_factory=list)
    #: (what kind of formula, where).
    formulas: list[tuple[str, Span]] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)


def frame_of(lines: Lines) -> Frame:
    """Take the frame off a document."""
    frame = Frame()
    body = _without_bookmarks(lines, frame)
    body = _without_title(lines, body, frame)
    body = _without_page_lines(lines, body, frame)
    body = _without_signature(lines, body, frame)
    body = _without_contact(lines, body, frame)
    frame.body = _without_contents(lines, body, frame)
    return frame


def _without_bookmarks(lines: Lines, frame: Frame) -> list[Line]:
    """A line that Word's bookmark begins, begins behind it."""
    kept = []
    for line in lines.body:
        match = BOOKMARK.match(lines.text, line.start, line.end)
        if match:
            frame.formulas.append(("书签", match.span()))
        kept.append(replace(line, start=match.end()) if match else line)
    return kept


def _without_title(lines: Lines, body: list[Line], frame: Frame) -> list[Line]:
    found = _find_title(lines, body)
    if found is None:
        return body
    first, last = found
    frame.title = tuple(lines.trimmed(line.start, line.end) for line in body[first:last])
    said = "".join(lines.text[slice(*span)] for span in frame.title)
    rest = []
    for line in (*body[:first], *body[last:]):
        if lines.of(line).strip() == said:
            frame.formulas.append(("重复的标题", lines.trimmed(line.start, line.end)))
        else:
            rest.append(line)
    above = [line for line in body[:first] if _is_numbered(lines, line)]
    if len(above) >= 3:  # noqa: PLR2004 - a list, not a slip
        frame.contents = above
        rest = [line for line in rest if line not in above]
    return rest


def _find_title(lines: Lines, body: Sequence[Line]) -> tuple[int, int] | None:
    """The first run of short lines that together are a title."""
    for first in range(min(_TOP, len(body))):
        text = ""
        for last in range(first, min(first + _TITLE_LINES, len(body))):
            line = lines.of(body[last]).strip()
            if _STOPS.search(line) or len(text) + len(line) > _LONGEST_TITLE or META_LABEL.match(line):
                break
            if _is_numbered(lines, body[last]) or (last > first and not _continues_title(text, line)):
                break
            text += line
            if TITLE.search(text) and not re.match(r"(?:根据|按照|现将|经)", text):
                return first, last + 1
    return None


def _continues_title(text: str, line: str) -> bool:
    """Whether a line can be the next of a title: after a name of an organisation, or in the middle of a word."""
    return line.startswith(("关于", "对", "落实", "巡", "整改", "的", "情况")) or text.endswith(("的", "关于", "巡察"))


def _is_numbered(lines: Lines, line: Line) -> bool:
    number = number_of(lines, line.start, line.end)
    return number is not None and not number.series.lists_only


def _without_page_lines(lines: Lines, body: list[Line], frame: Frame) -> list[Line]:
    """Lines of a portal and an editor, at the top and at the bottom."""
    kept = []
    for at, line in enumerate(body):
        text = lines.of(line).strip()
        near_edge = at < _TOP // 2 or at >= len(body) - _BOTTOM
        if near_edge and CLOSING_WORDS.fullmatch(text):
            frame.formulas.append(("公文结语", (line.start, line.end)))
            continue
        if near_edge and not _STOPS.search(text) and _take_page_line(lines, line, frame, at_top=at < len(body) // 2):
            continue
        kept.append(line)
    return kept


def _take_page_line(lines: Lines, line: Line, frame: Frame, *, at_top: bool) -> bool:
    start, end = lines.trimmed(line.start, line.end, "【】[]|｜")
    if at_top and DOCUMENT_NUMBER.fullmatch(lines.text, start, end):
        frame.facts.append(("文号", (start, end)))
        return True
    words = [word.strip("【】[]") for word in re.split(r"[ 　|｜]+", lines.text[start:end])]
    if all(PAGE_WORDS.fullmatch(word) for word in words if word):
        frame.formulas.append(("网页用语", (line.start, line.end)))
        return True
    if META_LABEL.match(lines.text, start, end):
        _take_facts(lines, start, end, frame)
        return True
    return at_top and _take_date_line(lines, start, end, frame)


def _take_date_line(lines: Lines, start: int, end: int, frame: Frame) -> bool:
    """（2023年12月14日）, or 2023-12-14 10:58 来源:… ."""
    mentions = dates(lines.text, start, end)
    if len(mentions) != 1:
        return False
    date = mentions[0]
    if date.year and date.span == (start + 1, end - 1) and lines.text[start] in "（(" and lines.text[end - 1] in "）)":
        frame.signed = date
        return True
    rest = date.span[1], end
    if date.span[0] != start or not (
        rest[0] == end or META_LABEL.search(lines.text, *rest) or CLOCK.search(lines.text, start, end)
    ):
        return False
    _take_posted(lines, start, end, frame)
    _take_facts(lines, *rest, frame)
    return True


def _take_facts(lines: Lines, start: int, end: int, frame: Frame) -> None:
    """来源:…　更新时间:…　作者:… : each label with what follows it up to the next one."""
    labels = list(META_LABEL.finditer(lines.text, start, end))
    _, *stops = [*(label.start() for label in labels), end]
    for label, stop in zip(labels, stops, strict=True):
        value = lines.trimmed(label.end(), stop, "|｜【】[]")
        key = next((key for key, words in META if re.fullmatch(words, label["label"])), "")
        is_fact = value[0] < value[1] and key in ("来源", "索引号", "文号")
        frame.formulas.append(("网页信息", (label.start(), label.end() if is_fact else stop)))
        if is_fact:
            frame.facts.append((key, value))
        elif key:
            _take_posted(lines, *value, frame)


def _take_posted(lines: Lines, start: int, end: int, frame: Frame) -> None:
    mentions = dates(lines.text, start, end)
    if mentions and frame.posted is None:
        frame.posted = mentions[0]
        clock = CLOCK.search(lines.text, mentions[0].span[1], end)
        frame.posted_time = clock.span() if clock else None


def _without_signature(lines: Lines, body: list[Line], frame: Frame) -> list[Line]:
    """The last lines: who signs, and the day."""
    at = len(body)
    for last in range(len(body) - 1, max(-1, len(body) - _BOTTOM), -1):
        start, end = lines.trimmed(body[last].start, body[last].end)
        mentions = dates(lines.text, start, end)
        if mentions and mentions[-1].span[1] == end and mentions[-1].year and not _STOPS.search(lines.text, start, end):
            before = lines.trimmed(start, mentions[-1].span[0])
            if before[1] - before[0] <= _SHORT and (before[0] == before[1] or _is_signatory(lines, before)):
                frame.signed, at = mentions[-1], last
                if before[1] > before[0]:
                    frame.signatories.append(before)
                break
    first = at
    while first > 0 and at - first < _TITLE_LINES and _is_signatory(lines, _span(lines, body[first - 1])):
        first -= 1
        frame.signatories.insert(0, _unsealed(lines, _span(lines, body[first]), frame))
    if first == 0:
        # A text of nothing but short lines has no signature.
        frame.signatories, frame.signed = [], None
        return body
    return [*body[:first], *body[at + 1 :]]


def _span(lines: Lines, line: Line) -> Span:
    return lines.trimmed(line.start, line.end)


def _unsealed(lines: Lines, span: Span, frame: Frame) -> Span:
    seal = SEAL.search(lines.text, *span)
    if seal is None:
        return span
    frame.formulas.append(("盖章", seal.span()))
    return lines.trimmed(span[0], seal.start())


def _is_signatory(lines: Lines, span: Span) -> bool:
    text = SEAL.sub("", lines.text[slice(*span)]).strip()
    if not 0 < len(text) <= _SHORT or number_of(lines, *span):
        return False
    return ORGANISATION.fullmatch(re.sub(r"[ 　、]", "", text)) is not None


def _without_contact(lines: Lines, body: list[Line], frame: Frame) -> list[Line]:
    """From the sentence that invites the public (or a heading 监督方式) to the end."""
    first = _first_of_contact(lines, body)
    if first is None:
        return body
    kept = body[:first]
    begin = _contact_from(lines, body[first])
    if begin is None:
        frame.formulas.append(("监督方式的标题", (body[first].start, body[first].end)))
        begin = body[first].end
    if begin > body[first].start and lines.text[body[first].start : begin].strip():
        kept += [replace(body[first], end=begin)] if begin < body[first].end else []
    for start, end in [(begin, body[first].end), *((line.start, line.end) for line in body[first + 1 :])]:
        match = ATTACHMENT.match(lines.text, start, end)
        if match:
            frame.formulas.append(("附件", match.span()))
            frame.attachments.append(lines.trimmed(match.end(), end))
        elif end > start:
            frame.contact.append((start, end))
    return kept


def _first_of_contact(lines: Lines, body: Sequence[Line]) -> int | None:
    """The first of the last lines that speak of contact details; a heading that says so is it for certain."""
    first = None
    for at in range(len(body) - 1, max(-1, len(body) - _BOTTOM), -1):
        line = body[at]
        if ATTACHMENT.match(lines.text, line.start, line.end):
            continue
        number = number_of(lines, line.start, line.end)
        heading = CONTACT_HEADING.search(lines.of(line)[number.whole[1] - line.start if number else 0 :].strip())
        speaks = _contact_from(lines, line) is not None
        if speaks or heading:
            first = at
            if heading:
                break
        elif first is not None or len(lines.of(line)) > _NOTE or (number and not number.series.lists_only):
            break
    return first


def _contact_from(lines: Lines, line: Line) -> int | None:
    """Where in a line the contact details begin, with the sentence that leads to them; ``None``: it has none."""
    hint = CONTACT_HINT.search(lines.text, line.start, line.end)
    for match in INVITATION.finditer(lines.text, line.start, line.end):
        at_start = match.start() == line.start or lines.text[match.start() - 1] in "。；！ 　"
        if at_start and (hint or re.search("监督|意见|反映", match[0])):
            return match.start()
    if hint is None:
        return None
    # A line of details alone, or the sentence of a longer one that holds them.
    sentence = lines.behind_last("。！", line.start, hint.start())
    return sentence if re.search(r"[0-9@：:]", lines.text[hint.start() : line.end]) else None


def _without_contents(lines: Lines, body: list[Line], frame: Frame) -> list[Line]:
    """A table of contents: short numbered lines at the top that come again below."""
    start = next((at for at, line in enumerate(body[:_TOP]) if CONTENTS_WORD.match(lines.of(line))), None)
    first = 0 if start is None else start + 1
    run = list(itertools.islice(_run_of_short_numbered(lines, body, first), _MOST_CONTENTS + 1))
    if len(run) > _MOST_CONTENTS:
        return body
    again = [line for line in run if _comes_again(lines, line, body[first + len(run) :])]
    if len(run) < 3 or (start is None and len(again) * 2 < len(run)):  # noqa: PLR2004 - fewer are no table
        return body
    if start is not None:
        frame.formulas.append(("目录", (body[start].start, body[start].end)))
    frame.contents += run
    return [line for at, line in enumerate(body) if at != start and not first <= at < first + len(run)]


def _run_of_short_numbered(lines: Lines, body: Sequence[Line], first: int) -> Iterator[Line]:
    for line in body[first:]:
        text = lines.of(line).strip()
        if len(text) > _LONGEST_TITLE or "。" in text or not _is_numbered(lines, line):
            return
        yield line


def _comes_again(lines: Lines, line: Line, below: Sequence[Line]) -> bool:
    number = number_of(lines, line.start, line.end)
    assert number is not None
    start, end = lines.trimmed(number.whole[1], line.end, ".…· 0123456789")
    name = lines.text[start : min(end, start + 12)]
    return any(name in lines.of(other) for other in below)
