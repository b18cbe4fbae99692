"""Templates as they were compiled before, by their text: to compile those of a page takes longer than to fill them."""

from __future__ import annotations

import contextlib
import functools

from jinja2 import BytecodeCache, FileSystemBytecodeCache
from jinja2.bccache import Bucket

from noticeboard.paths import KEPT
from noticeboard.versions import program


class _Compiled(FileSystemBytecodeCache):
    """Beside what builds keep; where nothing can be written there, templates are compiled again."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """With the program: what its environments do with the same text may be another thing."""
        return super().get_cache_key(f"{program().hex()} {name}", filename)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


class _Remembered(BytecodeCache):
    """In this process alone."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self._codes.get((bucket.key, bucket.checksum))
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


@functools.cache
def compiled() -> BytecodeCache:
    """The compiled templates of all environments of this process."""
    folder = KEPT.with_name("templates")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return _Remembered()
    return _Compiled(str(folder))
