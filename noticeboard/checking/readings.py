"""Files read and judged by themselves, kept by their content: what did not change is not parsed or checked again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias, cast

from noticeboard.kept import Kept, key_of
from noticeboard.problems import ContentError, Rule
from noticeboard.reading.opening import record_content
from noticeboard.reading.read import R, Reading, read_bytes, refused
from noticeboard.record.model import Notice, Unit
from noticeboard.rules import of_record
from noticeboard.rules.registry import Finding
from noticeboard.versions import program

Findings: TypeAlias = "list[tuple[Rule, Finding]]"


def judged_alone(file: Path, content: bytes, kind: type[R]) -> tuple[Reading[R], Findings]:
    """A file's reading, and what the rules of single records find in it; nothing else decides either."""
    reading = read_bytes(file, content, kind)
    return reading, [] if reading.record is None else of_record(cast("Notice | Unit", reading.record))


class Readings:
    """Reads as ``read.read`` and finds as ``rules.of_record`` do."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._findings: dict[int, tuple[Notice | Unit, Findings]] = {}
        self._keys: dict[Path, bytes] = {}

    @property
    def keys(self) -> Mapping[Path, bytes]:
        """Of each file that was read, what tells its name and content from any other."""
        return self._keys

    def read(self, file: Path, kind: type[R]) -> Reading[R]:
        """One file by its content. Raises ``OSError``."""
        try:
            content = record_content(file)
        except ContentError as error:
            return refused(file, error)
        key = key_of("reading", program(), kind.__name__, str(file), content)
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
