"""What stands in folders, looked at again and again: works on network drives too, where nobody reports a change."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

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
    for folder, folders, names in os.walk(root, followlinks=True):
        folders[:] = [name for name in folders if not name.startswith((".", "~")) and name != "__pycache__"]
        yield from (os.path.join(folder, name) for name in names if not _is_passing(name))  # noqa: PTH118


def _is_passing(name: str) -> bool:
    return name.startswith((".", "~")) or name.endswith(("~", ".swp", ".swx", ".tmp", ".bak"))
