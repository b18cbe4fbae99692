"""Sorted suffixes → blocks that a browser fetches one by one, and lists of what stands in many blocks together.

A query's hits are the suffixes that begin with it, and these stand side by side. A block stores of each suffix as many
symbols as tell it from its neighbours, so it answers exactly by itself; only where a single suffix is left may what
follows be unknown, and then the text of that one passage decides. It is the string B-tree of Ferragina and Grossi
(J. ACM 46, 1999) made flat for a server of files. ``index`` describes the bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from noticeboard.site.search.suffixes import DEPTH, Array, Suffixes, Texts
from noticeboard.text import first_difference

#: What a suffix's text is to its passage; a suffix's code is ``passage * CLASSES + class``.
CLASSES = 4
TITLE_START, TITLE, BODY = range(3)
#: A list is made where a query's hits fill so many blocks, the first and the last apart.
LISTED_FROM = 2


@dataclass(frozen=True)
class Block:
    """A run of suffixes as bytes."""

    #: The shortest text that sorts behind all earlier blocks but not behind this one.
    separator: str
    #: As a zlib stream.
    content: bytes
    #: The code of each suffix.
    codes: Array


def blocks(texts: Texts, run: Suffixes, codes: Array, size: int) -> Iterator[Block]:
    """The run in blocks of about ``size`` suffixes; ``codes`` holds the code of each."""
    shared = run.shared.astype(np.int64)
    known = np.minimum(np.maximum(shared, np.append(shared[1:], 0)) + 1, DEPTH)
    begins = _cuts(shared, size)
    # The first suffix of a block leans on none before it.
    leaning = shared.copy()
    leaning[begins] = 0
    more = np.maximum(known - leaning, 0)
    past = np.cumsum(more)
    owner = np.repeat(np.arange(len(more)), more)
    nth = np.arange(len(owner)) - (past - more)[owner]
    units = texts.units[texts.symbols[run.positions[owner] + leaning[owner] + nth]]
    planes = [plane.astype(np.uint8) for plane in (leaning, more, codes & 255, (codes >> 8) & 255, codes >> 16)]
    rest = [plane.astype(np.uint8) for plane in (units & 255, units >> 8)]
    for begin, end in zip(begins, [*begins[1:], len(shared)], strict=True):
        first = texts.symbols[run.positions[begin] :][: shared[begin] + 1]
        separator = texts.units[first].tobytes().decode("utf-16-le", "surrogatepass")
        behind = slice(past[begin] - more[begin], past[end - 1])
        content = _packed(end - begin, [plane[begin:end] for plane in planes], [plane[behind] for plane in rest])
        yield Block(separator, content, codes[begin:end])


def _cuts(shared: Array, size: int) -> list[int]:
    """Where blocks begin: where neighbours have little in common, so that few queries need two."""
    begins = [0]
    while len(shared) - begins[-1] > size + size // 2:
        low, high = begins[-1] + size // 2, begins[-1] + size + size // 2
        begins.append(low + int(np.argmin(shared[low:high])))
    return begins


def _packed(count: int, of_suffixes: Sequence[Array], of_units: Sequence[Array]) -> bytes:
    shared, more, low, middle, high = of_suffixes
    units_low, units_high = of_units
    packer = zlib.compressobj()
    packed = packer.compress(count.to_bytes(4, "little"))
    # Between planes that are unlike each other the packer begins new codes for its bytes: a twentieth of all bytes.
    for planes in ((shared, more), (low,), (middle, high, units_low), (units_high,)):
        packed += packer.compress(b"".join(plane.tobytes() for plane in planes)) + packer.flush(zlib.Z_PARTIAL_FLUSH)
    return packed + packer.flush()


def spans(separators: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Which blocks, first and last, lie wholly inside the hits of some query, where these are many.

    ``(a, b)`` for each longest row of separators a, …, b+1 that begin alike: all between the first and the last of
    these belong to every query that they all begin with.
    """
    # A query is any row of units, and may end in the middle of a character.
    units = [np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2").tolist() for text in separators]
    open_rows: list[tuple[int, int]] = []
    for at in range(1, len(units) + 1):
        alike = first_difference(units[at - 1], units[at]) if at < len(units) else 0
        first = at - 1
        while open_rows and open_rows[-1][1] > alike:
            first, _ = open_rows.pop()
            if at - 1 - first >= LISTED_FROM:
                yield first, at - 2
        if alike and (not open_rows or open_rows[-1][1] < alike):
            open_rows.append((first, alike))


def listing(codes: Array) -> bytes:
    """The passages of many suffixes: those with a hit in a title, then those with one elsewhere.

    Each list is its length (4 bytes), then the steps from each passage to the next, seven bits a byte, low first.
    """
    passages, is_body = codes // CLASSES, codes % CLASSES == BODY
    return b"".join(_steps(np.unique(passages[chosen])) for chosen in (~is_body, is_body))


def _steps(numbers: Array) -> bytes:
    steps = np.diff(numbers, prepend=-1).astype(np.int64) - 1
    low, high = steps & 127, steps >> 7
    # Four bytes are enough for any site; those that are not needed are dropped below.
    parts = np.stack([low, high & 127, (high >> 7) & 127, high >> 14], axis=1)
    length = 1 + (steps >= 1 << 7) + (steps >= 1 << 14) + (steps >= 1 << 21)
    used = np.arange(4) < length[:, None]
    continued = np.arange(4) < (length - 1)[:, None]
    encoded = (parts | (continued * 128)).astype(np.uint8)[used]
    return len(numbers).to_bytes(4, "little") + bytes(encoded.tobytes())
