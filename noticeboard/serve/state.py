"""What there is to show: the notices as they are now, the last whole site, and which version each of them is of."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from noticeboard.board.board import Board
from noticeboard.problems import Problem
from noticeboard.site.model.site import Site

#: The first page of the site, by its file in the tree.
HOME = "index.md"


@dataclass(frozen=True)
class State:
    """All that is made from at one version; the versions of a preview grow by one with each change."""

    version: int
    problems: tuple[Problem, ...]
    site: Site
    #: The pages (their files in the tree) that can be made alone: home, units, notices, ``docs``.
    pages: frozenset[str]
    #: Every file of a record as it was last readable, by its path in a folder of units.
    readable: tuple[tuple[str, bytes], ...]
    #: The files that cannot be read now: their page is that of a former content.
    old: frozenset[Path]


@dataclass(frozen=True)
class Whole:
    """A whole site that was built of one state, complete, in a folder of its own."""

    state: State
    folder: Path


@dataclass
class Made:
    """The pages made alone, each with the version that it was made of.

    Beside a page stand the files in its own folder: the QR code of a notice, the card of a unit.
    """

    _versions: dict[str, int] = field(default_factory=dict)
    _files: dict[str, dict[str, bytes]] = field(default_factory=dict)

    def is_of(self, page: str, version: int) -> bool:
        """Whether a page was made of this version, or could not be."""
        return self._versions.get(page) == version

    def take(self, page: str, version: int, files: dict[str, bytes] | None) -> None:
        """What was made; where nothing could be (``None``), a page stays as it was."""
        self._versions[page] = version
        if files is not None:
            self._files[page] = files

    def read(self, page: str, path: str) -> bytes | None:
        """A file of a page."""
        return self._files.get(page, {}).get(path)

    def keep(self, pages: frozenset[str], newer_than: int = 0) -> None:
        """Drop what was made of other pages, and what a whole site of that version shows as well or better."""
        for page in [*self._versions]:
            if page not in pages or self._versions[page] <= newer_than:
                del self._versions[page]
                self._files.pop(page, None)


def pages_of_records(board: Board) -> frozenset[str]:
    """The pages of all notices and units."""
    units, notices = (unit.page for unit in board.units), (filed.page for filed in board.by_address.values())
    return frozenset(page.page_file for page in (*units, *notices))


def page_of(path: str) -> str:
    """The page in whose folder a path of the site is: ``units/x/index.html``, ``units/x/contact.vcf`` → ``units/x.md``.

    Beside the first page stand files that are nobody's: ``feed.xml`` → nothing.
    """
    folder = path.rpartition("/")[0]
    return f"{folder}.md" if folder else HOME if path == "index.html" else ""


def is_page(path: str) -> bool:
    """Whether a path of the site is a page's own."""
    return path.rpartition("/")[2] == "index.html"


def read_inside(folder: Path, path: str) -> bytes | None:
    """The file at a path in a folder; ``None`` where there is none, or it is elsewhere (``..``, a link)."""
    # No file system knows names of any length, or with a NUL.
    with suppress(OSError, ValueError):
        file = (folder / path).resolve()
        if file.is_relative_to(folder.resolve()) and file.is_file():
            return file.read_bytes()
    return None
