"""One value of a draft, with the words of the document that it rests on."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from noticeboard.intake.drafting.lines import Lines, Span


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


def copied(lines: Lines, *spans: Span, doubt: str = "") -> Leaf | None:
    """The words themselves; pieces of several lines become one text. ``None`` where they are blank."""
    leaf = quoted(lines, *spans, doubt=doubt)
    return leaf if leaf.words else None


def quoted(lines: Lines, *spans: Span, doubt: str = "") -> Leaf:
    """The words themselves, where it is known that some stand there."""
    pieces = _pieces(lines, spans)
    return Leaf(_joined(lines, pieces), pieces, Kind.COPIED, doubt)


def paragraphs(lines: Lines, spans: Iterable[Span]) -> list[Leaf]:
    """Each of some pieces as a value of its own."""
    return [leaf for span in spans if (leaf := copied(lines, span))]


def listed(lines: Lines, *spans: Span) -> Leaf | None:
    """Several pieces of a kind (posts that are responsible) in one value, parted by a semicolon."""
    pieces = _pieces(lines, spans)
    return Leaf(SEPARATOR.join(_joined(lines, (piece,)) for piece in pieces), pieces, Kind.COPIED) if pieces else None


def meant(value: str, *words: Span, doubt: str = "") -> Leaf:
    """What the words mean: a date, a figure, a word of a list."""
    return Leaf(value, tuple(words), Kind.MEANT, doubt)


def _pieces(lines: Lines, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    trimmed = (lines.trimmed(*span) for span in spans)
    return tuple((start, end) for start, end in trimmed if end > start)


def _joined(lines: Lines, pieces: tuple[Span, ...]) -> str:
    """Pieces that stand in different paragraphs are parted by a blank only between letters of a Latin word."""
    text = ""
    for start, end in pieces:
        piece = " ".join(part.strip() for part in lines.text[start:end].split("\n"))
        between = (
            " " if text[-1:].isascii() and text[-1:].isalnum() and piece[:1].isascii() and piece[:1].isalnum() else ""
        )
        text += between + piece
    return text
