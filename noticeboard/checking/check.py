"""Read and check: a folder of units and notices, alone or against a published revision → ``Checked``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from noticeboard.board import folders
from noticeboard.board.board import Board
from noticeboard.board.revisions import Published, published
from noticeboard.changes.guard import broken_promises
from noticeboard.changes.words import Changed, changed
from noticeboard.checking.readings import Readings
from noticeboard.paths import DOCS, NOTICES, shown
from noticeboard.problems import RULES, Problem, Rule, Severity
from noticeboard.reading import leaks
from noticeboard.reading.read import DRAFT_OPEN, read
from noticeboard.record.model import Notice, Unit
from noticeboard.rules import Accepted, of_record, review
from noticeboard.rules.registry import Finding


@dataclass(frozen=True)
class Checked:
    """A folder of notices that was read, and mostly checked."""

    #: The folder of all units.
    folder: Path
    board: Board
    problems: tuple[Problem, ...]
    #: The warnings that the editor of a notice accepts, by its address.
    accepted: Mapping[str, tuple[Accepted, ...]]
    #: What stood in the folder at the revision with which it is compared, where one was given.
    before: Published | None = None
    #: What the person who asked should know, and is no problem.
    remarks: tuple[str, ...] = ()
    #: Of each file of a record what tells its content from any other; empty where nobody keeps that.
    keys: Mapping[Path, bytes] = field(default_factory=dict)

    @cached_property
    def unreadable(self) -> frozenset[Path]:
        """The files that are not on the board, because they could not be read."""
        readable = {unit.file for unit in self.board.units} | {filed.file for filed in self.board.by_address.values()}
        grave = (
            problem
            for problem in self.problems
            if problem.severity is Severity.ERROR and RULES[problem.code].is_of_reading
        )
        return frozenset(problem.file for problem in grave) - readable

    @cached_property
    def changed(self) -> tuple[Changed, ...]:
        """All that the folder says otherwise than before; what is unreadable now was not compared."""
        if self.before is None:
            return ()
        return tuple(changed(self.before.board, self.board, self.before.unread, self.unreadable))

    def lost(self) -> Iterator[Problem]:
        """What it has lost or changed in silence since before."""
        if self.before is not None:
            standing = folders.standing(self.folder)
            yield from broken_promises(self.before.board, self.board, self.before.unread, standing)

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
        problems = tuple(
            replace(problem, severity=Severity.ERROR) if problem.code == DRAFT_OPEN.code else problem
            for problem in self.problems
        )
        return replace(self, problems=problems)


def read_folder(notices: Path | None = None, base: str | None = None, reader: folders.Reader = read) -> Checked:
    """A folder (the usual one) as it stands, and as it was at revision ``base``; no rule is applied.

    Raises ``CannotRun``.
    """
    folder = notices or shown(NOTICES)
    board, problems = folders.load(folder, reader)
    if base is None:
        return Checked(folder, board, _in_order(problems), {})
    before = published(folder, base, board)
    # No such folder, or no unit in it.
    is_empty = not before.board.units and not before.unread
    remark = f"版本“{base}”里没有文件夹 {folder} 的通报：全部是新的，没有可以比较的。"
    return Checked(folder, board, _in_order(problems), {}, before, (remark,) if is_empty else ())


def judged(
    folder: Checked,
    findings: Callable[[Notice | Unit], list[tuple[Rule, Finding]]] = of_record,
    outdated: Collection[Path] = (),
) -> Checked:
    """A folder that was read, with all that is to be found in it. Raises ``CannotRun``.

    ``findings`` as in ``rules.review``; ``outdated`` are files whose record is not their present content: what the
    rules say of it would only lead astray.
    """
    reviewed = review(folder.board, findings)
    found = {*folder.problems, *folder.lost()}
    found |= {problem for problem in reviewed.problems if problem.file not in outdated}
    # The site has the pages of docs/ whatever notices it is made of.
    found |= {*leaks.of_pages(shown(DOCS))}
    return replace(folder, problems=_in_order(found), accepted=reviewed.accepted)


def check(
    notices: Path | None = None,
    paths: Iterable[Path] = (),
    base: str | None = None,
    readings: Readings | None = None,
) -> Checked:
    """Read and check all notices, or those at ``paths``; against those at revision ``base``. Raises ``CannotRun``.

    ``readings`` spares the work for what did not change.
    """
    paths = list(paths)
    if paths:
        return _check_paths(notices or shown(NOTICES), paths, base)
    if readings is None:
        return judged(read_folder(notices, base))
    readings.prepare(folders.record_files([notices or shown(NOTICES)]))
    checked = judged(read_folder(notices, base, readings.read), readings.findings)
    return replace(checked, keys=readings.keys)


def _check_paths(usual: Path, paths: list[Path], base: str | None) -> Checked:
    is_named = folders.named_by(paths)
    board, problems = folders.load_paths(paths)
    reviewed = review(board)
    # What is gone from a folder may be where nobody pointed.
    wholes = [] if base is None else [read_folder(shown(folder), base) for folder in folders.holding(paths, usual)]
    found = {*reviewed.problems, *problems, *(problem for whole in wholes for problem in whole.lost())}
    found = {problem for problem in found if is_named(problem.file)}
    # A unit's file that cannot be read concerns its notices too; what the rules say of the unit does not.
    found |= {problem for problem in problems if problem.file.name == folders.UNIT_FILE}
    asked = folders.only(board, paths)
    accepted = {address: some for address, some in reviewed.accepted.items() if address in asked.by_address}
    remarks = tuple(remark for whole in wholes for remark in whole.remarks)
    return Checked(usual, asked, _in_order(found), accepted, remarks=remarks)


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.sort_key))
