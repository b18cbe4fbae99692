"""Readings and findings remembered: what did not change is neither parsed nor checked again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from noticeboard.problems import ContentError, Rule
from noticeboard.reading.opening import record_content
from noticeboard.reading.read import R, Reading, read_bytes, refused
from noticeboard.record.model import Notice, Unit
from noticeboard.rules import of_record
from noticeboard.rules.registry import Finding


@dataclass
class _Remembered:
    #: ``None``: it was not looked into.
    content: bytes | None
    reading: Reading[Any]
    #: The last content that could be read, with its reading.
    good: tuple[bytes, Reading[Any]] | None


@dataclass
class Memory:
    """Reads files as ``read.read`` does; one that cannot be read keeps its last good record beside its new problems."""

    _files: dict[Path, _Remembered] = field(default_factory=dict)
    _asked: set[Path] = field(default_factory=set)
    _findings: dict[int, tuple[Notice | Unit, list[tuple[Rule, Finding]]]] = field(default_factory=dict)

    def begin(self) -> None:
        """Before all files are read: what was asked for by a reading that came to no end counts for nothing."""
        self._asked = set()

    def read(self, file: Path, kind: type[R]) -> Reading[R]:
        """One file by its content, whatever its time says. Raises ``OSError``."""
        known = self._files.get(file)
        good = known.good if known else None
        content: bytes | None = None
        try:
            content = record_content(file)
        except ContentError as error:
            reading: Reading[R] = refused(file, error)
        else:
            is_same = known is not None and known.content == content
            reading = known.reading if known and is_same else read_bytes(file, content, kind)
            if reading.record is not None:
                good = (content, reading)
        self._files[file] = _Remembered(content, reading, good)
        self._asked.add(file)
        if reading.record is None and good is not None:
            return replace(reading, record=good[1].record, marks=good[1].marks)
        return reading

    def findings(self, record: Notice | Unit) -> list[tuple[Rule, Finding]]:
        """What ``rules.of_record`` finds."""
        # The record is kept beside its findings, so that no other one can come to have its id.
        if id(record) not in self._findings:
            self._findings[id(record)] = (record, of_record(record))
        return self._findings[id(record)][1]

    def forget(self) -> None:
        """Drop what was not asked for since ``begin``: files that are gone, and findings of former contents."""
        self._files = {file: self._files[file] for file in self._asked}
        kept = {id(known.good[1].record) for known in self._files.values() if known.good}
        self._findings = {key: found for key, found in self._findings.items() if key in kept}

    def unreadable(self) -> frozenset[Path]:
        """The files whose present content cannot be read."""
        return frozenset(file for file, known in self._files.items() if known.reading.record is None)

    def good(self) -> list[tuple[str, bytes]]:
        """Each file as it was last readable, by its path in a folder of units."""
        return [
            (f"{file.parent.resolve().name}/{file.name}", known.good[0])
            for file, known in sorted(self._files.items())
            if known.good
        ]
