"""How made-up notices speak: patterns with slots, filled from word lists and a long tail of made-up words.

All chance comes from ``Random.random()``, whose sequence Python guarantees for a seed, and is turned into choices by
sums of whole numbers alone: the same seed gives the same text on every machine.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from random import Random

from bench.words import FINDINGS, OFFICES, TOPIC_THINGS, WORDS, Office

#: Zipf–Mandelbrot: the weight of the word at rank r is 1 / (r + shift). The greater the shift, the more even.
_SHIFT_OF_WORDS = 4
_SHIFT_OF_CHARACTERS = 60
_SHIFT_OF_TAIL = 60
#: Ranks of made-up words; so many that even 10,000 notices meet new ones.
_TAIL = 400_000
#: One made-up word in so many is of three characters, all others of two.
_LONG_WORD = 4
#: Nothing that would read like a word nobody wants in a notice of a public office.
_UNWANTED = "死尸奸淫妓嫖屎尿屁赌毒杀鬼妖癌蛆贼娼妾奴婊狗猪蠢骚"
_SLOT = re.compile(r"\{(.+?)\}")
_LISTS = {name: tuple(words.split()) for name, words in WORDS.items()}
_THINGS = {topic: tuple(things.split()) for topic, things in TOPIC_THINGS.items()}


@functools.cache
def _weights(count: int, shift: int) -> list[int]:
    """Running sums of the weights of ``count`` ranks, in whole numbers."""
    return list(accumulate(10**12 // (rank + shift) for rank in range(1, count + 1)))


@functools.cache
def _characters() -> str:
    """Characters for made-up words, commonest first: those of the lists, then the other 3,755 of GB 2312 level 1."""
    texts = [
        *FINDINGS,
        *WORDS.values(),
        *TOPIC_THINGS.values(),
        *(thing for office in OFFICES for thing in office.things),
    ]
    used = Counter(character for text in texts for character in text)
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    level_1 = "".join(code.decode("gb2312", "ignore") for code in codes)
    chance = Random(2312)
    # Level 1 is in the order of sounds; without a shuffle all rare words would begin alike.
    order = {character: (-used[character], chance.random()) for character in level_1 if character not in _UNWANTED}
    return "".join(sorted(order, key=order.__getitem__))


@functools.lru_cache(100_000)
def tail_word(rank: int) -> str:
    """The made-up word at a rank: always the same one, of two or three characters."""
    characters = _characters()
    sums = _weights(len(characters), _SHIFT_OF_CHARACTERS)
    # Multiplying by an odd constant and folding scatters neighbouring ranks (as in splitmix64).
    state = (rank + 1) * 0x9E3779B97F4A7C15
    word = ""
    for _ in range(3 if rank % _LONG_WORD == 0 else 2):
        state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB % 2**64
        word += characters[bisect_right(sums, (state >> 3) % sums[-1])]
    return word


@functools.cache
def _parsed(pattern: str) -> tuple[str, ...]:
    """Literal text and names of slots by turns."""
    return tuple(_SLOT.split(pattern))


class Speaker:
    """One office speaking: its chance, its own places, firms, projects and things, and the topics at hand."""

    def __init__(self, chance: Random, office: Office, short_name: str) -> None:
        self.chance = chance
        self.short_name = short_name
        self.year = 2023
        self.topics: Sequence[str] = tuple(_THINGS)
        self.places = [self.tail_word() + self.even(("村", "社区", "镇", "街道", "片区")) for _ in range(4)]
        self.firms = [self.tail_word() + self.even(("公司", "合作社", "中心", "厂", "分公司")) for _ in range(2)]
        self.projects = [self._project() for _ in range(3)]
        own = [self.tail_word() + self.even(("", "", "费", "点", "库", "室", "证")) for _ in range(5)]
        # What an office deals with is partly its own, and not always the rarest of it.
        things = [(at + 6 * chance.random(), thing) for at, thing in enumerate(office.things)]
        things += [(14 * chance.random(), thing) for thing in own]
        self.things = [thing for _, thing in sorted(things)]

    def _project(self) -> str:
        return self.say("{色}") + self.tail_word() + (self.say("{式}") if self.happens(0.5) else "")

    def happens(self, share: float) -> bool:
        """True in this share of cases."""
        return self.chance.random() < share

    def whole(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self.chance.random() * (most - least + 1))

    def even(self, choices: Sequence[str]) -> str:
        """One of several, each as likely as the others."""
        return choices[int(self.chance.random() * len(choices))]

    def zipf(self, words: Sequence[str]) -> str:
        """One of several, the earlier ones more likely."""
        sums = _weights(len(words), _SHIFT_OF_WORDS)
        return words[bisect_right(sums, int(self.chance.random() * sums[-1]))]

    def tail_word(self) -> str:
        """A made-up word: some come often, most hardly ever."""
        sums = _weights(_TAIL, _SHIFT_OF_TAIL)
        return tail_word(bisect_right(sums, int(self.chance.random() * sums[-1])))

    def say(self, pattern: str) -> str:
        """The pattern with its slots filled."""
        parts = _parsed(pattern)
        said = parts[0]
        for at in range(1, len(parts), 2):
            said += self._fill(parts[at]) + parts[at + 1]
        return said

    def _fill(self, slot: str) -> str:
        words = _LISTS.get(slot)
        if words is not None:
            return self.zipf(words)
        if slot == "业":
            return self.zipf(self.things)
        if slot == "题":
            return self.zipf(_THINGS[self.even(self.topics)])
        if slot == "词":
            return self.tail_word()
        return self._fill_own(slot)

    def _fill_own(self, slot: str) -> str:
        """Places, projects, figures and dates."""
        return {
            "地": lambda: self.zipf(self.places),
            "企": lambda: self.zipf(self.firms),
            "牌": lambda: self.zipf(self.projects),
            "简": lambda: self.short_name,
            "月日": lambda: f"{self.whole(1, 12)}月{self.whole(1, 28)}日",
            "年": lambda: str(self.year - self.whole(0, 2)),
            "月": lambda: str(self.whole(1, 12)),
            "数": self._count,
            "百分": lambda: f"{self.whole(2, 99)}{f'.{self.whole(1, 9)}' if self.happens(0.5) else ''}%",
            "金额": self._amount,
        }[slot]()

    def _count(self) -> str:
        return str(self.whole(2, 9) if self.happens(0.6) else self.whole(10, 260))

    def _amount(self) -> str:
        return f"{self.whole(100, 99_999)}元" if self.happens(0.4) else f"{self.whole(1, 400)}.{self.whole(1, 99)}万元"
