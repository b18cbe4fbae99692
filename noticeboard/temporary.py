"""Folders for the time of a run: one process's alone, gone with it; what a killed run left goes with the next one.

Which of them a living process holds is told by a lock on a file in each: the system lifts it however a process ends.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from noticeboard.problems import CannotRun

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PREFIX = "noticeboard-"
_LOCK = "lock"
_CONTENT = "content"
#: Keeps the folder out of what git tells of the repository it stands in.
_IGNORE = ".gitignore"
#: How often, and after how many seconds, one asks again for a folder that another process holds.
_TRIES = 600
_PAUSE = 0.1
#: What file systems say that know no locks.
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.EBADF})


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """An empty folder of the system's temporary one. Raises ``CannotRun`` where there can be none."""
    try:
        _sweep(Path(tempfile.gettempdir()))
        while True:
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
            # A run that sweeps may have been quicker, and takes it away.
            lock = _lock(folder)
            if lock is not None:
                break
        (folder / _CONTENT).mkdir()
    except OSError as error:
        raise CannotRun(f"建不了临时文件夹 {error.filename or ''}：{error.strerror}") from error
    try:
        yield folder / _CONTENT
    finally:
        _release(folder, lock)


@contextmanager
def claimed(folder: Path, target: Path) -> Iterator[Path]:
    """An empty folder under this name, in which to write for ``target``; what a killed run left in it is gone.

    Waits while another process holds it, a minute at the most. Raises ``CannotRun``, or ``OSError`` where it cannot
    be made.
    """
    for _ in range(_TRIES):
        folder.mkdir(exist_ok=True)
        try:
            lock = _lock(folder)
        except OSError:
            with contextlib.suppress(OSError):
                folder.rmdir()
            raise
        if lock is not None:
            break
        time.sleep(_PAUSE)
    else:
        raise CannotRun(f"另一个程序正在写 {target}，等了一分钟还没有完；等它完成，再运行一次")
    try:
        shutil.rmtree(folder / _CONTENT, ignore_errors=True)
        (folder / _IGNORE).write_bytes(b"*\n")
        (folder / _CONTENT).mkdir()
        yield folder / _CONTENT
    finally:
        _release(folder, lock)


def _sweep(place: Path) -> None:
    """Take away what killed runs of this user left there."""
    for folder in place.glob(f"{_PREFIX}*"):
        # One without a lock is being made, or nobody's we know.
        with contextlib.suppress(OSError):
            if (folder / _LOCK).is_file():
                lock = _lock(folder, is_sure=True)
                if lock is not None:
                    _release(folder, lock)


def _lock(folder: Path, *, is_sure: bool = False) -> BinaryIO | None:
    """Hold a folder; ``None`` where another process does, or (``is_sure``) nobody can tell. Raises ``OSError``."""
    try:
        if folder.is_symlink() or (sys.platform != "win32" and folder.stat().st_uid != os.geteuid()):
            # In a folder that all may write to, somebody else could lead us astray.
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
        opened = (folder / _LOCK).open("ab")
    except FileNotFoundError:
        # Its holder is just going.
        return None
    try:
        is_held = _try(opened)
        with contextlib.suppress(FileNotFoundError):
            # The holder before may have taken the file away that we waited for.
            if (is_held or (is_held is None and not is_sure)) and os.path.samestat(
                os.fstat(opened.fileno()), (folder / _LOCK).stat()
            ):
                return opened
    except BaseException:
        opened.close()
        raise
    opened.close()
    return None


def _try(opened: BinaryIO) -> bool | None:
    """Lock an open file; ``None`` where the file system knows no locks."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return None if error.errno in _NO_LOCKS else False
    return True


def _release(folder: Path, lock: BinaryIO) -> None:
    shutil.rmtree(folder / _CONTENT, ignore_errors=True)
    if sys.platform == "win32":
        # There an open file cannot be taken away.
        lock.close()
    with contextlib.suppress(OSError):
        (folder / _IGNORE).unlink(missing_ok=True)
        if not (folder / _CONTENT).exists():
            # Last, and held: until it is gone, nobody else can take the folder.
            (folder / _LOCK).unlink()
    lock.close()
    with contextlib.suppress(OSError):
        folder.rmdir()
