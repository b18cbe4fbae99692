"""Files read and judged by themselves, kept by their content: what did not change is not parsed or checked again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from pathlib import Path
from typing import TypeAlias, cast

from noticeboard.board.folders import UNIT_FILE
from noticeboard.kept import Kept, key_of, packed
from noticeboard.problems import ContentError, Rule
from noticeboard.reading.opening import record_content
from noticeboard.reading.read import R, Reading, read_bytes, refused
from noticeboard.record.base import Record
from noticeboard.record.model import Notice, Unit
from noticeboard.rules import of_record
from noticeboard.rules.registry import Finding
from noticeboard.versions import program
from noticeboard.workers import chunks, done

#: So few files are read by this process alone, and so many at once by another.
_FEW = 100

Findings: TypeAlias = "list[tuple[Rule, Finding]]"


def judged_alone(file: Path, content: bytes, kind: type[R]) -> tuple[Reading[R], Findings]:
    """A file's reading, and what the rules of single records find in it; nothing else decides either."""
    reading = read_bytes(file, content, kind)
    return reading, [] if reading.record is None else of_record(cast("Notice | Unit", reading.record))


#: A file by its name and content, and what it is read as.
_Unread: TypeAlias = "tuple[Path, bytes, type[Notice | Unit]]"


def _packed(some: tuple[_Unread, ...]) -> list[bytes]:
    """The readings of some files with their findings, as they are kept."""
    return [packed(judged_alone(*unread)) for unread in some]


class Readings:
    """Reads as ``read.read`` and finds as ``rules.of_record`` do; many files are read by ``executor`` beforehand."""

    def __init__(self, kept: Kept, executor: Executor | None = None) -> None:
        self._kept, self._executor = kept, executor
        self._findings: dict[int, tuple[Notice | Unit, Findings]] = {}
        self._keys: dict[Path, bytes] = {}

    @property
    def keys(self) -> Mapping[Path, bytes]:
        """Of each file that was read, what tells its name and content from any other."""
        return self._keys

    def prepare(self, files: Iterable[Path]) -> None:
        """Read by several processes what is not kept, where that is much; what cannot be read ``read`` tells of."""
        if self._executor is None:
            return
        missing: dict[bytes, _Unread] = {}
        for file in files:
            with contextlib.suppress(ContentError, OSError):
                kind = Unit if file.name == UNIT_FILE else Notice
                content = record_content(file)
                missing[_key(file, content, kind)] = (file, content, kind)
        for key in self._kept.get_all(missing):
            del missing[key]
        if len(missing) > _FEW:
            chunked = [*chunks([*missing.items()], _FEW)]
            jobs = (tuple(unread for _, unread in some) for some in chunked)
            for at, results in done(self._executor, _packed, jobs):
                for (key, _), result in zip(chunked[at], results, strict=True):
                    self._kept.put(key, result)
                self._kept.save()

    def read(self, file: Path, kind: type[R]) -> Reading[R]:
        """One file by its content. Raises ``OSError``."""
        try:
            content = record_content(file)
        except ContentError as error:
            return refused(file, error)
        key = _key(file, content, kind)
        reading: Reading[R]
        reading, findings = self._kept.cached(key, lambda: judged_alone(file, content, kind))
        self._keys[file] = key
        if reading.record is not None:
            # The record is kept beside its findings, so that no other one can come to have its id.
            self._findings[id(reading.record)] = (cast("Notice | Unit", reading.record), findings)
        return reading

    def findings(self, record: Notice | Unit) -> Findings:
        """What the rules of single records find in one that was read here."""
        return self._findings[id(record)][1]


def _key(file: Path, content: bytes, kind: type[Record]) -> bytes:
    return key_of("reading", program(), kind.__name__, str(file), content)
