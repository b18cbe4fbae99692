"""Where every character of a document went, and the proof that a draft holds what it says it holds.

Counted are all characters but blanks: each is in a field of the draft, in a formula of the genre that the draft need
not hold (关于…的问题整改情况, page furniture, the marks between), or left over. The three sum to the whole by
construction; that fields really hold their words is checked against the words themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from noticeboard.intake.drafting.draft import Draft, leaves
from noticeboard.intake.drafting.leaf import SEPARATOR, Kind
from noticeboard.intake.drafting.lines import Lines, Span

_FIELD, _FORMULA = 2, 1
#: Marks alone are nothing that could be lost.
_ONLY_MARKS = re.compile(r"[\s、，,。．.；;：:！!？?“”\"‘’'（）()【】\[\]《》<>〔〕—\-－–~～|｜·…*]*")


class Unproven(Exception):  # noqa: N818 - a fault of this program, said instead of a draft that cannot be trusted
    """A field of a draft does not hold the words that it claims."""


@dataclass(frozen=True)
class Account:
    """How many characters went where, and the passages that are left over."""

    whole: int
    in_fields: int
    in_formulas: int
    left: int
    passages: tuple[Span, ...]


def account(draft: Draft) -> Account:
    """Account for a document; raises ``Unproven`` where a field does not hold its words."""
    lines = draft.lines
    owners = bytearray(len(lines.text))
    for _, (start, end) in draft.formulas:
        owners[start:end] = bytes([_FORMULA]) * (end - start)
    for path, leaf in leaves(draft.record):
        if leaf.kind is Kind.COPIED and _squeezed(leaf.value) != _squeezed(
            "".join(lines.text[slice(*span)] for span in leaf.words)
        ):
            raise Unproven("/".join(map(str, path)))
        for start, end in leaf.words:
            owners[start:end] = bytes([_FIELD]) * (end - start)
    passages = []
    for start, end in _unowned(lines, owners):
        if _ONLY_MARKS.fullmatch(lines.text, start, end):
            owners[start:end] = bytes([_FORMULA]) * (end - start)
        else:
            passages.append(lines.trimmed(start, end))
    counts = [0, 0, 0]
    for character, owner in zip(lines.text, owners, strict=True):
        if not character.isspace():
            counts[owner] += 1
    return Account(sum(counts), counts[_FIELD], counts[_FORMULA], counts[0], tuple(passages))


def _squeezed(text: str) -> str:
    return "".join(text.split()).replace(SEPARATOR, "")


def _unowned(lines: Lines, owners: bytearray) -> Iterator[Span]:
    """The runs of characters that nobody owns, line by line."""
    for line in lines.lines:
        at = line.start
        while (start := owners.find(0, at, line.end)) >= 0:
            end = start
            while end < line.end and owners[end] == 0:
                end += 1
            yield start, end
            at = end
