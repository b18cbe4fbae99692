"""One line → its number and, where it is a heading, the name in it, the formula around, and the text behind.

What is recognised is data in ``patterns``; here stands only how a name is cut out, quotation marks mended.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from noticeboard.intake.drafting import numerals
from noticeboard.intake.drafting.leaf import Kind, Leaf
from noticeboard.intake.drafting.lines import Line, Lines, Span
from noticeboard.intake.drafting.patterns.lines import FINDING_LABEL, LABEL, LABEL_LINE, LABEL_OF_WORDS
from noticeboard.intake.drafting.patterns.names import (
    BARE_ENDING,
    COUNT_IN_BRACKETS,
    FAULT,
    LOST_IN_QUOTES,
    MISPLACED_ENDING,
    NAME_STOP,
    NAMED,
    NAMED_BY_QUOTE,
    OCCURS,
    QUOTED_ENDING,
    UNQUOTED_NAME,
    WEAK_FAULT,
)
from noticeboard.intake.drafting.patterns.numbering import SERIES, Series
from noticeboard.intake.drafting.patterns.parts import part_of

#: Longer than the longest name of an issue seen (76 characters); what is longer is a sentence.
LONGEST_NAME = 130
_OPENING, _CLOSING = '“"「『‘', '”"」』’'
_PAIRS = {"“": "”", "「": "」", "『": "』", "‘": "’", '"': '"'}


@dataclass(frozen=True)
class Number:
    """The number at the beginning of a line: of which series, the how-manieth, and where it stands."""

    series: Series
    ordinal: int
    #: What the record keeps (``1.``, 问题一).
    printed: Span
    #: With what parts it from the text (the colon of ``问题一：``).
    whole: Span


@dataclass(frozen=True)
class Name:
    """The name of an issue or a heading: the pieces that make it, the formula around it, what stands behind it."""

    pieces: tuple[Span, ...]
    formula: tuple[Span, ...]
    rest: Span
    #: Whether words said that this is a name (关于…的问题), not only its place and length.
    announced: bool
    #: Whether they said 问题, which a 方面 is not.
    is_issue: bool = False
    quoted: bool = False
    #: The quotation marks are not whole, so that the printed line is kept too.
    damaged: bool = False
    #: (7个问题), which stands behind the name.
    count: Span | None = None


@dataclass(frozen=True)
class Heading:
    """A line that may be a heading."""

    line: Line
    number: Number | None
    name: Name
    #: Spans that are neither name nor text: the sign behind the number.
    formula: tuple[Span, ...] = field(default=())


def number_of(lines: Lines, start: int, end: int) -> Number | None:
    """The number at the beginning of a piece of text."""
    start, end = lines.trimmed(start, end)
    for series in SERIES:
        match = series.regex.match(lines.text, start, end)
        if match is None:
            continue
        groups = match.groupdict()
        which = "printed2" if groups.get("printed2") else "printed"
        printed = match.span(which)
        ordinal = numerals.whole(groups.get("n") or groups.get("n2") or match[which])
        if ordinal is None:
            continue
        return Number(series, ordinal, lines.trimmed(*printed), match.span())
    return None


def name_of(lines: Lines, start: int, end: int) -> Name | None:
    """The name that begins a piece of text, or ``None`` where the text is running text from its beginning."""
    start, end = lines.trimmed(start, end)
    label = FINDING_LABEL.match(lines.text, start, end)
    if label:
        named = name_of(lines, label.end(), end)
        return replace(named, formula=(label.span(), *named.formula), announced=True, is_issue=True) if named else None
    return _announced(lines, start, end) or _bare(lines, start, end)


def _announced(lines: Lines, start: int, end: int) -> Name | None:
    text = lines.text
    match = NAMED.match(text, start, end) or NAMED_BY_QUOTE.match(text, start, end)
    begin = match.end() if match else start
    while begin < end and text[begin] in " 　":
        begin += 1
    if match is None and (begin >= end or text[begin] not in _OPENING):
        return None
    if begin < end and text[begin] in _OPENING:
        quoted = _quoted(lines, start, begin, end)
        if quoted is not None:
            return quoted
        if match is None:
            return None
    named = UNQUOTED_NAME.match(text, begin, min(end, begin + LONGEST_NAME + 40))
    if named is None:
        return None
    ending = named.span("ending")
    count = COUNT_IN_BRACKETS.match(text, named.end(), end)
    rest = _after_stop(lines, count.end() if count else named.end(), end)
    pieces, damaged = _mended(lines, *named.span("name"))
    formula = ((start, begin), ending, (named.end(), rest))
    return _counted(
        lines,
        Name(
            pieces,
            formula,
            (rest, end),
            announced=True,
            is_issue="问题" in text[slice(*ending)],
            damaged=damaged,
            count=count.span() if count else None,
        ),
    )


def _quoted(lines: Lines, start: int, begin: int, end: int) -> Name | None:
    """``“…”的问题整改情况``: up to the mark that closes the first one and is followed by the formula."""
    text = lines.text
    limit = min(end, begin + LONGEST_NAME + 2)
    depth, nested = 0, _PAIRS[text[begin]] != text[begin]
    for at in range(begin, limit):
        if text[at] == text[begin] and nested:
            depth += 1
        elif text[at] == _PAIRS[text[begin]] and at > begin + 1:
            depth -= 1
            if depth > 0 and nested:
                continue
            ending = QUOTED_ENDING.match(text, at + 1, end)
            if ending is None:
                continue
            rest = _after_stop(lines, ending.end(), end)
            inside = MISPLACED_ENDING.search(text, begin + 1, at)
            if inside and inside.start() > begin + 1:
                pieces, _ = _mended(lines, begin + 1, inside.start())
                around = ((start, begin + 1), (inside.start(), rest))
                return Name(pieces, around, (rest, end), announced=True, is_issue=True, quoted=True, damaged=True)
            count = COUNT_IN_BRACKETS.search(text, at, rest)
            lost = LOST_IN_QUOTES.search(text, begin + 1, at)
            is_lost = lost is not None and "问题" not in ending[0] and "整改" in ending[0]
            stop = lost.start() if lost and is_lost else at
            return Name(
                ((begin + 1, stop),),
                ((start, begin + 1), (stop, rest)),
                (rest, end),
                announced=True,
                is_issue=is_lost or "问题" in ending[0],
                quoted=True,
                damaged=is_lost,
                count=count.span() if count else None,
            )
    return None


def _bare(lines: Lines, start: int, end: int) -> Name | None:
    """A name that nothing announces: the text up to its first full stop, a colon or a heading inside the line."""
    text = lines.text
    stop = NAME_STOP.search(text, start + 1, end)
    cut = stop.start() if stop else end
    label = LABEL.search(text, start, cut + 1)
    if label and label.start() > start and LABEL_OF_WORDS[label["label"] or label["boxed"]] != "finding":
        # （责任领导：…） opens before its label.
        cut = lines.trimmed(start, label.start(), "（(【")[1]
    if not 0 < cut - start <= LONGEST_NAME:
        return None
    rest = _after_stop(lines, cut, end)
    ending = BARE_ENDING.search(text, start, cut)
    if ending and not ending[0].startswith("方面") and not FAULT.search(text, start, ending.start()):
        ending = None  # 组织落实巡察整改情况, 巡视反馈重点问题整改情况 are whole names
    if ending and ending["plain"] is not None and OCCURS.search(text, start, ending.start()):
        ending = None  # 存在超范围列支经费问题 is a whole name too
    begin, stop_at = lines.trimmed(start, ending.start() if ending and ending.start() > start else cut)
    pieces, damaged = _mended(lines, begin, stop_at)
    if not pieces:
        return None
    formula = ((stop_at, rest),)
    is_issue = bool(ending and "问题" in ending[0])
    announced = is_issue and ending is not None and "整改" in ending[0]
    return _counted(lines, Name(pieces, formula, (rest, end), announced, is_issue, damaged=damaged))


def _after_stop(lines: Lines, at: int, end: int) -> int:
    """Behind the marks that end a name."""
    while at < end and lines.text[at] in '。：:，,；;.！ 　”"':
        at += 1
    return at


def _counted(lines: Lines, name: Name) -> Name:
    """(7个问题) at the end of a name is no part of it; behind it no formula was seen yet."""
    begin, end = name.pieces[-1]
    match = None if name.count else COUNT_IN_BRACKETS.search(lines.text, begin, name.rest[0])
    if match is None or match.start() <= begin:
        return name
    inner = BARE_ENDING.search(lines.text, begin, match.start())
    stop = inner.start() if inner and inner.start() > begin else min(end, match.start())
    stop = lines.trimmed(begin, stop)[1]
    pieces, formula = (*name.pieces[:-1], (begin, stop)), (*name.formula, (stop, name.rest[0]))
    return replace(name, pieces=pieces, formula=formula, count=match.span())


def _mended(lines: Lines, start: int, end: int) -> tuple[tuple[Span, ...], bool]:
    """The pieces of a name without the marks that have lost their other half."""
    start, end = lines.trimmed(start, end)
    open_at: list[int] = []
    stray: list[int] = []
    for at in range(start, end):
        character = lines.text[at]
        if character in "“「『":
            open_at.append(at)
        elif character in "”」』":
            if open_at:
                open_at.pop()
            else:
                stray.append(at)
    stray = sorted([*stray, *open_at])
    pieces = zip([start, *(at + 1 for at in stray)], [*stray, end], strict=True)
    return tuple((begin, stop) for begin, stop in pieces if stop > begin), bool(stray)


def is_fault(lines: Lines, name: Name) -> bool:
    """Whether a name says that something is wrong; 坚持问题导向 does not."""
    text = name_text(lines, name)
    if FAULT.search(text):
        return True
    return WEAK_FAULT.search(text) is not None and part_of(text) is None


def name_text(lines: Lines, name: Name) -> str:
    """A name as the record keeps it."""
    return "".join(lines.text[start:end] for start, end in name.pieces).strip()


def title_of(lines: Lines, name: Name) -> Leaf:
    """A name as a value of the record."""
    return Leaf(name_text(lines, name), name.pieces, Kind.COPIED)


def is_label_line(lines: Lines, line: Line) -> re.Match[str] | None:
    """A line that is only a heading inside an issue: 整改情况."""
    return LABEL_LINE.match(lines.text, *lines.trimmed(line.start, line.end))
