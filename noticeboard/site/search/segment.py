"""A part of the index that stands by itself: the passages of some pages → files and a head (described in ``index``)."""

from __future__ import annotations

import hashlib
import json
import math
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from noticeboard.board.addresses import Address
from noticeboard.problems import CannotRun
from noticeboard.site.search import facets
from noticeboard.site.search.blocks import BODY, CLASSES, TITLE, TITLE_START, blocks, listing, spans
from noticeboard.site.search.folding import fold
from noticeboard.site.search.passages import Passage, Source
from noticeboard.site.search.suffixes import DEPTH, END, Array, Suffixes, Texts

FOLDER = "search/v2"
#: A code has three bytes (about 140,000 notices).
_MOST_PASSAGES = (1 << 24) // CLASSES
#: Passages of a text file: few, since hits often stand far apart.
TEXTS = 4


@dataclass(frozen=True)
class Head:
    """What the first file tells of a segment."""

    #: Where its files are below ``FOLDER``, named after their content.
    folder: str
    passages: int
    blocks: int
    #: How many blocks a shelf has.
    shelf: int
    #: Of the first block of each shelf.
    separators: tuple[str, ...]
    #: The slug of the unit and the year of each page, 0 for a unit.
    pages: tuple[tuple[str, int], ...]

    @property
    def years(self) -> list[int]:
        """Of its notices, newest first; none where it is of units."""
        return sorted({year for _, year in self.pages if year}, reverse=True)


@dataclass(frozen=True)
class Segment:
    """Files, path in the site and bytes, and what the first file of the index tells of them."""

    head: Head
    files: tuple[tuple[str, bytes], ...]


def segment(sources: Iterable[Source]) -> Segment:
    """The segment of these pages: all units, or the notices of some years. The same sources give the same files.

    Raises ``CannotRun`` where there is more than the format can number.
    """
    sources = tuple(sources)
    passages = sum(len(source.passages) for source in sources)
    if passages > _MOST_PASSAGES:
        raise CannotRun(f"一起有 {passages} 个段落，查找的索引的一段最多容纳 {_MOST_PASSAGES} 个")
    separators: list[str] = []
    files = [*_columns(sources), *_texts(sources), *_sorted(sources, separators)]
    # As many in a shelf as there are shelves: what is read of either is as little as can be.
    shelf = max(1, math.isqrt(len(separators)))
    for at, first in enumerate(range(0, len(separators), shelf)):
        files.append((f"shelf/{at}.bin", zlib.compress(ascii_json(separators[first : first + shelf]))))
    folder = name_of(content for _, content in files)
    head = Head(
        folder=folder,
        passages=passages,
        blocks=len(separators),
        shelf=shelf,
        separators=tuple(separators[::shelf]),
        pages=tuple((source.unit_slug, source.year or 0) for source in sources),
    )
    return Segment(head, tuple((f"{FOLDER}/{folder}/{path}", content) for path, content in files))


def name_of(contents: Iterable[bytes]) -> str:
    """The folder of files with these contents."""
    digest = hashlib.sha256()
    for content in contents:
        digest.update(content)
    return digest.hexdigest()[:12]


def compressed(value: Any) -> bytes:
    """JSON as a file of the index."""
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


def ascii_json(value: Any) -> bytes:
    """JSON for separators: half of a pair of UTF-16 may stand in one, and UTF-8 has no form for it."""
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def _columns(sources: Sequence[Source]) -> Iterator[tuple[str, bytes]]:
    is_of_units = not any(source.year for source in sources)
    made = {
        "sizes": [len(source.passages) for source in sources],
        **facets.columns(sources),
        **(facets.tables(sources) if is_of_units else {}),
    }
    for name, value in made.items():
        yield f"{name}.bin", compressed(value)


def _texts(sources: Sequence[Source]) -> Iterator[tuple[str, bytes]]:
    passages = [(source, passage) for source in sources for passage in source.passages]
    for at, first in enumerate(range(0, len(passages), TEXTS)):
        some = passages[first : first + TEXTS]
        pages = {source.name: nth for nth, source in enumerate({source.name: source for source, _ in some}.values())}
        heads = {source.name: _head(source) for source, _ in some}
        shown = [[pages[source.name], *_shown(passage)] for source, passage in some]
        yield f"text/{at}.bin", compressed({"pages": list(heads.values()), "passages": shown})


def _head(source: Source) -> tuple[str, ...]:
    unit_address = Address.of_unit(source.unit_slug).path
    return source.name, source.address, source.unit_name, unit_address, source.date, source.title


def _shown(passage: Passage) -> list[Any]:
    """Kind, anchor, number, titles, body, status (code, sign, words, day) or null."""
    status = passage.status
    shown = status and [status.code, status.sign, status.words, status.as_of]
    return [passage.kind.value, passage.anchor, passage.number, passage.titles, passage.body, shown]


def _sorted(sources: Sequence[Source], separators: list[str]) -> Iterator[tuple[str, bytes]]:
    """All blocks and lists; the separator of each block is put behind ``separators``."""
    fields: list[str] = []
    code_of_field = array("i")
    for at, passage in enumerate(passage for source in sources for passage in source.passages):
        for own, place in ((passage.titles, TITLE), (passage.body, BODY)):
            fields += map(fold, own)
            code_of_field.extend([at * CLASSES + place] * len(own))
    texts, codes_of_fields = Texts.of(fields), np.frombuffer(code_of_field, np.int32)
    size = _block_size(len(texts.symbols))
    for everything in texts.suffixes():
        run, codes_of_run = _without_repeats(texts, everything, _codes(texts, everything, codes_of_fields))
        earlier = len(separators)
        codes = []
        for block in blocks(texts, run, codes_of_run, size):
            yield f"block/{len(separators)}.bin", block.content
            separators.append(block.separator)
            codes.append(block.codes)
        for first, last in spans(separators[earlier:]):
            content = listing(np.concatenate(codes[first : last + 1]))
            yield f"list/{earlier + first}-{earlier + last}.bin", zlib.compress(content)


def _block_size(symbols: int) -> int:
    """Blocks grow with the cube root of the segment: neither their number nor their size gets out of hand.

    Each query reads one or two of each segment, so they are small.
    """
    return max(128, int(3 * symbols ** (1 / 3)))


def _codes(texts: Texts, run: Suffixes, code_of_field: Array) -> Array:
    field = np.searchsorted(texts.starts, run.positions, side="right") - 1
    codes = code_of_field[field].astype(np.int64)
    begins_title = (run.positions == texts.starts[field]) & (codes % CLASSES == TITLE)
    return np.where(begins_title, codes - TITLE + TITLE_START, codes)


def _without_repeats(texts: Texts, run: Suffixes, codes: Array) -> tuple[Suffixes, Array]:
    """The run and its codes, without suffixes that tell nothing: those that end like a better one of the same passage.

    A title is mostly written once more behind its number, and each of its suffixes is there twice.
    """
    ends = run.positions + run.shared
    ends_of_earlier = np.roll(run.positions, 1) + run.shared
    is_whole = (run.shared == DEPTH) | ((texts.symbols[ends] == END) & (texts.symbols[ends_of_earlier] == END))
    earlier = np.roll(codes, 1)
    is_repeat = is_whole & (codes // CLASSES == earlier // CLASSES) & (codes % CLASSES >= earlier % CLASSES)
    is_repeat[:1] = False
    return Suffixes(run.positions[~is_repeat], run.shared[~is_repeat]), codes[~is_repeat]
