"""The notices as they stood at a revision of the repository → their board."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from noticeboard.board.addresses import Address
from noticeboard.board.board import Board, NoticeFile, UnitFolder, unit_folder
from noticeboard.board.folders import UNIT_FILE, addresses
from noticeboard.board.git import Git
from noticeboard.positions import Marks
from noticeboard.reading.opening import record_content
from noticeboard.reading.read import R, Reading, read_bytes
from noticeboard.record.model import Notice, Unit

#: git's name for no commit at all (by SHA-1, by SHA-256): what was there before the first push to a branch.
_NO_COMMIT = frozenset({"0" * 40, "0" * 64})


@dataclass(frozen=True)
class Published:
    """What stood in a folder of notices at a revision."""

    board: Board
    #: Addresses whose records this program cannot read, each with the file that is to blame.
    unread: Mapping[Address, Path]


def published(folder: Path, revision: str, now: Board) -> Published:
    """The board of ``folder`` at ``revision`` (all zeros: none yet); raises ``CannotRun`` where git cannot tell.

    A file that ``now`` has with the same content, wherever it stands, is not read again: its record is the same object.
    """
    git = Git(folder)
    if revision in _NO_COMMIT:
        return Published(Board(), {})
    commit = git.commit(revision)
    names = dict(git.files(commit))
    public = addresses(names)
    known = _names_of_known(now, len(commit))
    contents = git.contents(revision, {names[path] for path in public.values()} - known.keys())
    source = _Source(folder, names, known, contents)
    units: list[UnitFolder] = []
    unread: dict[Address, Path] = {}
    for slug in sorted({path.parts[0] for path in public.values()}):
        of_unit = {address: path for address, path in public.items() if path.parts[0] == slug}
        unit = source.read(PurePosixPath(slug, UNIT_FILE), Unit)
        if unit.record is None:
            unread |= dict.fromkeys(of_unit, unit.file)
            continue
        notices = []
        for address, path in of_unit.items():
            if path.name == UNIT_FILE:
                continue
            notice = source.read(path, Notice)
            if notice.record is None:
                unread[address] = notice.file
            else:
                notices.append(NoticeFile(slug, path.stem, notice.file, notice.record, notice.marks))
        # The name that it had, even where a link of this name leads elsewhere today.
        units.append(unit_folder(slug, unit.file, unit.record, unit.marks, notices))
    return Published(Board(tuple(units)), unread)


@dataclass(frozen=True)
class _Source:
    """The files of a revision by their paths under ``folder``, as far as they must be read."""

    folder: Path
    names: Mapping[PurePosixPath, str]
    known: Mapping[str, tuple[Notice | Unit, Marks]]
    contents: Mapping[str, bytes]

    def read(self, path: PurePosixPath, kind: type[R]) -> Reading[R]:
        name = self.names[path]
        record, marks = self.known.get(name, (None, Marks()))
        if isinstance(record, kind):
            return Reading(self.folder / path, record, marks, ())
        content = self.contents.get(name)
        # A file of the other kind with the same content: as wrong here as it is right there.
        return read_bytes(self.folder / path, b"" if content is None else content, kind)


def _names_of_known(now: Board, length: int) -> dict[str, tuple[Notice | Unit, Marks]]:
    """What was read already, by the names that git gives its content (``length``: 40 for SHA-1, 64 for SHA-256)."""
    known: dict[str, tuple[Notice | Unit, Marks]] = {}
    for unit in now.units:
        known[_object_name(unit.file, length)] = (unit.unit, unit.marks)
        for filed in unit.every_notice:
            known[_object_name(filed.file, length)] = (filed.notice, filed.marks)
    return known


def _object_name(file: Path, length: int) -> str:
    content = record_content(file)
    blob = b"blob %d\0%b" % (len(content), content)
    return (hashlib.sha1(blob, usedforsecurity=False) if length == 40 else hashlib.sha256(blob)).hexdigest()  # noqa: PLR2004
