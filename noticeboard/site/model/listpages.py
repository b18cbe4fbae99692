"""Which notices' issues stand on which page of a list.

The numbered pages are filled from the oldest issue on, so that a new notice changes the newest of them only: page 1 of
a long list is its oldest hundred for good. The address of the list itself shows the newest page, and where that one has
few issues yet the one before it too. All of it is known without a row: from how many issues of each notice stand in a
list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

#: So many issues stand on a numbered page.
PAGE_LENGTH = 100
#: With fewer on the newest page the address of the list shows the one before it too.
ENOUGH = 50


@dataclass(frozen=True)
class Span:
    """Some of the issues of a notice that stand in a list: ``[start:stop]`` of them, in the order of the source."""

    #: ``shili/2023-12``.
    notice: str
    start: int
    stop: int


@dataclass(frozen=True)
class ListPage:
    """One page of a list: equal ones that show equal rows are the same page, however long the list has become."""

    address: str
    #: 1 is the oldest; 0 at the address of the list itself.
    number: int
    #: The newest notice first.
    spans: tuple[Span, ...] = ()
    #: Whether the numbered page after it exists.
    has_newer: bool = False
    #: The number of the page that goes on where it ends; 0: the list ends there.
    older: int = 0
    #: The number of the newest page, where it is told: at the address of the list. 0: all issues stand there.
    newest: int = 0

    @property
    def count(self) -> int:
        """How many issues it shows."""
        return sum(span.stop - span.start for span in self.spans)

    @property
    def is_filling(self) -> bool:
        """Whether it has a number and room for more: till then all that it shows stands at the list's address too."""
        return bool(self.number) and self.count < PAGE_LENGTH


def list_pages(shares: Iterable[tuple[str, Mapping[str, int]]]) -> dict[str, tuple[ListPage, ...]]:
    """The pages of each list by its address: that of the list itself, then those with a number, 1 first.

    ``shares`` are the addresses of notices (``shili/2023-12``), the newest first, each with how many of its issues
    stand in which list. A list of one page has none with a number.
    """
    of_list: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for notice, counts in shares:
        for address, count in counts.items():
            of_list[address].append((notice, count))
    return {address: tuple(_pages(address, found)) for address, found in of_list.items()}


def numbered_address(address: str, number: int) -> str:
    """The address of a numbered page of the list at ``address``."""
    return f"{address}{number}/"


def _pages(address: str, counts: list[tuple[str, int]]) -> Iterator[ListPage]:
    newest, on_newest = divmod(sum(count for _, count in counts) - 1, PAGE_LENGTH)
    newest, on_newest = newest + 1, on_newest + 1
    if newest == 1:
        yield ListPage(address, 0, tuple(Span(notice, 0, count) for notice, count in counts))
        return
    cut = _cut(counts, on_newest)
    if on_newest < ENOUGH:
        yield ListPage(address, 0, _joined(cut[0], cut[1]), older=newest - 2, newest=newest)
    else:
        yield ListPage(address, 0, cut[0], older=newest - 1, newest=newest)
    for number, spans in enumerate(reversed(cut), start=1):
        yield ListPage(numbered_address(address, number), number, spans, number < newest, number - 1)


def _cut(counts: Iterable[tuple[str, int]], length: int) -> list[tuple[Span, ...]]:
    """The issues of a list cut into pages, the newest first, which has this length; the others are full."""
    pages: list[list[Span]] = [[]]
    room = length
    for notice, count in counts:
        start = 0
        while start < count:
            if not room:
                pages.append([])
                room = PAGE_LENGTH
            stop = min(count, start + room)
            pages[-1].append(Span(notice, start, stop))
            room -= stop - start
            start = stop
    return [tuple(page) for page in pages]


def _joined(newer: tuple[Span, ...], older: tuple[Span, ...]) -> tuple[Span, ...]:
    """Two pages as one; the notice between whose issues they were cut is whole again."""
    last, first = newer[-1], older[0]
    if last.notice != first.notice:
        return newer + older
    return (*newer[:-1], Span(last.notice, last.start, first.stop), *older[1:])
