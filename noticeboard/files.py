"""Writing a set of files into a folder: only what changed, each file whole or not at all, nothing of others touched."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from noticeboard.problems import CannotRun

#: Names the files that an earlier run wrote, so that what has gone since can be taken away, and nothing else.
OURS = ".noticeboard.json"
_UNFINISHED = ".noticeboard-tmp"


def sync(content: Mapping[str, bytes], folder: Path, *, is_ours: bool = False) -> list[str]:
    """Make ``folder`` hold ``content`` (path in it → bytes); gives the paths written or removed.

    Where ``is_ours`` (the project's own output folders) nothing else may stand in it. Any other folder may be
    somebody's home: one with files but without our list is refused (``CannotRun``), and only what we wrote goes.
    """
    try:
        known = _all_files(folder) if is_ours else _written_before(folder)
        if known is None and folder.is_dir() and any(folder.iterdir()):
            raise CannotRun(f"文件夹 {folder} 不是空的，也不是本程序建的；换一个文件夹，或先清空它")
        return _sync(content, folder, known or [])
    except OSError as error:
        raise CannotRun(f"写不了文件夹 {folder}：{error.strerror}") from error


def _sync(content: Mapping[str, bytes], folder: Path, known: list[str]) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    # What a killed run left half written.
    for unfinished in folder.rglob(f"*{_UNFINISHED}*"):
        unfinished.unlink(missing_ok=True)
    listing = json.dumps(sorted(content), ensure_ascii=False, indent=0).encode("utf-8")
    # First the union, last the new list: a run that is killed between leaves no file that nobody owns.
    if set(known) != content.keys():
        union = json.dumps(sorted({*known, *content}), ensure_ascii=False, indent=0).encode("utf-8")
        _write(folder / OURS, union)
    changed = [path for path, new in content.items() if _write(folder / path, new)]
    for path in sorted(set(known) - content.keys()):
        file = folder / path
        file.unlink(missing_ok=True)
        _remove_empty(file.parent, folder)
        changed.append(path)
    _write(folder / OURS, listing)
    return changed


def _all_files(folder: Path) -> list[str]:
    files = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return [file for file in files if file != OURS]


def _written_before(folder: Path) -> list[str] | None:
    try:
        listing = json.loads((folder / OURS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(listing, list):
        return None
    # A list that somebody tampered with must not lead out of the folder.
    return [path for path in listing if isinstance(path, str) and ".." not in Path(path).parts and path[:1] != "/"]


def _write(file: Path, content: bytes) -> bool:
    """Write a file whole; ``False`` where it has this content already."""
    try:
        if file.stat().st_size == len(content) and file.read_bytes() == content:
            return False
    except OSError:
        file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"{file.name}{_UNFINISHED}{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(file)
    return True


def _remove_empty(folder: Path, top: Path) -> None:
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
