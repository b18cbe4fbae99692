"""Queries drawn at random from texts: every kind that people type or paste, and some that stand nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from random import Random

from noticeboard.site.search.passages import Passage, Source

_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
#: Long enough to have something on both sides of a line end.
_BREAKABLE = re.compile(r"[\u4e00-\u9fff]{4,}")
_NUMBER = re.compile(r"[0-9][0-9.,:%/\-]*[0-9%]|〔[0-9]{4}〕[0-9]+号|[A-Za-z]{2,}[0-9A-Za-z@.]*")
_TO_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
#: Syntax of the search box; a query that is to be found as it stands must not begin like an exclusion or a phrase.
_SYNTAX = re.compile(r"^[-－]|\"|[\s\x85]")


class Queries:
    """Draws queries of each kind from the fields of all passages, in equal numbers."""

    def __init__(self, sources: Sequence[Source], seed: int) -> None:
        self._chance = Random(seed)
        self._fields = [field for source in sources for passage in source.passages for field in _fields(passage)]
        self._names = [source.title for source in sources]
        self.kinds: dict[str, Callable[[], str]] = {
            "word": self._word,
            "two words": lambda: f"{self._word()} {self._word()}",
            "two words of one text": self._words,
            "one character": lambda: self._piece(1, 1),
            "2 to 8 characters": lambda: self._piece(2, 8),
            "9 to 60 characters": lambda: self._piece(9, 60),
            "name": lambda: self._chance.choice(self._names),
            "number": self._number,
            "across a line end": self._broken,
            "full width": lambda: self._piece(2, 8, of=self._number_text()).translate(_TO_FULL_WIDTH),
            "nowhere": lambda: self._piece(3, 6)[::-1],
        }

    def draw(self, count: int) -> Iterator[tuple[str, str]]:
        """``count`` of ``(kind, query)``."""
        kinds = list(self.kinds)
        for at in range(count):
            kind = kinds[at % len(kinds)]
            query = self.kinds[kind]()
            while not query.strip() or (
                kind not in ("two words", "two words of one text") and _SYNTAX.search(query.replace("\n", ""))
            ):
                query = self.kinds[kind]()
            yield kind, query

    def _field(self) -> str:
        return self._chance.choice(self._fields)

    def _piece(self, least: int, most: int, of: str | None = None) -> str:
        text = of or self._field()
        length = self._chance.randint(least, most)
        begin = self._chance.randrange(max(1, len(text) - length + 1))
        return text[begin : begin + length]

    def _word_of(self, text: str) -> str:
        """Two to four characters from between punctuation: for want of a dictionary, what looks like a word."""
        runs: list[str] = _HAN.findall(text)
        run = self._chance.choice(runs or ["整改"])
        length = min(len(run), self._chance.choice((2, 2, 2, 3, 4)))
        begin = self._chance.randrange(len(run) - length + 1)
        return run[begin : begin + length]

    def _word(self) -> str:
        return self._word_of(self._field())

    def _words(self) -> str:
        text = self._field()
        return f"{self._word_of(text)} {self._word_of(text)}"

    def _number_text(self) -> str:
        while True:
            text = self._field()
            if _NUMBER.search(text):
                return text

    def _number(self) -> str:
        return self._chance.choice([number.group() for number in _NUMBER.finditer(self._number_text())])

    def _broken(self) -> str:
        runs: list[str] = []
        while not runs:
            runs = _BREAKABLE.findall(self._field())
        run = self._chance.choice(runs)
        cut = self._chance.randrange(1, len(run))
        return f"{run[max(0, cut - 4) : cut]}\n{run[cut : cut + 4]}"


def _fields(passage: Passage) -> Iterator[str]:
    yield from passage.titles
    yield from passage.body
