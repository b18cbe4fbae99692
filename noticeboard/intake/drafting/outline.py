"""Numbered lines → a tree of headings, each with the text under it.

Numbers tell the levels: a series that is open continues its level, a new one opens a level below. A line is a heading
where words say so (关于…的问题), where it is short and stands where headings stand, or where its siblings are headings;
any other numbered line is an item of a list and belongs to the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from noticeboard.intake.drafting.headings import (
    Heading,
    Name,
    Number,
    is_fault,
    is_label_line,
    name_of,
    name_text,
    number_of,
)
from noticeboard.intake.drafting.lines import Line, Lines, Span
from noticeboard.intake.drafting.patterns.bodies import NUMBER_IN_TEXT
from noticeboard.intake.drafting.patterns.lines import FINDING_LABEL, LABEL, LABEL_OF_WORDS
from noticeboard.intake.drafting.patterns.names import FAULT
from noticeboard.intake.drafting.patterns.parts import CONTAINER, part_of

#: A heading that nothing announces is no longer than this, or it is a sentence.
_SHORT_NAME = 64
_UNNUMBERED_NAME, _SHORT_SENTENCE = 30, 30


@dataclass(kw_only=True)
class Outline:
    """Text with the headings below it: of a whole notice, the text is what stands above its first heading."""

    #: Pieces of text, in order; each is a paragraph or the rest of a heading's own line.
    text: list[Span] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    #: The next number of a list that stands in the text: (series, ordinal).
    list_goes_on: tuple[str, int] | None = None
    labelled: bool = False


@dataclass(kw_only=True)
class Node(Outline):
    """A heading with the text and the headings under it."""

    heading: Heading
    #: What was expected where the numbering does not go on as it began; empty where it does.
    irregular: str = ""

    @property
    def name(self) -> Name:
        """The name in the heading."""
        return self.heading.name

    @property
    def number(self) -> Number | None:
        """The number of the heading, if it has one."""
        return self.heading.number

    @property
    def span(self) -> Span:
        """The heading as printed, with its formula, up to the text behind it."""
        return self.heading.line.start, self.name.rest[0]

    def below(self) -> Iterator[Span]:
        """All headings below, with their text, as paragraphs."""
        for child in self.children:
            yield child.span
            yield from child.text
            yield from child.below()

    def leaves(self) -> Iterator[Node]:
        """The headings below that have none below themselves; a leaf is its own."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


def outline(lines: Lines, body: Sequence[Line]) -> Outline:
    """The tree of all headings in ``body``."""
    outliner = _Outliner(lines, body)
    for at in range(len(body)):
        outliner.take(at)
    return outliner.root


class _Outliner:
    """The headings that are open while lines go by, from the highest down."""

    def __init__(self, lines: Lines, body: Sequence[Line]) -> None:
        self.lines = lines
        self.body = body
        self.numbers = [self._level_number(line) for line in body]
        self.has_top = any(number and number.series.rank <= 0 for number in self.numbers)
        #: The last number of each series: issues may be numbered on from one 方面 to the next.
        self.latest: dict[str, int] = {}
        self.root = Outline()
        self.open: list[Node] = []

    @property
    def _last(self) -> Outline:
        return self.open[-1] if self.open else self.root

    def _level_number(self, line: Line) -> Number | None:
        number = number_of(self.lines, line.start, line.end)
        return number if number and not number.series.lists_only else None

    def take(self, at: int) -> None:
        """The next line: a heading, or text of the one that is open."""
        line, number = self.body[at], self.numbers[at]
        name = name_of(self.lines, number.whole[1] if number else line.start, line.end)
        if name is None or is_label_line(self.lines, line) or self._is_numbered_label(line, number):
            self._add_text(line)
        elif number is None:
            self._take_unnumbered(line, name)
        else:
            place = self._place(at, number, name)
            if place is None:
                self._add_text(line)
                self._last.list_goes_on = (number.series.name, number.ordinal + 1)
                return
            depth, irregular = place
            self.latest[number.series.name] = number.ordinal
            del self.open[depth:]
            between = ((number.printed[1], number.whole[1]),)
            self._open(Node(heading=Heading(line, number, name, between), irregular=irregular))

    def _is_numbered_label(self, line: Line, number: Number | None) -> bool:
        """（2）整改措施：… is text of the issue above; 1.反馈问题：… names one."""
        if number is None or FINDING_LABEL.match(self.lines.text, number.whole[1], line.end):
            return False
        return LABEL.match(self.lines.text, number.whole[1], line.end) is not None

    def _open(self, node: Node) -> None:
        self._last.children.append(node)
        self.open.append(node)
        start, end = self.lines.trimmed(*node.name.rest)
        if end > start:
            self._note_text(node, (start, end))

    def _add_text(self, line: Line) -> None:
        self._note_text(self._last, self.lines.trimmed(line.start, line.end))

    def _note_text(self, node: Outline, span: Span) -> None:
        node.text.append(span)
        numbered = NUMBER_IN_TEXT.match(self.lines.text, *span)
        label = LABEL.match(self.lines.text, numbered.end() if numbered else span[0], span[1])
        if label and LABEL_OF_WORDS[label["label"] or label["boxed"]] in ("measures", "progress", "result", "next"):
            node.labelled = True
            item = number_of(self.lines, label.end(), span[1])
            node.list_goes_on = (item.series.name, item.ordinal + 1) if item else None

    def _take_unnumbered(self, line: Line, name: Name) -> None:
        if self._is_unnumbered_heading(line, name):
            self.open.clear()
            self._open(Node(heading=Heading(line, None, name)))
        elif self._is_unnumbered_issue(name):
            # Below the nearest heading that is not itself an issue with text.
            while self.open and (self.open[-1].number is None or self.open[-1].text):
                self.open.pop()
            self._open(Node(heading=Heading(line, None, name)))
        else:
            self._add_text(line)

    def _is_unnumbered_heading(self, line: Line, name: Name) -> bool:
        """整改工作组织情况 alone on a line, in a notice that numbers nothing above its issues."""
        text = self.lines.of(line).strip()
        return (
            not self.has_top
            and not name.announced
            and len(text) <= _UNNUMBERED_NAME
            and not LABEL.match(text)
            and not any(sign in text for sign in "。；，：:,;、")
            and (part_of(text) is not None or CONTAINER.search(text) is not None)
        )

    def _is_unnumbered_issue(self, name: Name) -> bool:
        """针对“…”问题的整改 without a number, under a heading."""
        if not (name.announced and name.is_issue and self.open):
            return False
        stands_alone = self.lines.trimmed(*name.rest)[0] >= name.rest[1]
        return name.quoted or (stands_alone and is_fault(self.lines, name))

    def _place(self, at: int, number: Number, name: Name) -> tuple[int, str] | None:
        """At which depth a numbered line is a heading (and what is irregular), or ``None`` where it is text."""
        in_list = self._goes_on_with(number)
        is_open = any(node.number and node.number.series is number.series for node in self.open)
        if in_list and not name.announced and not is_open:
            return None
        numbered = [(depth, node.number) for depth, node in enumerate(self.open) if node.number]
        for depth, before in reversed(numbered):
            if before.series is number.series:
                return self._beside(depth, before, number, name)
        for depth, before in numbered:
            # The highest that cannot stand above this number: 2、 above 三、.
            if before.series.rank >= number.series.rank and not before.series.names_issues:
                if number.ordinal != 1 and self._like(self.open[depth], name):
                    return depth, self._jump(before, number)
                break
        if in_list or not self._heads(at, number, name):
            return None
        goes_on = number.ordinal == self.latest.get(number.series.name, 0) + 1
        return len(self.open), "" if goes_on or number.ordinal == 1 else f"编号从“{self._printed(number)}”开始"

    def _goes_on_with(self, number: Number) -> bool:
        """Whether a number is the next of a list that stands in the text above it."""
        return self._last.list_goes_on == (number.series.name, number.ordinal)

    def _printed(self, number: Number) -> str:
        return self.lines.text[slice(*number.printed)]

    def _jump(self, before: Number, here: Number) -> str:
        return f"编号从“{self._printed(before)}”到“{self._printed(here)}”"

    def _beside(self, depth: int, before: Number, number: Number, name: Name) -> tuple[int, str] | None:
        """Beside an open heading of the same series, or in a list that has the same numbers."""
        sibling = self.open[depth]
        if number.ordinal == before.ordinal + 1:
            if self._goes_on_with(number) and not self._like(sibling, name):
                return None
            if sibling.name.announced and not name.announced and self.open[-1].labelled and self._is_sentence(name):
                return None
            return depth, ""
        if not self._like(sibling, name) or (number.ordinal == 1 and not name.announced):
            return None
        return depth, self._jump(before, number)

    def _is_sentence(self, name: Name) -> bool:
        return self.lines.text[name.rest[0] - 1] in "。；;" and not name.announced

    def _like(self, sibling: Node, name: Name) -> bool:
        """Whether a name is of the kind of a heading's: announced like it, or a fault like it, or as short."""
        if sibling.name.announced:
            return name.announced
        if is_fault(self.lines, sibling.name) and is_fault(self.lines, name):
            return True
        return _length(name) <= _SHORT_NAME and not (is_fault(self.lines, sibling.name) and self._is_sentence(name))

    def _heads(self, at: int, number: Number, name: Name) -> bool:
        """Whether a line with a new series of numbers opens a level below the open heading."""
        parent = self._last
        if name.announced or number.series.names_issues:
            return True
        if _length(name) > _SHORT_NAME or parent.labelled:
            return False
        if self._labelled_below(at, name):
            return True
        if not self.open or not is_issue(self.lines, self.open[-1].name):
            stands_alone = name.rest[0] >= name.rest[1]
            return is_fault(self.lines, name) or not stands_alone or self._heads_text(at)
        is_long = self._is_sentence(name) and _length(name) > _SHORT_SENTENCE
        return is_fault(self.lines, name) and not parent.text and not is_long

    def _labelled_below(self, at: int, name: Name) -> bool:
        """Whether 整改情况： stands right behind a name, or begins the next line."""
        if LABEL.match(self.lines.text, *name.rest):
            return True
        following = self.body[at + 1] if at + 1 < len(self.body) else None
        if following is None or self.lines.trimmed(*name.rest)[0] < name.rest[1]:
            return False
        span = self.lines.trimmed(following.start, following.end)
        return LABEL.match(self.lines.text, *span) is not None or is_label_line(self.lines, following) is not None

    def _heads_text(self, at: int) -> bool:
        """Whether text or a lower number follows: a list goes on with its own next number."""
        if at + 1 >= len(self.body):
            return False
        number, following = self.numbers[at], self.numbers[at + 1]
        return number is None or following is None or following.series is not number.series


def _length(name: Name) -> int:
    return sum(end - start for start, end in name.pieces)


def is_issue(lines: Lines, name: Name) -> bool:
    """Whether a name is that of an issue rather than of a 方面 or a part of the notice."""
    if name.announced:
        return name.is_issue
    text = name_text(lines, name)
    return is_fault(lines, name) and not text.startswith("聚焦") and not is_container(text)


def is_container(title: str) -> bool:
    """Whether a heading holds issues and is none itself: 二、集中整改进展情况, but not 整改情况公开不及时."""
    return CONTAINER.search(title) is not None and FAULT.search(title) is None
