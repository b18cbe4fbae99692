"""What the same exact answers would cost with the known n-gram designs: ``python -m bench.ngrams [--made-up N]``.

- pairs → passages: of each pair of adjacent characters the passages that have it, in files by hash. A query's passages
  have all its pairs; whether they have these side by side, their texts tell;
- pairs → places: the same with the places of each pair in its passage, so every second pair tells all;
- suffixes in blocks: ours.

A sparing reader takes one file of postings after the other, and turns to the texts as soon as these are cheaper: few
bytes for many round trips. Every answer is read from the files and held against a plain scan. All designs have the same
text files and no facets; whole titles do not come first, for pairs do not tell them from other titles.
"""

from __future__ import annotations

import argparse
import json
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby, islice, pairwise, product

import numpy as np

from bench.boards import made_up
from bench.queries import Queries
from noticeboard.site.search import passages
from noticeboard.site.search.folding import fold
from noticeboard.site.search.index import index
from noticeboard.site.search.segment import FOLDER
from noticeboard.site.search.suffixes import Array
from tests.index_reader import BODY, OPEN, Reader

#: First hits of a search; bytes of a text file on average; bytes that a file of postings should have, as tried.
_SHOWN, _TEXT_BYTES, _FILE_BYTES = 20, 1700, (8000, 2000)
_START = f"{FOLDER}/start.bin"
_FACETS = ("/passages.bin", "/topics.bin", "/tables.bin", "/units.bin", "/pages.bin")
#: Files by hash: multiplying by an odd number gives each gram another number of 32 bits, and spreads them evenly.
_SPREAD, _BITS, _LOW = 2654435761, 32, (1 << 32) - 1

#: A folded term and the names of the files read, which it adds to → codes, and whether no text need be asked.
#: A code is ``2 * passage`` for its titles, ``2 * passage + 1`` for its other fields.
Find = Callable[[str, set[str]], tuple[set[int], bool]]


class Postings:
    """Characters → codes and pairs → codes, or places (code and offset), as files by hash and as a reader of these."""

    def __init__(
        self, joined: Sequence[str], start: dict[str, list[int]], file_bytes: int, *, with_places: bool
    ) -> None:
        """``joined``: the fields of each code, parted by NUL; ``start``: what each reader has to know first."""
        self._with_places, self._few, units = with_places, file_bytes // _TEXT_BYTES, _units("\0".join(joined) + "\0")
        sizes = np.array([len(_units(text)) + 1 for text in joined])
        begins, owner = np.cumsum(sizes) - sizes, np.arange(len(sizes)).repeat(sizes)
        is_solid = (units != 0) & (units != ord(" "))
        single, pairs = np.flatnonzero(is_solid), np.flatnonzero(is_solid[:-1] & is_solid[1:])
        grams = np.concatenate([units[single], units[pairs] << 16 | units[pairs + 1]])
        # Who looks for one character does not ask where. Without places, a pair stands at the beginning of its text.
        where = np.concatenate([begins[owner[single]], pairs if with_places else begins[owner[pairs]]])
        # A key has 32 bits, and 31 are enough for where it stands.
        entries = (grams * _SPREAD & _LOW) << 31 | where
        entries.sort()
        entries = entries[np.diff(entries, prepend=-1) != 0]
        keys, codes = entries >> 31, owner[entries & (1 << 31) - 1]
        is_first = np.diff(keys, prepend=-1) != 0
        self._keys, self._begins = keys[is_first], np.append(np.flatnonzero(is_first), len(keys))
        offsets, is_new = (entries & (1 << 31) - 1) - begins[codes], is_first | (np.diff(codes, prepend=-1) != 0)
        rows = ((codes, is_first), (offsets, is_new))
        self._planes = [np.where(is_whole, row, np.diff(row, prepend=0)) for row, is_whole in rows]
        guess = 1 + len(codes) // file_bytes
        self._number = 1 + guess * sum(map(len, islice(self._written(guess), 64))) // min(guess, 64) // file_bytes
        self.files = {f"postings/{at}.bin": content for at, content in enumerate(self._written(self._number))}
        self.files[_START] = zlib.compress(json.dumps({**start, "separators": self._number}).encode(), 9)

    def _written(self, number: int) -> Iterator[bytes]:
        """As varints: how many keys, these, how many postings each has, their codes, offsets in these; all in steps."""
        for begin, end in pairwise(np.searchsorted(self._keys * number >> _BITS, np.arange(number + 1))):
            here = self._begins[begin : end + 1]
            planes = [[end - begin], np.diff(self._keys[begin:end], prepend=0), np.diff(here)]
            planes += [plane[here[0] : here[-1]] for plane in self._planes]
            yield zlib.compress(_varints(np.concatenate(planes)), 9)

    def _read(self, gram: int, read: set[str]) -> Array:
        key = gram * _SPREAD & _LOW
        read.add(name := f"postings/{key * self._number >> _BITS}.bin")
        numbers = _numbers(zlib.decompress(self.files[name]))
        keys, sizes, planes = np.split(numbers[1:], [numbers[0], 2 * numbers[0]])
        at = np.flatnonzero(np.cumsum(keys) == key)
        begin = sizes[: at[0]].sum() if len(at) else 0
        codes, offsets = planes.reshape(2, -1)[:, begin : begin + sizes[at].sum()]
        sums = np.cumsum(offsets)
        # The first offset in a text is a step from its beginning.
        before = np.maximum.accumulate(np.where(codes > 0, sums - offsets, 0))
        return np.asarray(np.cumsum(codes) << _BITS | sums - before)

    def find(self, term: str, read: set[str], *, is_sparing: bool) -> tuple[set[int], bool]:
        """See ``Find``."""
        read.add(_START)
        units, with_places = _units(term).tolist(), self._with_places
        last = len(units) - 2
        pairs = sorted({*range(0, last, 2), last}) if with_places else [*range(last + 1)]
        if is_sparing:
            # By their bits backwards: pairs far apart first, since neighbours tell the same.
            pairs.sort(key=lambda at: f"{at:016b}"[::-1])
        left = self._read(units[0] << 16 | units[1] if last >= 0 else units[0], read)
        is_exact = with_places or last < 1
        for at in pairs[1:]:
            if is_sparing and len(left) <= self._few:
                is_exact = False
                break
            found = self._read(units[at] << 16 | units[at + 1], read) - at * with_places
            left = np.intersect1d(left, found, assume_unique=True)
        return set((left >> _BITS).tolist()), is_exact


def _units(text: str) -> Array:
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16).astype(np.int64)


def _varints(numbers: Array) -> bytes:
    """Seven bits a byte, low first; the high bit says that more follow. ``numbers`` are below ``2**35``."""
    parts = numbers[:, None] >> np.arange(0, 42, 7)
    is_used = (parts[:, :-1] > 0) | (np.arange(5) == 0)
    return bytes((parts[:, :-1] & 127 | (parts[:, 1:] > 0) * 128).astype(np.uint8)[is_used].tobytes())


def _numbers(content: bytes) -> Array:
    parts = np.frombuffer(content, np.uint8).astype(np.int64)
    begins = np.append(0, np.flatnonzero(parts < 1 << 7)[:-1] + 1)
    nth = np.arange(len(parts)) - begins.repeat(np.diff(begins, append=len(parts)))
    return np.add.reduceat((parts & 127) << (7 * nth), begins)


class _Asking:
    """The passages of all pages, and what answers about them cost."""

    def __init__(self, pages: Sequence[passages.Source]) -> None:
        every = [(at, passage) for at, page in enumerate(pages) for passage in page.passages]
        began = time.process_time()
        self.joined = ["\0".join(map(fold, fields)) for _, one in every for fields in (one.titles, one.body)]
        folded = time.process_time()
        self.ours = {name: content for name, content in index(pages) if not name.endswith(_FACETS)}
        self.taken = time.process_time() - folded
        self.texts = {name: content for name, content in self.ours.items() if "/text/" in name}
        packing = time.process_time()
        for content in self.texts.values():
            zlib.compress(zlib.decompress(content))
        # Folding, and packing the texts: every design needs it.
        self.gathered = folded - began + time.process_time() - packing
        self.pages, self.start = [at for at, _ in every], {"sources": [len(page.passages) for page in pages]}
        self.reader = Reader(self.ours)

    def find(self, term: str, read: set[str]) -> tuple[set[int], bool]:
        """Ours: see ``Find``. Of each passage only the better code is found."""
        self.reader.read = [_START]
        hits = self.reader.find(term).items()
        is_open = {2 * passage for passage, place in hits if place == OPEN}
        sizes = {self.reader.file_of(passage, "sizes") for passage, _ in hits}
        read.update(self.reader.read, sizes, (self.reader.text_file(code // 2) for code in is_open))
        codes = {2 * passage + (place == BODY) for passage, place in hits} - is_open
        return codes | {code for one in is_open for code in (one, one + 1) if term in self.joined[code]}, True

    def cost(self, term: str, find: Find, files: dict[str, bytes]) -> tuple[int, int, bool]:
        """Bytes until the first hits and their texts are there, bytes until all is exact, and whether it is."""
        read: set[str] = set()
        codes, is_exact = find(term, read)

        def is_hit(code: int) -> bool:
            read.add(self.reader.text_file(code // 2))
            return is_exact or term in self.joined[code]

        shown = list(islice(self.in_order(codes, is_hit), _SHOWN))
        to_hits = sum(len(files[name]) for name in read)
        found = {code // 2 for code in codes if is_exact or is_hit(code)}
        truth = {code for code, text in enumerate(self.joined) if term in text}
        is_right = found == {code // 2 for code in truth}
        is_right &= shown == list(islice(self.in_order(truth, truth.__contains__), _SHOWN))
        return to_hits, sum(len(files[name]) for name in read), is_right

    def in_order(self, codes: set[int], is_hit: Callable[[int], bool]) -> Iterator[int]:
        """The hits as they are shown, by passage; ``is_hit`` is asked late, since an answer may cost a file."""
        for by_title in (True, False):
            for _, page in groupby(sorted(codes), key=lambda code: self.pages[code // 2]):
                some = sorted(page, key=lambda code: (code % 2, code))
                if any(is_hit(code) for code in some if code % 2 == 0) == by_title:
                    hits = filter(is_hit, some)
                    yield from (code // 2 for code in hits if not (code % 2 and code - 1 in codes and is_hit(code - 1)))


def compare(sources: Sequence[passages.Source], queries: Sequence[tuple[str, str]]) -> None:
    """Prints a table of the designs; ``queries`` are ``(kind, query)``, of which those of two words are left out."""
    terms = [term for kind, query in queries if "two words" not in kind and (term := fold(query)) and " " not in term]
    asking = _Asking(sources)
    designs: list[tuple[str, Find, dict[str, bytes], float]] = []
    for file_bytes, with_places in product(_FILE_BYTES, (False, True)):
        title = f"pairs → {'places' if with_places else 'passages'}, files of {file_bytes // 1000} kB"
        began = time.process_time()
        postings = Postings(asking.joined, asking.start, file_bytes, with_places=with_places)
        seconds, files = asking.gathered + time.process_time() - began, postings.files | asking.texts
        designs.append((title, partial(postings.find, is_sparing=False), files, seconds))
        designs.append((f"{title}, sparing", partial(postings.find, is_sparing=True), files, seconds))
    designs.append(("suffixes in blocks", asking.find, asking.ours, asking.taken))
    weight = sum(map(len, asking.texts.values())) / 1e6
    print(f"{len(asking.joined) // 2:,} passages, {len(terms)} queries; {weight:.1f} MB of each index are texts\n")
    print("| design | kB to the first hits: median, 95th percentile | kB until exact: median, 95th, most ", end="")
    print("| MB | files | processor s to build | exact |\n| :--- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for title, find, files, seconds in designs:
        costs = np.array([asking.cost(term, find, files) for term in terms])
        hits, exact = (np.percentile(costs[:, at] / 1000, (50, 95, 100), method="inverted_cdf") for at in (0, 1))
        weights = ", ".join(f"{kb:,.1f}" for kb in hits[:2]) + " | " + ", ".join(f"{kb:,.1f}" for kb in exact)
        print(f"| {title} | {weights} | {sum(map(len, files.values())) / 1e6:.1f} ", end="")
        print(f"| {len(files):,} | {seconds:.0f} | {costs[:, 2].sum()} of {len(terms)} |")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.ngrams", description=__doc__.split("\n", 1)[0])
    for name, default in (("--made-up", 1000), ("--queries", 300), ("--seed", 1)):
        parser.add_argument(name, type=int, default=default, metavar="N")
    given = parser.parse_args()
    pages = list(passages.sources(made_up(given.made_up, given.seed)))
    compare(pages, list(Queries(pages, given.seed).draw(given.queries)))


if __name__ == "__main__":
    main()
