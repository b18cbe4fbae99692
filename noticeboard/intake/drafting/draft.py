"""A draft of the record: every value with the words of the document that it rests on.

A draft is a tree like the file that will be written: mappings by Chinese key, lists, and leaves. What the document
says around its facts (关于…的问题整改情况) is kept as formulas, so that all its characters can be accounted for.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from noticeboard.intake.drafting.lines import Lines, Span
from noticeboard.positions import KeyPath


class Kind(enum.Enum):
    """How a value comes from its words."""

    #: The words themselves, blanks at their ends and line ends aside.
    COPIED = "copied"
    #: A date, a figure or a word of a list that the words mean.
    MEANT = "meant"
    #: No words of the document: an identifier, a key that must be there.
    GIVEN = "given"


@dataclass(frozen=True)
class Leaf:
    """One value; ``doubt`` says why a person must look, empty where the words leave nothing to doubt."""

    value: str
    words: tuple[Span, ...] = ()
    kind: Kind = Kind.GIVEN
    doubt: str = ""


#: Between pieces of a value that the document gives apart.
SEPARATOR = "；"

Tree: TypeAlias = "Leaf | list[Tree] | dict[str, Tree]"


@dataclass
class Draft:
    """What came of a document: the record as far as it was found, and everything a person must know about it."""

    lines: Lines
    record: dict[str, Tree] = field(default_factory=dict)
    #: (what kind of formula, where).
    formulas: list[tuple[str, Span]] = field(default_factory=list)
    #: What a person should look at that is no value: numbering that jumps, names of persons.
    remarks: list[str] = field(default_factory=list)
    #: Names of persons, each with where it stands.
    persons: list[tuple[str, int]] = field(default_factory=list)


def copied(lines: Lines, *spans: Span, doubt: str = "") -> Leaf | None:
    """The words themselves; pieces of several lines become one text. ``None`` where they are blank."""
    pieces = [lines.trimmed(*span) for span in spans]
    pieces = [(start, end) for start, end in pieces if end > start]
    if not pieces:
        return None
    return Leaf(_joined(lines, pieces), tuple(pieces), Kind.COPIED, doubt)


def listed(lines: Lines, *spans: Span) -> Leaf | None:
    """Several pieces of a kind (posts that are responsible) in one value, parted by a semicolon."""
    pieces = [lines.trimmed(*span) for span in spans]
    pieces = [(start, end) for start, end in pieces if end > start]
    if not pieces:
        return None
    return Leaf(SEPARATOR.join(_joined(lines, [piece]) for piece in pieces), tuple(pieces), Kind.COPIED)


def _joined(lines: Lines, pieces: list[Span]) -> str:
    """Pieces that stand in different paragraphs are parted by a blank only between letters of a Latin word."""
    text = ""
    for start, end in pieces:
        piece = " ".join(part.strip() for part in lines.text[start:end].split("\n"))
        between = (
            " " if text[-1:].isascii() and text[-1:].isalnum() and piece[:1].isascii() and piece[:1].isalnum() else ""
        )
        text += between + piece
    return text


def meant(value: str, *words: Span, doubt: str = "") -> Leaf:
    """What the words mean: a date, a figure, a word of a list."""
    return Leaf(value, tuple(words), Kind.MEANT, doubt)


def leaves(tree: Tree, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Leaf]]:
    """Every value of a draft with its place in the record, in the order of the file."""
    if isinstance(tree, Leaf):
        yield path, tree
    elif isinstance(tree, list):
        for at, inner in enumerate(tree):
            yield from leaves(inner, (*path, at))
    else:
        for key, inner in tree.items():
            yield from leaves(inner, (*path, key))


def without_blanks(record: dict[str, Tree | None]) -> dict[str, Tree]:
    """A mapping without what was not found."""
    return {key: value for key, value in record.items() if value is not None and value not in ([], {})}
