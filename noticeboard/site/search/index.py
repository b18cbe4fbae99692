"""The index of all passages as files under ``/search/v2/``: what they hold, and how a reader answers from them.

The index has segments: one of all units, and those of the notices by the months of their addresses: months and years
that follow each other share one as long as they are small (``shared``). A segment hangs on its own pages alone, and its
files stand in a folder that is named after their content: a change makes one segment anew, and whoever keeps files
keeps those of all others.

In a segment the folded fields of all passages are sorted by suffix (``suffixes``) and cut into blocks (``blocks``), so
the hits of any query, one character or sixty, stand side by side in one or two blocks; where they fill many, a list
says which passages these hold together. Every answer is exact. A reader fetches

1. ``start.bin``, JSON: ``segments``, that of the units first, then those of the notices, newest first; the passages of
   the site are those of the segments, one after the other. Of each segment: ``folder`` (of its files), ``years`` (of
   its notices, newest first; none for the units; several segments may have a year), ``passages`` and ``blocks`` (how
   many), ``shelf`` (how many blocks a shelf has), ``separators`` (of the first block of each shelf). ``pages`` is the
   folder of ``pages.bin``. What is in a folder never changes;
2. ``SEGMENT/shelf/N.bin`` of each segment, JSON: the separators of its blocks. A separator is the shortest text that
   sorts behind all suffixes of earlier blocks and not behind its own block's. Texts compare by units of UTF-16. The
   hits of a query stand in the blocks from F, the last whose separator is not behind the query (else the first), to L,
   the last whose separator is not behind all texts that begin with the query. Where there are no blocks there are no
   shelves;
3. ``SEGMENT/block/N.bin`` for F and L, and for those between, which all belong to the query. Call the first block
   whose separator begins with the query A (it is F or F + 1): where L - A is two or more, ``SEGMENT/list/A-B.bin``
   with B = L - 1 holds the passages of all from A to B, and of these none is fetched but F, and others after it only
   while every hit so far ends with its text (so that titles that are the query and nothing else are known);
4. ``SEGMENT/sizes.bin`` of the segments with hits, JSON: how many passages each page has. Hits stand by page, the
   pages by their best hit;
5. ``SEGMENT/text/N.bin``, JSON, to show hits and to decide what a block leaves open: ``passages`` has the passages 4N
   to 4N + 3 of the segment, each [place of its page in ``pages``, kind, anchor, number, titles, body, status or null],
   with a status of [code, sign, words, day]; ``pages`` has [name, address, unit, address of the unit, date, title].
   These texts are as recorded: whoever compares them folds them first (``folding``), as the blocks are folded;
6. for filters and their counts ``SEGMENT/passages.bin`` and ``SEGMENT/topics.bin`` of the segments with hits
   (``facets.columns``), ``tables.bin`` and ``units.bin`` of the units' segment (``facets.tables``), and, also for
   queries whose words stand apart, ``PAGES/pages.bin``: ``unit`` and ``year`` have a list for each segment, of each
   page the number of its unit (which is the place of the unit's own page) and the year, 0 for a unit. All are JSON;
   each filter needs some of them, the counts beside the filters all. One year is asked of its own segment only.

Every file is a zlib stream (RFC 1950), so no server needs to be told to compress. Numbers are little-endian.

A block is a row of planes: the number n of its suffixes (4 bytes); n bytes: how many units each shares with the one
before it; n bytes: how many follow here; 3 × n bytes: the low, the middle and the high bytes of its code, which is
passage × 4 + class (0: beginning of a title, 1: elsewhere in a title, 2: in other text), the passage counted in its
segment; then the low and then the high bytes of all units that follow. Unit 0 is the end of the text. A suffix that a
passage has several times may stand there once, in the best class. A suffix whose units here are fewer than the
query's, and agree with it, is open: only its text tells. No query of 64 units (``suffixes.DEPTH``) or more is looked
up whole: it is looked up in shorter pieces, and then the text tells. No suffix begins with a blank, and so no piece
may. A list is described in ``blocks.listing``.

Versions: a reader of ``v2`` reads every index under ``v2``; JSON may get new keys. Any other change makes it ``v3``.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeVar

from noticeboard.site.search.passages import Source
from noticeboard.site.search.segment import FOLDER, Head, ascii_json, compressed, name_of, segment

P = TypeVar("P")

#: Months share a segment up to so many notices: each query asks every segment, each change makes a whole one anew.
_MOST_NOTICES = 400
#: A large site has not more segments than about so many, but larger ones.
_SEGMENTS = 16
#: So many numbers has a year for its months (0: not known): spans of 2, 4, 8 … of them make up years.
_MONTHS = 16
#: A span of months that holds all that an address can have.
_ALL_MONTHS = _MONTHS << 14


def index(sources: Iterable[Source]) -> Iterator[tuple[str, bytes]]:
    """Every file of the index: its path in the site and its bytes. The same sources give the same files.

    ``sources``: as of ``passages.sources``. Raises ``CannotRun`` where there is more than the format can number.
    """
    heads = []
    for some in segmented(sources, lambda source: source.month):
        made = segment(some)
        heads.append(made.head)
        yield from made.files
    yield from start(heads)


def segmented(pages: Iterable[P], month_of: Callable[[P], tuple[int, int] | None]) -> list[tuple[P, ...]]:
    """What goes into each segment, units first (they have no month), then newest first; in the order of ``pages``.

    A month is its year and its number there, 0 where that is not known.
    """
    of_month: dict[int, list[P]] = {}
    units: list[P] = []
    for page in pages:
        month = month_of(page)
        of_all = units if month is None else of_month.setdefault(month[0] * _MONTHS + month[1], [])
        of_all.append(page)
    groups = shared({month: len(notices) for month, notices in of_month.items()})
    return [tuple(units), *(tuple(chain.from_iterable(of_month[month] for month in months)) for months in groups)]


def shared(notices: Mapping[int, int]) -> list[tuple[int, ...]]:
    """Which months share a segment, newest first: number of a month → how many notices it has, to groups of months.

    Spans of 2, 4, 8 … numbers, each beginning at a multiple of its length, that have few notices stay whole. So a
    notice more or less never moves months of another span, until a large site has twice as many.
    """
    most = _MOST_NOTICES
    while sum(notices.values()) > most * _SEGMENTS:
        most *= 2
    return list(_shared(0, _ALL_MONTHS, notices, most))


def _shared(first: int, length: int, notices: Mapping[int, int], most: int) -> Iterator[tuple[int, ...]]:
    months = tuple(sorted((month for month in notices if first <= month < first + length), reverse=True))
    if length == 1 or sum(notices[month] for month in months) <= most:
        if months:
            yield months
        return
    half = length // 2
    yield from _shared(first + half, half, notices, most)
    yield from _shared(first, half, notices, most)


def start(heads: Sequence[Head]) -> Iterator[tuple[str, bytes]]:
    """The files that stand beside the segments: what is read first, and whose each page is. ``heads``: units' first."""
    number = {slug: at for at, (slug, _) in enumerate(heads[0].pages)}
    pages = compressed(
        {
            "unit": [[number.get(slug, 0) for slug, _ in head.pages] for head in heads],
            "year": [[year for _, year in head.pages] for head in heads],
        }
    )
    folder = name_of([pages])
    yield f"{FOLDER}/{folder}/pages.bin", pages
    segments = [
        {
            "folder": head.folder,
            "years": head.years,
            "passages": head.passages,
            "blocks": head.blocks,
            "shelf": head.shelf,
            "separators": head.separators,
        }
        for head in heads
    ]
    yield f"{FOLDER}/start.bin", zlib.compress(ascii_json({"segments": segments, "pages": folder}))
