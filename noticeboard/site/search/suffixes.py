"""All suffixes of many texts in alphabetical order, a slice of the alphabet at a time.

The texts stand in one array of symbols, each closed by ``END``, which sorts before all others: a suffix ends where
its text ends. Equal suffixes keep the order of their texts. Sorting is a radix sort on packed symbols, the first
ones first (numpy), so the memory beside the texts depends on the slice and not on the size of the site.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

END = 0
#: Suffixes are sorted and told apart by so many symbols.
DEPTH = 64
_SLICE = 1 << 20
#: Bits of a number that symbols are packed into; the sign is left alone.
_BITS = 62

Array = NDArray[Any]


@dataclass(frozen=True)
class Suffixes:
    """A run of suffixes in order."""

    #: Where each begins in ``Texts.symbols``.
    positions: Array
    #: How many symbols each shares with the one before it, at most ``DEPTH``; 0 for the first.
    shared: Array


@dataclass(frozen=True)
class Texts:
    """Many texts as symbols, each closed by ``END``.

    A symbol stands for a unit of UTF-16, in the same order, so that a browser compares strings as we do.
    """

    #: Padded at the end, so that every suffix can be read to the full depth.
    symbols: Array
    #: Where each text begins.
    starts: Array
    #: The unit of UTF-16 of each symbol.
    units: Array

    @classmethod
    def of(cls, texts: Sequence[str]) -> Texts:
        """``texts`` must not hold NUL."""
        joined = "\0".join(texts) + "\0" * (DEPTH + 1)
        units = np.frombuffer(joined.encode("utf-16-le"), np.uint16)
        used = np.zeros(1 << 16, bool)
        used[units] = True
        symbols = (np.cumsum(used) - 1).astype(np.uint16)[units]
        ends = np.flatnonzero(symbols == END)
        starts = np.concatenate([[0], ends[: len(texts) - 1] + 1])
        return cls(symbols, starts, np.flatnonzero(used).astype(np.uint16))

    def suffixes(self) -> Iterator[Suffixes]:
        """All suffixes that do not begin with a blank; those of one first symbol stand in one run."""
        counts = np.bincount(self.symbols, minlength=len(self.units))
        counts[(self.units == END) | (self.units == ord(" "))] = 0
        first = 0
        while first < len(counts):
            past = first + 1
            while past < len(counts) and counts[first : past + 1].sum() <= _SLICE:
                past += 1
            if counts[first:past].any():
                chosen = np.zeros(len(counts), bool)
                chosen[first:past] = counts[first:past] > 0
                positions = self._sorted(np.flatnonzero(chosen[self.symbols]))
                yield Suffixes(positions, self._shared(positions))
            first = past

    def _packed(self, positions: Array, depth: int, length: int) -> Array:
        """``length`` symbols of each suffix from ``depth`` on as one number; behind its end all are ``END``."""
        packed = np.zeros(len(positions), np.int64)
        alive = np.ones(len(positions), bool)
        for at in range(depth, depth + length):
            symbol = self.symbols[positions + at] * alive
            packed = (packed << self._symbol_bits) | symbol
            alive = symbol != END
        return packed

    @property
    def _symbol_bits(self) -> int:
        return len(self.units).bit_length()

    def _sorted(self, positions: Array) -> Array:
        bits = self._symbol_bits
        depth = _BITS // bits
        keys = self._packed(positions, 0, depth)
        order = np.argsort(keys, kind="stable")
        positions, keys = positions[order], keys[order]
        places = np.arange(len(positions))
        while depth < DEPTH:
            # Only what is still alike is looked at further, each group of likes by itself.
            alike = np.zeros(len(keys) + 1, bool)
            alike[1:-1] = (keys[1:] == keys[:-1]) & ((keys[1:] & ((1 << bits) - 1)) != END)
            in_group = alike[1:] | alike[:-1]
            if not in_group.any():
                break
            places, group = places[in_group], np.cumsum(~alike[:-1][in_group])
            length = min((_BITS - int(group[-1]).bit_length()) // bits, DEPTH - depth)
            keys = (group << (bits * length)) | self._packed(positions[places], depth, length)
            order = np.argsort(keys, kind="stable")
            positions[places], keys = positions[places[order]], keys[order]
            depth += length
        return positions

    def _shared(self, positions: Array) -> Array:
        shared = np.zeros(len(positions), np.uint8)
        places = np.arange(1, len(positions))
        for depth in range(DEPTH):
            mine = self.symbols[positions[places] + depth]
            places = places[(mine == self.symbols[positions[places - 1] + depth]) & (mine != END)]
            if not len(places):
                break
            shared[places] += 1
        return shared
