"""Two folders change places in one step, where the system can do that: Linux and macOS, on most file systems."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

# <fcntl.h>, <linux/fs.h>; <sys/stdio.h> of macOS.
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2


def exchange(one: Path, other: Path) -> None:
    """Whoever opens either path finds it whole, before and after. Raises ``OSError`` where that cannot be done."""
    paths = os.fsencode(one), os.fsencode(other)
    try:
        # Windows has no library of the whole program to look into, and says that of its name.
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            failed = library.renamex_np(*paths, _RENAME_SWAP)
        else:
            failed = library.renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE)
    except (AttributeError, TypeError):
        # Another system, or an older C library.
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS)) from None
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(one), None, str(other))
