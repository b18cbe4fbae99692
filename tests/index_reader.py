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
        self.start = self.json("start.bin")
        self.segments = [SegmentReader(self, head) for head in self.start["segments"]]

    def bytes(self, name: str) -> bytes:
        """The content of a file."""
        self.read.append(f"search/v2/{name}")
        return zlib.decompress(self.files[f"search/v2/{name}"])

    def json(self, name: str) -> Any:
        """The content of a file of JSON."""
        return json.loads(self.bytes(name))

    def find(self, term: str) -> dict[int, int]:
        """Passage → where the folded ``term`` stands in it; ``OPEN`` where only its text tells."""
        found: dict[int, int] = {}
        first = 0
        for segment in self.segments:
            found |= {first + passage: place for passage, place in segment.find(term).items()}
            first += segment.head["passages"]
        return found

    def file_of(self, passage: int, name: str) -> str:
        """The path of a file of the segment that has this passage."""
        segment, _ = self._place(passage)
        return f"search/v2/{segment.folder}/{name}.bin"

    def text_file(self, passage: int) -> str:
        """The path of the file that has the text of a passage."""
        segment, at = self._place(passage)
        return f"search/v2/{segment.folder}/text/{at // 4}.bin"

    def _place(self, passage: int) -> tuple[SegmentReader, int]:
        for segment in self.segments:
            if passage < segment.head["passages"]:
                return segment, passage
            passage -= segment.head["passages"]
        raise IndexError


class SegmentReader:
    """Answers from the files of one segment."""

    def __init__(self, reader: Reader, head: dict[str, Any]) -> None:
        self._reader, self.head = reader, head
        self.folder = head["folder"]

    def find(self, term: str) -> dict[int, int]:
        """Passage → where the folded ``term`` stands in it; ``OPEN`` where only its text tells."""
        if not self.head["blocks"]:
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

        shelf = last(self.head["separators"])
        separators = self._reader.json(f"{self.folder}/shelf/{shelf}.bin")
        at = last(separators)
        return shelf * self.head["shelf"] + at, separators[at].encode("utf-16-le", "surrogatepass")

    def _read_block(self, number: int, piece: bytes, hits: dict[int, int]) -> bool:
        content = self._reader.bytes(f"{self.folder}/block/{number}.bin")
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
        content = self._reader.bytes(name)
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
