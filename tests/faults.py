"""Faults at each touch of the disk: it is full, or the process is killed, at the first, the second, the third …"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

#: What Python tells a hook before it does it: what a full disk may refuse, and what it does not.
_WRITES = frozenset(["open", "os.chmod", "os.link", "os.mkdir", "os.rename", "os.symlink"])
_OTHERS = frozenset(["os.remove", "os.rmdir"])
_KILLED = 137


class _Faults:
    """One hook for the run of the tests: hooks cannot be taken away."""

    def __init__(self) -> None:
        self.below = ""
        self.countdown = 0
        self.is_kill = False
        sys.addaudithook(self._touched)

    def _touched(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.below or (event not in _WRITES and not (self.is_kill and event in _OTHERS)):
            return
        path, flags = arguments[0], arguments[-1]
        if event == "open" and not self.is_kill and isinstance(flags, int) and not flags & (os.O_WRONLY | os.O_RDWR):
            return
        if not isinstance(path, str | os.PathLike) or not os.fspath(path).startswith(self.below):
            return
        self.countdown -= 1
        if self.countdown == 0 and self.is_kill:
            os._exit(_KILLED)
        if self.countdown == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), os.fspath(path))

    def run(self, what: Callable[[], object], below: Path, at: int, *, is_kill: bool = False) -> None:
        self.below, self.countdown, self.is_kill = str(below), at, is_kill
        try:
            what()
        finally:
            self.below = ""


_FAULTS = _Faults()


def with_full_disk(run: Callable[[], object], below: Path, at: int) -> tuple[bool, Exception | None]:
    """Run, and let the write number ``at`` (from 1) below a folder fail; whether it came to that, and the error."""
    raised: Exception | None = None
    try:
        _FAULTS.run(run, below, at)
    except Exception as error:  # noqa: BLE001 - the test looks at it
        raised = error
    return _FAULTS.countdown <= 0, raised


def is_killed(run: Callable[[], object], below: Path, at: int) -> bool:
    """Run in a process of its own that ends, at once, before that touch; whether it came to that."""
    child = os.fork()
    if child == 0:
        try:
            _FAULTS.run(run, below, at, is_kill=True)
        except BaseException:  # noqa: BLE001 - nothing of the test's may go on here
            os._exit(1)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, _KILLED)
    return code == _KILLED
