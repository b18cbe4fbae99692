"""Writing files: each whole or not at all; of a working folder only what changed, and nothing of others touched.

The site itself is published as a whole (``publish``).
"""

from __future__ import annotations

import filecmp
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from noticeboard.problems import CannotRun, reason

#: Names the files that an earlier run wrote, so that what has gone since can be taken away, and nothing else.
OURS = ".noticeboard.json"
#: Names, a line each, the files that a run is adding; a run that ends well leaves none.
_BEING_ADDED = ".noticeboard-adding"
_UNFINISHED = ".noticeboard-tmp"


@dataclass(frozen=True)
class Held:
    """Content that is kept elsewhere and read only where it is wanted."""

    size: int
    sha256: str
    load: Callable[[], bytes] = field(compare=False, repr=False)


#: What a file shall hold: bytes, a copy of another file, or what is kept elsewhere.
Content: TypeAlias = "bytes | Path | Held"


def sync(content: Iterable[tuple[str, Content]], folder: Path, *, is_ours: bool = False) -> list[str]:
    """Make ``folder`` hold ``content`` (path in it, what it holds), one by one; gives the paths written or removed.

    Where ``is_ours`` (the project's own output folders) nothing else may stand in it. Any other folder may be
    somebody's home: one with files but without our list is refused (``CannotRun``), and only what we wrote goes.
    """
    try:
        files = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
        known = [file for file in files if file not in (OURS, _BEING_ADDED)] if is_ours else written_before(folder)
        if known is None and folder.is_dir() and any(folder.iterdir()):
            raise CannotRun(f"文件夹 {folder} 不是空的，也不是本程序建的；换一个文件夹，或先清空它")
        return _sync(content, folder, set(known or []))
    except OSError as error:
        raise CannotRun(f"写不了文件夹 {folder}：{reason(error)}") from error


def _sync(content: Iterable[tuple[str, Content]], folder: Path, known: set[str]) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    # What a killed run left half written.
    for unfinished in folder.rglob(f"*{_UNFINISHED}*"):
        unfinished.unlink(missing_ok=True)
    written: set[str] = set()
    changed = []
    for path, new in content:
        if path not in known:
            # Named before it is written: a run that is killed leaves no file that nobody owns.
            with (folder / _BEING_ADDED).open("a", encoding="utf-8") as being_added:
                being_added.write(f"{path}\n")
        written.add(path)
        if _write(folder / path, new):
            changed.append(path)
    for path in sorted(known - written):
        file = folder / path
        file.unlink(missing_ok=True)
        remove_empty(file.parent, folder)
        changed.append(path)
    _write(folder / OURS, json.dumps(sorted(written), ensure_ascii=False, indent=0).encode("utf-8"))
    (folder / _BEING_ADDED).unlink(missing_ok=True)
    return changed


def written_before(folder: Path) -> list[str] | None:
    """What earlier runs of ``sync`` wrote, those that were killed too; ``None`` where there was none."""
    try:
        listing = json.loads((folder / OURS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        listing = None
    try:
        added = (folder / _BEING_ADDED).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        added = None
    if not isinstance(listing, list) and added is None:
        return None
    known = [*(listing if isinstance(listing, list) else ()), *(added or ())]
    # A list that somebody tampered with must not lead out of the folder.
    return [path for path in known if isinstance(path, str) and ".." not in Path(path).parts and path[:1] != "/"]


def _write(file: Path, content: Content) -> bool:
    """Write a file whole; ``False`` where it has this content already."""
    try:
        if holds(file, content):
            return False
    except OSError:
        file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"{file.name}{_UNFINISHED}{os.getpid()}")
    put(content, unfinished)
    unfinished.replace(file)
    return True


def put(content: Content, file: Path | str) -> None:
    """Write a new file. Raises ``OSError``."""
    if isinstance(content, Path):
        shutil.copyfile(content, file)
    else:
        with open(file, "wb") as opened:  # noqa: PTH123 - of thousands of files none needs a Path
            opened.write(content_of(content))


def content_of(content: Content) -> bytes:
    """The bytes that a file shall hold. Raises ``OSError``."""
    if isinstance(content, Held):
        return content.load()
    return content.read_bytes() if isinstance(content, Path) else content


def create(file: Path, text: str) -> None:
    """A text file that is not there yet, whole or not at all, with the line ends of the project on every system.

    Raises ``FileExistsError``, or another ``OSError``.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("x", encoding="utf-8", newline="\n") as opened:
        try:
            opened.write(text)
        except BaseException:
            file.unlink()
            raise


def create_all(texts: Iterable[tuple[Path, str]]) -> None:
    """Several such files, all or none. Raises ``CannotRun``."""
    written: list[Path] = []
    try:
        for file, text in texts:
            create(file, text)
            written.append(file)
    except BaseException as error:
        for file in written:
            file.unlink()
        if isinstance(error, FileExistsError):
            raise CannotRun(f"{error.filename} 已经有了，没有改动") from error
        if isinstance(error, OSError):
            raise CannotRun(f"写不了 {error.filename}：{reason(error)}；什么也没有写") from error
        raise


def rewrite(file: Path, content: bytes) -> None:
    """Put other content into a file of somebody's: whole or not at all, under its mode, through a link to it."""
    real = file.resolve()
    # Hidden: what a killed run leaves is no notice.
    unfinished = real.with_name(f".{real.name}{_UNFINISHED}{os.getpid()}")
    try:
        unfinished.write_bytes(content)
        shutil.copymode(real, unfinished)
        unfinished.replace(real)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise CannotRun(f"写不了文件 {file}：{reason(error)}；它没有改动") from error


def holds(file: Path, content: Content) -> bool:
    """Whether a file has this content. Raises ``OSError``."""
    if isinstance(content, bytes):
        return file.stat().st_size == len(content) and file.read_bytes() == content
    if isinstance(content, Held):
        return file.stat().st_size == content.size and digest_of(file) == content.sha256
    return file.stat().st_size == content.stat().st_size and filecmp.cmp(file, content, shallow=False)


def digest_of(file: Path) -> str:
    """The SHA-256 of a file. Raises ``OSError``."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def remove_empty(folder: Path, top: Path) -> None:
    """Take away a folder, and those above it below ``top``, that hold nothing any more."""
    while folder != top and folder.is_dir() and not _holds_anything(folder):
        folder.rmdir()
        folder = folder.parent


def _holds_anything(folder: Path) -> bool:
    # Not all of what it holds is read: it may be thousands of files.
    with os.scandir(folder) as found:
        return any(True for _ in found)


def entries(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything in a folder and below it, with its path there; links are not followed. Raises ``OSError``."""
    waiting = [""]
    while waiting:
        place = waiting.pop()
        with os.scandir(folder / place) as found:
            for entry in found:
                path = f"{place}{entry.name}"
                yield path, entry
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
