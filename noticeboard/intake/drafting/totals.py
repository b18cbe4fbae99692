"""What a notice says in numbers (通报所述): each with its words, none computed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from noticeboard.intake.drafting import numerals
from noticeboard.intake.drafting.draft import StatedDraft
from noticeboard.intake.drafting.leaf import Leaf, copied, meant, quoted
from noticeboard.intake.drafting.lines import Lines, Span
from noticeboard.intake.drafting.patterns.counts import (
    ALL_DONE,
    COUNT,
    OF_FINDINGS,
    OTHER_ISSUES,
    OUTCOME,
    SUBJECT_NOUNS,
)
from noticeboard.intake.drafting.statuses import is_known
from noticeboard.record.vocabulary import STATUS_OF_WORDS, StatusCode

_KINDS = {word: kind for kind, words in SUBJECT_NOUNS.items() for word in words}
_NOUNS = sorted(_KINDS, key=len, reverse=True)
_STATUS_WORDS = sorted(
    (words for words, code in STATUS_OF_WORDS.items() if code is not StatusCode.UNSTATED), key=len, reverse=True
)
_CLAUSE = "，,。；;：:！!？?\n"
_BREAK = _CLAUSE + "、（）()"
_LONGEST_SUBJECT, _NEAR = 14, 6
#: What stands before a name and is none of it: 共, 累计, 截至目前.
_ADVERBS = re.compile(
    r"^(?:其中|目前|现已|已经|共计|累计|合计|总计|总共|先后|分别|全年|期间|同时|并且|以及|还有|还|并|共|计|约(?!谈)|近|达|和|及|与|对|另有|另|仍有|尚有|有|为|将|的)"
)
_TAIL = re.compile(r"(?:的?(?:具体|反馈)?(?:问题|事项|任务)|的|有|共|共计|为|达|了|计|分别为|合计|累计)$")


@dataclass(frozen=True)
class _Clause:
    """A number with its unit, and the words before and behind it."""

    match: re.Match[str]
    left: Span
    right: Span
    following: re.Match[str] | None

    @property
    def counts_kinds(self) -> bool:
        """4项24个问题: kinds of issues, whose number follows at once."""
        is_next = self.following is not None and self.following.start() == self.match.end()
        return is_next and self.match["unit"] in ("项", "类", "大类")


@dataclass(frozen=True)
class Total:
    """One stated number: what it counts (``of`` which kind, for a status), the number, its unit, the quotation."""

    subject: Leaf
    of: str
    number: Leaf | None
    unit: Leaf | None
    quote: Span

    @property
    def key(self) -> tuple[object, ...]:
        """Two totals with the same key say the same."""
        number = self.number.value if self.number else None
        return (self.status or self.counted or self.subject.value, self.of, number)

    @property
    def counted(self) -> str | None:
        """问题, 措施 …: the kind of what is counted, if the words are one that a table knows."""
        return _KINDS.get(self.subject.value)

    @property
    def count(self) -> int | None:
        """The number where it is a whole one."""
        return int(self.number.value) if self.number and self.number.value.isdigit() else None

    @property
    def status(self) -> StatusCode | None:
        """The status that is counted, if it is one that the table knows."""
        return STATUS_OF_WORDS.get(self.subject.value)

    def record(self, lines: Lines) -> StatedDraft:
        """As an entry of 通报所述."""
        return StatedDraft(
            subject=self.subject,
            of=None if self.of == "问题" else meant(self.of, self.quote),
            number=self.number,
            unit=self.unit,
            quote=quoted(lines, self.quote),
        )


def totals(lines: Lines, spans: Iterable[Span]) -> list[Total]:
    """All totals in some paragraphs, in their order; where two say the same, that of the paragraph with most counts."""
    found = [list(_in_span(lines, span)) for span in spans]
    kept: dict[tuple[object, ...], Total] = {}
    subjects: set[tuple[object, str]] = set()
    for some in sorted(found, key=len, reverse=True):
        added = [total for total in some if total.key not in kept and (*total.key[:2],) not in subjects]
        kept.update((total.key, total) for total in added)
        subjects |= {(total.key[0], total.of) for total in added}
    return sorted(kept.values(), key=lambda total: total.number.words if total.number else total.subject.words)


def _in_span(lines: Lines, span: Span) -> Iterator[Total]:
    text = lines.text
    units = {"问题": ""}
    matches = list(COUNT.finditer(text, *span))
    for at, match in enumerate(matches):
        previous = matches[at - 1].end() if at else span[0]
        following = matches[at + 1] if at + 1 < len(matches) else None
        left = lines.behind_last(_BREAK, previous, match.start())
        right = lines.first(_BREAK, match.end(), following.start() if following else span[1])
        if at and left == previous and text[left : match.start()].strip() in _KINDS:
            left = match.start()  # 十八个问题三十一个具体表现: the noun belongs to the number before it
        clause = _Clause(match, (left, match.start()), (match.end(), right), following)
        for total in _in_clause(lines, clause, units):
            if total.counted and total.unit:
                units.pop(total.counted, None)
                units[total.counted] = total.unit.value
            yield total
    for match in ALL_DONE.finditer(text, *span):
        yield Total(meant("全部完成", match.span()), "问题", None, None, match.span())


def _in_clause(lines: Lines, clause: _Clause, units: dict[str, str]) -> Iterator[Total]:
    match = clause.match
    unit, number = copied(lines, match.span("unit")), numerals.figure(match["number"])
    # 一个问题一个问题地 counts nothing.
    if number is None or unit is None or match["number"] == "一":
        return
    quote = _quotation(lines, match)
    counted = meant(number, match.span("number"))
    if unit.value == "方面":
        if OF_FINDINGS.search(lines.text, *quote):
            yield Total(meant("方面", match.span("unit")), "问题", counted, None, quote)
        return
    text = lines.text
    before, after = _bare(text, clause.left), lines.trimmed(*clause.right)
    noun = _noun_at_start(text, after)
    status = _status_at_end(text, before)
    if status and (noun is None or _KINDS[noun[0]] != "方面"):
        own = _noun_in(text, clause.left) or (_KINDS[noun[0]] if noun else _counted(units, unit.value))
        of = own if own in ("问题", "意见建议", "措施") else "问题"
        yield Total(meant(text[slice(*status)], status), of, counted, unit, quote)
        return
    subjects = _by_noun(text, clause, noun, after) if noun else _otherwise(text, clause, before, after)
    yield from (Total(meant(name, where), "问题", counted, unit, quote) for name, where in subjects)


def _by_noun(text: str, clause: _Clause, noun: tuple[str, Span], after: Span) -> Iterator[tuple[str, Span]]:
    """21个具体问题, 24个问题已整改完成: what stands behind the number, and a status that follows it."""
    left, right = clause.left, clause.right
    near = (max(0, left[0] - _NEAR), min(len(text), right[1] + _NEAR))
    if _KINDS[noun[0]] == "方面" and not OF_FINDINGS.search(text, *near):
        return
    if _KINDS[noun[0]] == "问题" and OTHER_ISSUES.search(text, max(0, left[0] - _NEAR), clause.match.start()):
        return
    yield noun
    is_whole = clause.following is None or right[1] < clause.following.start()
    told = _status_within(text, (noun[1][1], after[1])) if _KINDS[noun[0]] == "问题" and is_whole else None
    if told:
        yield text[slice(*told)], told


def _otherwise(text: str, clause: _Clause, before: Span, after: Span) -> Iterator[tuple[str, Span]]:
    """制定措施71条, 4项24个问题, 约谈4人, 26项制度: by the words before the number, or all that is behind it."""
    at_end = _noun_at_end(text, before)
    said = text[slice(*before)]
    if at_end and not (_KINDS[at_end[0]] == "问题" and OTHER_ISSUES.search(said)):
        yield at_end
    elif clause.counts_kinds:
        yield "反馈事项" if clause.match["unit"] == "项" else "类", clause.match.span()
    elif is_known(text[slice(*after)]):
        yield text[slice(*after)], after  # 剩余2条需长期坚持
    elif OUTCOME.search(said) and not said.endswith("等") and len(said) <= _LONGEST_SUBJECT:
        yield said, before
    else:
        name = text[slice(*after)]
        if re.fullmatch(r"[一-龥]{2,10}", name) and OUTCOME.search(name):
            yield name, after


def _bare(text: str, span: Span) -> Span:
    """The words before a number without adverbs at the beginning and what only leads to the number at the end."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while start < end and (match := _ADVERBS.match(text[start:end])):
        start += match.end()
    while end > start and text[end - 1].isspace():
        end -= 1
    while end > start and (match := _TAIL.search(text[start:end])) and match.start() > 0:
        if _noun_at_end(text, (start, end)) and match[0] != "的":
            break
        end = start + match.start()
    return start, end


def _noun_at_start(text: str, span: Span) -> tuple[str, Span] | None:
    word = next((word for word in _NOUNS if text.startswith(word, *span)), None)
    return (_as_named(word), (span[0], span[0] + len(word))) if word else None


def _noun_at_end(text: str, span: Span) -> tuple[str, Span] | None:
    word = next((word for word in _NOUNS if text.endswith(word, *span)), None)
    return (_as_named(word), (span[1] - len(word), span[1])) if word else None


def _as_named(word: str) -> str:
    """项目 as the notice names it; 八个方面的问题 are eight issues."""
    return "问题" if word.startswith("方面") and word != "方面" else word


def _counted(units: dict[str, str], unit: str) -> str:
    """What a status with this unit counts: what was counted last with the same unit, else the issues."""
    return next((kind for kind, used in reversed(units.items()) if used == unit), "问题")


def _noun_in(text: str, span: Span) -> str | None:
    return next((_KINDS[word] for word in _NOUNS if word in text[slice(*span)]), None)


def _status_at_end(text: str, span: Span) -> Span | None:
    end = span[1]
    tail = re.search(r"(?:的)?(?:具体|反馈)?(?:问题|措施|建议|意见建议|事项|任务)?$", text[slice(*span)])
    ends = {end, span[0] + tail.start() if tail else end}
    for words in _STATUS_WORDS:
        for stop in ends:
            if text.endswith(words, span[0], stop):
                return stop - len(words), stop
    return next(((span[0], stop) for stop in sorted(ends) if is_known(text[span[0] : stop])), None)


def _status_within(text: str, span: Span) -> Span | None:
    """个问题已全部整改完成: the words of a status in what follows, if they are all of it."""
    piece = text[slice(*span)]
    match = re.fullmatch(
        r"[ 　]*(?:目前|现)?(?:已|均已|现已|已经|已全部|均|全部|都已)*(?P<words>[一-龥]{2,8})[ 　]*", piece
    )
    if match is None:
        return None
    for words in _STATUS_WORDS:
        at = piece.find(words)
        if at >= 0 and piece.endswith(words):
            return span[0] + at, span[0] + at + len(words)
    return None


def _quotation(lines: Lines, match: re.Match[str]) -> Span:
    """The clause in which the number stands, with the brackets that say what is meant."""
    line = lines.at(match.start())
    start, end = lines.behind_last(_BREAK, line.start, match.start()), lines.first(_BREAK, match.end(), line.end)
    if end < line.end and lines.text[end] in "（(":
        close = lines.first("）)", end, line.end)
        end = close + 1 if close < line.end else end
    return lines.trimmed(start, end)


def in_heading(lines: Lines, span: Span) -> list[Total]:
    """(7个问题) behind the name of a 方面."""
    inner = (span[0] + 1, span[1] - 1)
    found = list(_in_span(lines, inner))
    match = COUNT.search(lines.text, *inner)
    if found or match is None:
        return found
    # (3个) behind the name of an issue counts the issues below it.
    number, unit = numerals.figure(match["number"]), copied(lines, match.span("unit"))
    subject = meant("问题", match.span())
    return [Total(subject, "问题", meant(number, match.span("number")), unit, inner)] if number else []


def covered(spans: Sequence[Span], found: Sequence[Total]) -> float:
    """How much of some text is quoted as totals, from 0 to 1."""
    quoted = {at for total in found for at in range(*total.quote)}
    whole = [at for span in spans for at in range(*span)]
    return sum(at in quoted for at in whole) / max(1, len(whole))
