"""A second reader of the search index, written from the description in ``noticeboard.site.search.index`` alone."""

from __future__ import annotations

import functools
import json
import zlib
from typing import Any

#: As ``index.js`` calls them.
WHOLE_TITLE, TITLE, BODY, OPEN = 1, 2, 3, 4
PIECE = 63


class Reader:
    """Answers from the files of an index, and remembers which it read."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.read: list[str] = []
        start = self._json("search/v1/start.bin")
        self.start = start
        self.folder = f"search/v1/{start['build']}"
        self.passages = sum(start["sources"])

    def _bytes(self, name: str) -> bytes:
        self.read.append(name)
        return zlib.decompress(self.files[name])

    def _json(self, name: str) -> Any:
        return json.loads(self._bytes(name))

    def passage(self, number: int) -> list[Any]:
        shown: list[Any] = self._json(f"{self.folder}/text/{number // 8}.bin")["passages"][number % 8]
        return shown

    def find(self, term: str) -> dict[int, int]:
        """Passage → where the folded ``term`` stands in it; ``OPEN`` where only its text tells."""
        if not self.start["blocks"]:
            return {}
        units = term.encode("utf-16-le", "surrogatepass")
        pieces = [units[at : at + 2 * PIECE] for at in range(0, len(units), 2 * PIECE)]
        # No suffix begins with a blank.
        found = [self._look_up(unblanked) for piece in pieces if (unblanked := _without_first_blanks(piece))]
        if len(pieces) == 1:
            return found[0]
        return dict.fromkeys(set.intersection(*map(set, found)), OPEN)

    def _look_up(self, piece: bytes) -> dict[int, int]:
        (first, separator), (last, _) = self._block(piece, beyond=False), self._block(piece, beyond=True)
        hits: dict[int, int] = {}
        inner = first if separator == piece else first + 1
        is_listed = last - inner >= 2
        if is_listed:
            self._read_list(f"{self.folder}/list/{inner}-{last - 1}.bin", hits)
            self._read_block(last, piece, hits)
        blocks = iter(range(first, last if is_listed else last + 1))
        only_ends = self._read_block(next(blocks), piece, hits)
        while (only_ends or not is_listed) and (block := next(blocks, None)) is not None:
            only_ends = self._read_block(block, piece, hits)
        return hits

    def _block(self, piece: bytes, *, beyond: bool) -> tuple[int, bytes]:
        wanted = _units(piece)

        def last(separators: list[str]) -> int:
            behind = (
                at
                for at, separator in enumerate(separators)
                if (units := _units_of(separator)) <= wanted or (beyond and units[: len(wanted)] == wanted)
            )
            return max(behind, default=0)

        shelf = last(self.start["separators"])
        separators = self._json(f"{self.folder}/shelf/{shelf}.bin")
        at = last(separators)
        return shelf * self.start["shelf"] + at, separators[at].encode("utf-16-le", "surrogatepass")

    def _read_block(self, number: int, piece: bytes, hits: dict[int, int]) -> bool:
        content = self._bytes(f"{self.folder}/block/{number}.bin")
        count = int.from_bytes(content[:4], "little")
        planes = [content[4 + at * count : 4 + (at + 1) * count] for at in range(5)]
        rest = content[4 + 5 * count :]
        low, high = rest[: len(rest) // 2], rest[len(rest) // 2 :]
        wanted = _units(piece)
        known: list[int] = []
        read, only_ends = 0, True
        for shared, more, *code_bytes in zip(*planes, strict=True):
            known = known[:shared] + [low[at] | high[at] << 8 for at in range(read, read + more)]
            read += more
            passage, place = divmod(int.from_bytes(bytes(code_bytes), "little"), 4)
            if known[: len(wanted)] == wanted:
                behind = known[len(wanted) : len(wanted) + 1]
                is_open = place == 0 and not behind
                rank = BODY if place == 2 else WHOLE_TITLE if place == 0 and behind == [0] else TITLE
                hits[passage] = OPEN if is_open else min(rank, hits.get(passage, rank))
                only_ends = only_ends and behind == [0]
            elif known == wanted[: len(known)]:
                hits[passage] = OPEN
            elif known > wanted:
                return False
        return only_ends

    def _read_list(self, name: str, hits: dict[int, int]) -> None:
        content = self._bytes(name)
        at = 0
        for rank in (TITLE, BODY):
            count = int.from_bytes(content[at : at + 4], "little")
            at += 4
            passage = -1
            for _ in range(count):
                step = shift = 0
                while True:
                    byte = content[at]
                    at += 1
                    step |= (byte & 127) << shift
                    shift += 7
                    if byte < 128:
                        break
                passage += step + 1
                hits[passage] = min(rank, hits.get(passage, rank))


def _without_first_blanks(piece: bytes) -> bytes:
    while piece.startswith(b" \0"):
        piece = piece[2:]
    return piece


@functools.cache
def _units_of(separator: str) -> list[int]:
    return _units(separator.encode("utf-16-le", "surrogatepass"))


def _units(text: bytes) -> list[int]:
    return [int.from_bytes(text[at : at + 2], "little") for at in range(0, len(text), 2)]
