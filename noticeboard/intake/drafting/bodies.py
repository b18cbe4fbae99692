"""The text under an issue → its measures, progress, result, status, posts, time limit and day of closure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from noticeboard.intake.drafting import statuses
from noticeboard.intake.drafting.dates import dates
from noticeboard.intake.drafting.draft import Draft, HeadingDraft, MatterDraft, StatusOrWords, When
from noticeboard.intake.drafting.inspection import dated
from noticeboard.intake.drafting.leaf import Leaf, copied, listed, paragraphs
from noticeboard.intake.drafting.lines import Lines, Span
from noticeboard.intake.drafting.numerals import whole
from noticeboard.intake.drafting.patterns.bodies import CLOSED_ON, ITEMS, NUMBER_IN_TEXT, Items
from noticeboard.intake.drafting.patterns.lines import LABEL, LABEL_LINE, LABEL_OF_WORDS

#: Sentences begin here: a label or a number in the middle of a sentence is none.
_BEGINS_AFTER = "。；;：:，,！\n 　】"
_LABEL_AFTER = "。；;！\n 　】)）（("


@dataclass
class Body:
    """What stands under one heading, by the fields of the record."""

    measures: list[Leaf] = field(default_factory=list)
    progress: list[Span] = field(default_factory=list)
    result: list[Span] = field(default_factory=list)
    responsible: list[Span] = field(default_factory=list)
    deadline: list[Span] = field(default_factory=list)
    closed: When | None = None
    status: StatusOrWords | None = None

    def fill(self, lines: Lines, heading: HeadingDraft) -> None:
        """Put what was done where it belongs; of a 方面, only that."""
        heading.measures = self.measures
        heading.progress = copied(lines, *self.progress)
        heading.result = copied(lines, *self.result)
        if isinstance(heading, MatterDraft):
            heading.status = self.status
            heading.responsible = listed(lines, *self.responsible)
            heading.deadline = copied(lines, *self.deadline)
            heading.closed_date = self.closed


def body(draft: Draft, spans: Sequence[Span]) -> Body:
    """Read the paragraphs under a heading; labels and numbers of measures are noted as formulas."""
    found = Body()
    for kind, pieces in _parts(draft, spans):
        _take(draft, kind, pieces, found)
    told = [match.span("day") for span in spans for match in CLOSED_ON.finditer(draft.lines.text, *span)]
    found.closed = found.closed or day_of(draft.lines, told)
    return found


def day_of(lines: Lines, spans: Sequence[Span]) -> When | None:
    """The day, where some words are one date and no more."""
    if len(spans) != 1:
        return None
    span = lines.trimmed(*spans[0], "。；;，, 　")
    return next((dated(lines, day) for day in dates(lines.text, *span) if day.span == span), None)


def _parts(draft: Draft, spans: Sequence[Span]) -> Iterator[tuple[str, list[Span]]]:
    """The text from label to label: (what the label announces, or "" before the first; the pieces under it)."""
    kind, pieces = "", []
    for span in spans:
        begin = span[0]
        for start, end, label in _labels(draft.lines, span):
            before = draft.lines.trimmed(begin, start, "（(")
            if before[1] > before[0]:
                pieces.append(before)
            if pieces:
                yield kind, pieces
            draft.formulas.append(("小标题", (start, end)))
            kind, pieces, begin = label, [], end
        if span[1] > begin:
            pieces.append((begin, span[1]))
    if pieces:
        yield kind, pieces


def _labels(lines: Lines, span: Span) -> Iterator[tuple[int, int, str]]:
    alone = LABEL_LINE.match(lines.text, *lines.trimmed(*span))
    if alone:
        yield *lines.trimmed(*span), LABEL_OF_WORDS[alone["label"]]
        return
    for match in LABEL.finditer(lines.text, *span):
        begins = match.start() == span[0] or lines.text[match.start() - 1] in _LABEL_AFTER
        number = NUMBER_IN_TEXT.match(lines.text, span[0], match.start())
        start = match.start()
        if number and number.end() == match.start():
            begins, start = True, span[0]
        if begins:
            yield start, match.end(), LABEL_OF_WORDS[match["label"] or match["boxed"]]


def _take(draft: Draft, kind: str, pieces: list[Span], found: Body) -> None:
    lines = draft.lines
    if kind in ("responsible", "deadline"):
        rest = _take_one(draft, kind, pieces, found)
        if rest:
            _take(draft, "", rest, found)
        return
    day = day_of(lines, pieces) if kind == "closed" else None
    found.closed = found.closed or day
    if day or kind == "finding":
        return
    if kind in ("status", "progress", "result") and (status := statuses.alone(lines, pieces)):
        found.status = found.status or status
        return
    if kind == "result":
        found.result += _without_status(draft, pieces, found)
        return
    if kind == "next":
        found.progress += pieces
        return
    pieces = list(_without_status(draft, pieces, found))
    found.status = found.status or (statuses.at_start(lines, pieces) if kind == "progress" else None)
    found.status = found.status or statuses.at_end(lines, pieces)
    before, items = _items(draft, pieces)
    if kind == "measures" and not items:
        found.measures += paragraphs(lines, before)
        return
    found.progress += before
    found.measures += items


def listed_measures(draft: Draft, pieces: list[Span]) -> list[Leaf]:
    """The measures of a text that holds nothing else: its items, or each paragraph where it numbers none."""
    before, items = _items(draft, pieces)
    return [*paragraphs(draft.lines, before), *items]


def _take_one(draft: Draft, kind: str, pieces: list[Span], found: Body) -> list[Span]:
    """A name or a date: the first piece up to its end; gives what goes on behind it, which is text again."""
    into = found.responsible if kind == "responsible" else found.deadline
    first = draft.lines.trimmed(*pieces[0], "；;。，,")
    stop = _end_of_value(draft.lines.text, first)
    into.append((first[0], stop))
    rest = draft.lines.trimmed(min(stop + 1, pieces[0][1]), pieces[0][1], "；;。，,")
    return [*([rest] if rest[1] > rest[0] else []), *pieces[1:]]


def _end_of_value(text: str, span: Span) -> int:
    """The full stop behind a value, or the bracket that closes （责任领导：…） and was opened before it."""
    depth = 0
    for at in range(*span):
        if text[at] in "（(":
            depth += 1
        elif text[at] in "）)":
            depth -= 1
        if depth < 0 or text[at] == "。":
            return at
    return span[1]


def _without_status(draft: Draft, pieces: list[Span], found: Body) -> Iterator[Span]:
    """The text without a status in brackets at its end: …（已完成整改）."""
    for piece in pieces:
        status = statuses.in_brackets(draft.lines, piece)
        if status and found.status is None:
            found.status, where = status
            yield piece[0], where[0]
        else:
            yield piece


def _items(draft: Draft, pieces: list[Span]) -> tuple[list[Span], list[Leaf]]:
    """一是…二是…, ①…②…, 1.…2.…: what stands before the first item, and the items, each up to the next number."""
    text = draft.lines.text
    for series in ITEMS:
        starts = list(_starts(text, pieces, series))
        if len(starts) < 2 and not (starts and series.certain):  # noqa: PLR2004 - one item is no list
            continue
        before: list[Span] = []
        items: list[list[Span]] = []
        for at, piece in enumerate(pieces):
            here = [(start, end) for place, start, end in starts if place == at]
            stops = [*(start for start, _ in here), piece[1]]
            if stops[0] > piece[0]:
                (items[-1] if items else before).append((piece[0], stops[0]))
            for (start, end), stop in zip(here, stops[1:], strict=True):
                draft.formulas.append(("措施的编号", (start, end)))
                items.append([(end, stop)])
        leaves = [leaf for spans in items if (leaf := copied(draft.lines, *spans))]
        return before, leaves
    return pieces, []


def _starts(text: str, pieces: Sequence[Span], series: Items) -> Iterator[tuple[int, int, int]]:
    """(piece, start, end) of the numbers 1, 2, 3 … of a series, each at the beginning of a sentence."""
    expected = 1
    for at, piece in enumerate(pieces):
        for match in series.regex.finditer(text, *piece):
            at_start = match.start() == piece[0] or not text[piece[0] : match.start()].strip()
            if not at_start and text[match.start() - 1] not in _BEGINS_AFTER:
                continue
            groups = match.groupdict()
            ordinal = whole(groups.get("n") or groups.get("n2") or match[0])
            if ordinal == expected:
                expected += 1
                yield at, match.start(), match.end()
