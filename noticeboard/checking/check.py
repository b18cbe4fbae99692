"""Read and check: a folder of units and notices, alone or against a published revision → ``Checked``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from noticeboard.board import folders
from noticeboard.board.board import Board
from noticeboard.board.git import published
from noticeboard.changes.guard import broken_promises
from noticeboard.changes.words import Changed, changed
from noticeboard.paths import DOCS, NOTICES, shown
from noticeboard.problems import RULES, Problem, Severity
from noticeboard.reading import leaks
from noticeboard.reading.read import DRAFT_OPEN
from noticeboard.rules import Accepted, review


@dataclass(frozen=True)
class Checked:
    """A board that was read and checked."""

    board: Board
    problems: tuple[Problem, ...]
    accepted: dict[str, tuple[Accepted, ...]]
    #: What the person who asked should know, and is no problem.
    remarks: tuple[str, ...] = ()

    def blocks(self, *, strict: bool) -> bool:
        """Whether its problems forbid to publish it."""
        return any(strict or problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def open_drafts(self) -> int:
        """In how many places something is left to be looked into (请核对)."""
        return sum(problem.code == DRAFT_OPEN.code for problem in self.problems)

    def for_publishing(self) -> Checked:
        """The same where it is about to be published: what is left to be looked into is an error.

        It only reminds at a desk, where a draft is being read.
        """
        grave = (replace(one, severity=Severity.ERROR) if one.code == DRAFT_OPEN.code else one for one in self.problems)
        return replace(self, problems=tuple(grave))


def check(notices: Path | None = None, paths: Iterable[Path] = (), base: str | None = None) -> Checked:
    """Read and check all notices, or those at ``paths``; against those at revision ``base``. Raises ``CannotRun``."""
    paths = list(paths)
    is_named = folders.named_by(paths)
    board, problems = folders.load_paths(paths) if paths else folders.load(notices or shown(NOTICES))
    reviewed = review(board)
    if paths:
        # A unit's file that cannot be read concerns its notices too; what the rules say of the unit does not.
        found = {problem for problem in problems if is_named(problem.file) or problem.file.name == folders.UNIT_FILE}
        found |= {problem for problem in reviewed.problems if is_named(problem.file)}
    else:
        # The site has the pages of docs/ whatever notices it is made of.
        found = {*problems, *reviewed.problems, *leaks.of_pages(shown(DOCS))}
    remarks: tuple[str, ...] = ()
    if base is not None:
        lost, remarks = _compared(base, _whole(notices or shown(NOTICES), paths, board))
        found |= {problem for problem in lost if not paths or is_named(problem.file)}
    everything = sorted(found, key=lambda problem: problem.sort_key)
    asked = folders.only(board, paths) if paths else board
    accepted = {address: some for address, some in reviewed.accepted.items() if address in asked.by_address}
    return Checked(asked, tuple(everything), accepted, remarks)


@dataclass(frozen=True)
class Compared:
    """What a change changes, with the files that cannot be read now and were not compared."""

    changed: tuple[Changed, ...]
    unreadable: frozenset[Path]


def changes(base: str, folder: Path, board: Board, problems: Iterable[Problem]) -> Compared:
    """All that the ``board`` of a folder says otherwise than at revision ``base``. Raises ``CannotRun``.

    ``problems`` are those of reading it; what else was found does not matter.
    """
    unread = unreadable(board, problems)
    before = published(folder, base, board)
    return Compared(tuple(changed(before.board, board, before.unread, unread)), unread)


def unreadable(board: Board, problems: Iterable[Problem]) -> frozenset[Path]:
    """The files that are not on the ``board``, because they could not be read."""
    readable = {unit.file for unit in board.units} | {filed.file for filed in board.by_address.values()}
    grave = (one for one in problems if one.severity is Severity.ERROR and RULES[one.code].is_of_reading)
    return frozenset(problem.file for problem in grave) - readable


def _whole(usual: Path, paths: list[Path], board: Board) -> Iterator[tuple[Path, Board]]:
    """The folders that hold ``paths`` with all that is in them: what is gone from one may be where nobody pointed."""
    if not paths:
        yield usual, board
    for folder in map(shown, folders.holding(paths, usual)):
        yield folder, folders.load(folder)[0]


def _compared(base: str, boards: Iterable[tuple[Path, Board]]) -> tuple[list[Problem], tuple[str, ...]]:
    """What folders have lost or changed in silence since revision ``base``, and remarks."""
    problems: list[Problem] = []
    remarks: list[str] = []
    for folder, now in boards:
        before = published(folder, base, now)
        problems += broken_promises(before.board, now, before.unread, folders.standing(folder))
        if before.is_empty:
            remarks.append(f"版本“{base}”里没有文件夹 {folder} 的通报：全部是新的，没有可以比较的。")
    return problems, tuple(remarks)
