"""The index of all passages as files under ``/search/v1/``: what they hold, and how a reader answers from them.

The folded fields of all passages are sorted by suffix (``suffixes``) and cut into blocks (``blocks``), so the hits of
any query, one character or sixty, stand side by side in one or two blocks; where they fill many, a list says which
passages these hold together. Every answer is exact. A reader fetches

1. ``start.bin``, JSON: ``build`` (the folder of all other files, whose content never changes), ``sources`` (how many
   passages each page has, in the order of passages), ``units`` (how many of the pages are of units, which come first),
   ``blocks`` (how many), ``shelf`` (how many blocks a shelf has), ``separators`` (of the first block of each shelf);
2. ``BUILD/shelf/N.bin``, JSON: the separators of its blocks. A separator is the shortest text that sorts behind all
   suffixes of earlier blocks and not behind its own block's. Texts compare by units of UTF-16. The hits of a query
   stand in the blocks from F, the last whose separator is not behind the query (else the first), to L, the last whose
   separator is not behind all texts that begin with the query. Where there are no blocks there are no shelves;
3. ``BUILD/block/N.bin`` for F and L, and for those between, which all belong to the query. Call the first block whose
   separator begins with the query A (it is F or F + 1): where L - A is two or more, ``BUILD/list/A-B.bin`` with
   B = L - 1 holds the passages of all from A to B, and of these none is fetched but F, and others after it only while
   every hit so far ends with its text (so that titles that are the query and nothing else are known);
4. ``BUILD/text/N.bin``, JSON, to show hits and to decide what a block leaves open: ``passages`` has the passages 8N to
   8N + 7, each [place of its page in ``pages``, kind, anchor, number, titles, body, status or null], with a status of
   [code, sign, words, day]; ``pages`` has [name, address, unit, address of the unit, date, title]. These texts are as
   recorded: whoever compares them folds them first (``folding``), as the blocks are folded;
5. ``BUILD/facets/NAME.bin``, JSON: the columns of ``facets``. ``pages`` tells the unit of each page, for queries
   whose words stand apart; each filter needs one or two of the files, the counts beside the filters all four.

Every file is a zlib stream (RFC 1950), so no server needs to be told to compress. Numbers are little-endian.

A block is a row of planes: the number n of its suffixes (4 bytes); n bytes: how many units each shares with the one
before it; n bytes: how many follow here; 3 × n bytes: the low, the middle and the high bytes of its code, which is
passage × 4 + class (0: beginning of a title, 1: elsewhere in a title, 2: in other text); then the low and then the
high bytes of all units that follow. Unit 0 is the end of the text. A suffix whose units here are fewer than the
query's, and agree with it, is open: only its text tells. No query of 64 units (``suffixes.DEPTH``) or more is looked up
whole: it is looked up in shorter pieces, and then the text tells. No suffix begins with a blank, and so no piece may. A
list is described in ``blocks.listing``.

Versions: a reader of ``v1`` reads every index under ``v1``; JSON may get new keys. Any other change makes it ``v2``.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from array import array
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import Any

import numpy as np

from noticeboard.board.addresses import Address
from noticeboard.problems import CannotRun
from noticeboard.site.search.blocks import BODY, CLASSES, TITLE, TITLE_START, blocks, listing, spans
from noticeboard.site.search.facets import Facets
from noticeboard.site.search.folding import fold
from noticeboard.site.search.passages import Passage, Source
from noticeboard.site.search.suffixes import Array, Suffixes, Texts

FOLDER = "search/v1"
#: So many blocks that a shelf costs little beside the block that is fetched next.
_SHELF = 128
#: A code has three bytes (about 140,000 notices).
_MOST_PASSAGES = (1 << 24) // CLASSES
#: Passages of a text file: few, since hits often stand far apart.
TEXTS = 8


def index(sources: Iterable[Source]) -> Iterator[tuple[str, bytes]]:
    """Every file of the index: its path in the site and its bytes. The same sources give the same files.

    Raises ``CannotRun`` where there is more than the format can number, ``OSError`` where there is no room for them.
    """
    gathered = _Gathered()
    for source in sources:
        gathered.add(source)
    gathered.close()
    separators: list[str] = []
    build = hashlib.sha256()
    # Until the name of their folder is known the files lie on the disk: at 10,000 notices they are large.
    with TemporaryFile() as kept:
        sizes: list[tuple[str, int]] = []
        for path, content in _files(gathered, separators):
            build.update(content)
            sizes.append((path, kept.write(content)))
        kept.seek(0)
        name = build.hexdigest()[:12]
        for path, size in sizes:
            yield f"{FOLDER}/{name}/{path}", kept.read(size)
    start = {
        "build": name,
        "sources": gathered.sizes,
        "units": gathered.units,
        "blocks": len(separators),
        "shelf": _SHELF,
        "separators": separators[::_SHELF],
    }
    yield f"{FOLDER}/start.bin", zlib.compress(_ascii(start))


def _files(gathered: _Gathered, separators: list[str]) -> Iterator[tuple[str, bytes]]:
    """All files of the folder of a build; the separator of each block is put behind ``separators``."""
    for at, text in enumerate(gathered.texts):
        yield f"text/{at}.bin", text
    for name, columns in gathered.columns.items():
        yield f"facets/{name}.bin", columns
    for path, content in _sorted(gathered, separators):
        yield path, zlib.compress(content)
    for at, first in enumerate(range(0, len(separators), _SHELF)):
        yield f"shelf/{at}.bin", zlib.compress(_ascii(separators[first : first + _SHELF]))


class _Gathered:
    """What is kept of all sources: the folded fields, and compressed already what is shown of them."""

    def __init__(self) -> None:
        self.fields: list[str] = []
        self.code_of_field = array("i")
        #: How many passages each source has.
        self.sizes: list[int] = []
        #: How many of them are units.
        self.units = 0
        self.texts: list[bytes] = []
        self.columns: dict[str, bytes] = {}
        self._facets = Facets()
        self._open: list[tuple[Source, Passage]] = []

    def add(self, source: Source) -> None:
        """The next page and its passages."""
        self._facets.add(source)
        first = len(self.texts) * TEXTS + len(self._open)
        for at, passage in enumerate(source.passages, first):
            for fields, place in ((passage.titles, TITLE), (passage.body, BODY)):
                self.fields += map(fold, fields)
                self.code_of_field.extend([at * CLASSES + place] * len(fields))
            self._open.append((source, passage))
            if len(self._open) == TEXTS:
                self._write()
        self.sizes.append(len(source.passages))
        self.units += source.year is None

    def close(self) -> None:
        """No more sources come. Raises ``CannotRun`` where there were too many."""
        passages = sum(self.sizes)
        if passages > _MOST_PASSAGES:
            raise CannotRun(f"共有 {passages} 个段落，查找的索引最多容纳 {_MOST_PASSAGES} 个")
        if self._open:
            self._write()
        self.columns = {name: _compressed(columns) for name, columns in self._facets.files().items()}

    def _write(self) -> None:
        pages = list(dict.fromkeys(_head(source) for source, _ in self._open))
        passages = [[pages.index(_head(source)), *_shown(passage)] for source, passage in self._open]
        self.texts.append(_compressed({"pages": pages, "passages": passages}))
        self._open.clear()


def _compressed(value: Any) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


def _head(source: Source) -> tuple[str, ...]:
    return (
        source.name,
        source.address,
        source.unit.short_name,
        Address.of_unit(source.unit_slug).path,
        source.date,
        source.title,
    )


def _shown(passage: Passage) -> list[Any]:
    """Kind, anchor, number, titles, body, status (code, sign, words, day) or null."""
    status = passage.status
    shown = status and [status.code, status.sign, status.words, status.as_of]
    return [passage.kind.value, passage.anchor, passage.number, passage.titles, passage.body, shown]


def _sorted(gathered: _Gathered, separators: list[str]) -> Iterator[tuple[str, bytes]]:
    """All blocks and lists; the separator of each block is put behind ``separators``."""
    texts, code_of_field = Texts.of(gathered.fields), np.frombuffer(gathered.code_of_field, np.int32)
    size = _block_size(len(texts.symbols))
    for run in texts.suffixes():
        earlier = len(separators)
        codes = []
        for block in blocks(texts, run, _codes(texts, run, code_of_field), size):
            yield f"block/{len(separators)}.bin", block.content
            separators.append(block.separator)
            codes.append(block.codes)
        for first, last in spans(separators[earlier:]):
            content = listing(np.concatenate(codes[first : last + 1]))
            yield f"list/{earlier + first}-{earlier + last}.bin", content


def _block_size(symbols: int) -> int:
    """Blocks grow with the cube root of the site: neither their number nor their size gets out of hand."""
    return max(256, int(7 * symbols ** (1 / 3)))


def _codes(texts: Texts, run: Suffixes, code_of_field: Array) -> Array:
    field = np.searchsorted(texts.starts, run.positions, side="right") - 1
    codes = code_of_field[field].astype(np.int64)
    begins_title = (run.positions == texts.starts[field]) & (codes % CLASSES == TITLE)
    return np.where(begins_title, codes - TITLE + TITLE_START, codes)


def _ascii(value: Any) -> bytes:
    # Half of a pair of UTF-16 may stand in a separator, and UTF-8 has no form for it.
    return json.dumps(value, separators=(",", ":")).encode("ascii")
