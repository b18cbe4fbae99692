"""What decides the results of this program beside what it is given: its own files, and those that it rests on."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import os
import sys
from collections.abc import Iterable
from pathlib import Path

#: A library that is always there, beside which the others stand.
_LIBRARY = "yaml"


@functools.cache
def program() -> bytes:
    """The fingerprint of the program without its templates: its modules; libraries and Python by their versions.

    Raises ``ModuleNotFoundError`` where no library is installed.
    """
    package = Path(__file__).parent
    libraries = importlib.util.find_spec(_LIBRARY)
    if libraries is None or libraries.origin is None:
        raise ModuleNotFoundError(name=_LIBRARY)
    with os.scandir(Path(libraries.origin).parent.parent) as entries:
        versions = sorted(entry.name for entry in entries if entry.name.endswith(".dist-info"))
    return fingerprint(package.rglob("*.py"), sys.version, *versions)


def fingerprint(files: Iterable[Path], *words: str) -> bytes:
    """The fingerprint of files, wherever they stand together, and of words. Raises ``OSError``."""
    files = sorted(files)
    common = os.path.commonpath([file.parent for file in files]) if files else ""
    digest = hashlib.blake2b(digest_size=16)
    for word in words:
        digest.update(f"{len(word)} {word}\n".encode("utf-8", "surrogateescape"))
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.relative_to(common).as_posix()}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.digest()
