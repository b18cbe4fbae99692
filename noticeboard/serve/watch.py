"""What stands in folders, looked at again and again: works on network drives too, where nobody reports a change."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from noticeboard.reading.opening import leads_out, project_of

#: Time (ns), size and identity of each file.
Snapshot: TypeAlias = "dict[str, tuple[int, int, int]]"


# Thousands of files are looked at several times a second: plain strings, not ``Path``.


def snapshot(roots: Iterable[Path]) -> Snapshot:
    """All files under ``roots``, without those that editors and Word keep beside a file while it is open."""
    found: Snapshot = {}
    for root in roots:
        for path in _files(str(root)):
            try:
                stat = os.stat(path)  # noqa: PTH116
            except OSError:
                # It went while we looked; the next look tells.
                continue
            found[path] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
    return found


def _files(root: str) -> Iterator[str]:
    if os.path.isfile(root):  # noqa: PTH113
        yield root
    project, seen = project_of(Path(root)), {os.path.realpath(root)}
    for folder, folders, names in os.walk(root, followlinks=True):
        folders[:] = [name for name in folders if _is_followed(os.path.join(folder, name), project, seen)]  # noqa: PTH118
        yield from (os.path.join(folder, name) for name in names if not _is_passing(name))  # noqa: PTH118


def _is_followed(folder: str, project: str, seen: set[str]) -> bool:
    """Whether to look into a folder: each once, and none that a link out of the project leads to."""
    name = os.path.basename(folder)  # noqa: PTH119
    if name.startswith((".", "~")) or name == "__pycache__":
        return False
    if os.path.islink(folder):  # noqa: PTH114
        real = os.path.realpath(folder)
        if real in seen or leads_out(Path(folder), project):
            return False
        seen.add(real)
    return True


def _is_passing(name: str) -> bool:
    return name.startswith((".", "~")) or name.endswith(("~", ".swp", ".swx", ".tmp", ".bak"))
