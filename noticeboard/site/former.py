"""Files that stand beside pages, at the old addresses of these pages too: an address once published always answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeVar

from noticeboard.board.board import Board
from noticeboard.files import Content

C = TypeVar("C", bound=Content)


def at_former_addresses(board: Board, files: Iterable[tuple[str, C]]) -> Iterator[tuple[str, C]]:
    """``files``, each followed by the same under every address from which its page has moved."""
    former = _former(board)
    for path, content in files:
        yield path, content
        # units/x/feed.xml and notices/x/2023/qr.svg stand in the page's folder, data/notices/x/2023.json is itself.
        place = path if path in former else path.rpartition("/")[0] + "/"
        for earlier in former.get(place, ()):
            yield earlier + path.removeprefix(place), content


def _former(board: Board) -> dict[str, list[str]]:
    """The folder of a page, or the data file of a notice → where they were before."""
    former: dict[str, list[str]] = defaultdict(list)
    for unit in board.units:
        former[unit.page.path] += [page.path for page in unit.former_pages]
        for filed in unit.every_notice:
            former[filed.page.path] += [page.path for page in filed.former_pages]
            former[filed.page.data_file] += [page.data_file for page in filed.former_pages]
    return former
