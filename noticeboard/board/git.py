"""A revision of the repository → the board that was published from it.

Read from git's objects, never from a work tree: what is being edited stays as it is, and nothing is checked out.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from noticeboard.board.addresses import Address
from noticeboard.board.board import Board, NoticeFile, UnitFolder, unit_folder
from noticeboard.board.folders import UNIT_FILE, addresses
from noticeboard.positions import Marks
from noticeboard.problems import CannotRun
from noticeboard.reading.opening import record_content
from noticeboard.reading.read import R, Reading, read_bytes
from noticeboard.record.model import Notice, Unit

#: No question at a terminal, no fetching behind our back, no lock in somebody's repository, messages in English.
_ENVIRONMENT = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"}
#: What git tells a hook of its own repository, by paths that hold in the hook's folder only.
_OF_HOOKS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
#: git's name for no commit at all (by SHA-1, by SHA-256): what was there before the first push to a branch.
_NO_COMMIT = frozenset({"0" * 40, "0" * 64})
#: Before any commit: the moment of one that has none.
_EPOCH = datetime.fromtimestamp(0, UTC)
#: Plain files, executable or not (and the mode that old versions of git wrote): no links, no submodules.
_FILE_MODES = (b"100644", b"100755", b"100664")


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


class Git:
    """The repository around a folder, asked by git's own commands."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("git")
        if program is None:
            raise CannotRun("没有安装 git，不能与以前的版本比较；安装 git，或不写 --base")
        self.program, self.folder = program, folder
        done = self._run("rev-parse", "--is-shallow-repository", "--show-prefix")
        if done.returncode:
            raise CannotRun(_no_repository(folder, _words(done.stderr)))
        shallow, _, prefix = os.fsdecode(done.stdout).partition("\n")
        self.is_shallow = shallow == "true"
        #: The way from the top of the repository: ``site/notices/``, or nothing.
        self.prefix = prefix.removesuffix("\n")

    def commit(self, revision: str) -> str:
        """The full name of the commit that ``revision`` means."""
        done = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if done.returncode == 0:
            return done.stdout.decode("ascii").strip()
        if self.is_shallow:
            raise CannotRun(
                f"这个克隆只有最近的几次提交（浅克隆），里面没有版本“{revision}”；"
                "先运行 git fetch --unshallow，在 GitHub Actions 里给 actions/checkout 写 fetch-depth: 0"
            )
        raise CannotRun(
            f"git 不认识版本“{revision}”；写提交号、标签或分支，例如 HEAD~1、origin/main"
            "（远程的分支先运行 git fetch origin）"
        )

    def is_modified(self) -> bool:
        """Whether something in the repository was changed, or added, and not committed."""
        return bool(self._run("status", "--porcelain").stdout)

    def files(self, commit: str) -> Iterator[tuple[PurePosixPath, str]]:
        """Path under the folder and object name of each plain file that stood there."""
        scope = ("--", self.prefix) if self.prefix else ()
        done = self._run("ls-tree", "-r", "-z", "--full-tree", commit, *scope)
        if done.returncode:
            raise CannotRun(f"git 读不出那个版本的文件：{_words(done.stderr)}")
        for entry in done.stdout.split(b"\0"):
            facts, _, raw_path = entry.partition(b"\t")
            path = os.fsdecode(raw_path)
            if facts[:6] in _FILE_MODES:
                yield PurePosixPath(path.removeprefix(self.prefix)), facts.split()[2].decode("ascii")

    def first_commits(self) -> dict[str, datetime]:
        """When each file of the folder was first committed (the author's moment), under whatever name it had then.

        By the path under the folder. A copy is a new file, a renamed one is not. Raises ``CannotRun`` where the history
        is not whole.
        """
        if self._run("rev-parse", "--verify", "--quiet", "HEAD").returncode:
            return {}
        # One walk for all files; git's own --follow takes a copy of another notice for that notice.
        done = self._run(
            *("-c", "log.showSignature=false", "log", "--topo-order", "--reverse", "-z", "--diff-filter=AR"),
            *("--find-renames", "--name-status", "--no-color", "--format=%x01%at", "HEAD"),
        )
        if done.returncode:
            raise CannotRun(f"git 读不出历史：{_words(done.stderr)}")
        first: dict[str, datetime] = {}
        moment = _EPOCH
        words = iter(os.fsdecode(done.stdout).split("\0"))
        for word in words:
            what = word.strip()
            if what.startswith("\x01"):
                moment = _moment(what.removeprefix("\x01"))
            elif what.startswith("R"):
                earlier, path = next(words), next(words)
                first[path] = first.get(earlier, moment)
            elif what:
                # A file that was deleted and came back came with the first one.
                first.setdefault(next(words), moment)
        return {
            path.removeprefix(self.prefix): moment
            for path, moment in first.items()
            if path.startswith(self.prefix) and moment > _EPOCH
        }

    def contents(self, revision: str, names: Iterable[str]) -> dict[str, bytes]:
        """The contents of objects by their names."""
        names = sorted(names)
        if not names:
            return {}
        done = self._run("cat-file", "--batch", said="".join(f"{name}\n" for name in names).encode("ascii"))
        contents, rest = {}, memoryview(done.stdout)
        for name in names:
            header, _, _ = bytes(rest[:200]).partition(b"\n")
            fields = header.split()
            if done.returncode or len(fields) != 3:  # noqa: PLR2004 - name, kind and size, else "… missing"
                raise CannotRun(
                    f"这个克隆不完整，缺少版本“{revision}”的文件内容；重新克隆一次，git clone 不加 --filter、--depth"
                )
            start, size = len(header) + 1, int(fields[2])
            contents[name] = bytes(rest[start : start + size])
            rest = rest[start + size + 1 :]
        return contents

    def _run(self, *arguments: str, said: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        environment = {key: value for key, value in os.environ.items() if key not in _OF_HOOKS}
        # Names of folders are names, whatever signs they have.
        environment |= {**_ENVIRONMENT, "GIT_LITERAL_PATHSPECS": "1"}
        command = [self.program, "-C", str(self.folder), *arguments]
        return subprocess.run(command, input=said, capture_output=True, check=False, env=environment)  # noqa: S603


def _moment(seconds: str) -> datetime:
    """Of a broken commit, whose moment no calendar has, the epoch."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return _EPOCH


def _words(said: bytes) -> str:
    return said.decode("utf-8", "replace").strip().removeprefix("fatal: ").partition("\n")[0]


def _no_repository(folder: Path, words: str) -> str:
    if "dubious ownership" in words:
        return (
            f"文件夹 {folder} 属于别的用户，git 不肯读；确认可信以后运行 "
            f"git config --global --add safe.directory {_top(folder)}"
        )
    if "not a git repository" in words:
        return f"文件夹 {folder} 不在 git 仓库里，没有可以比较的版本；在克隆下来的仓库里运行，或不写 --base"
    return f"git 读不了文件夹 {folder}：{words}"


def _top(folder: Path) -> Path:
    """The repository's top, as far as it can be seen without git."""
    here = folder.resolve()
    return next((parent for parent in (here, *here.parents) if (parent / ".git").exists()), here)
