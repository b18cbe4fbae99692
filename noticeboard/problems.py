"""Problems as values: where, how grave, which rule, what is wrong, how to mend it.

Nothing here prints: a reporter in ``noticeboard.commands`` turns problems into words for a person or a machine.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path


class Severity(enum.Enum):
    """How grave a problem is: an error blocks a build, a warning only a strict one (``--strict``, or on CI)."""

    ERROR = "错误"
    WARNING = "警告"


@dataclass(frozen=True, order=True)
class Place:
    """A place in a text file; both numbers start at 1 and count characters, as editors show them."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True)
class Problem:
    """One located problem of one file."""

    file: Path
    place: Place
    severity: Severity
    code: str
    what: str
    remedy: str

    @property
    def sort_key(self) -> tuple[str, Place, str, str]:
        """By file, then by place; the rest only makes the order stable."""
        return (self.file.as_posix(), self.place, self.code, self.what)

    def __str__(self) -> str:
        """The fixed one-line form: ``FILE:LINE:COL: 级别 代码 说明 — 怎样改``."""
        return (
            f"{self.file}:{self.place.line}:{self.place.column}: "
            f"{self.severity.value} {self.code} {self.what} — {self.remedy}"
        )


def foremost(problems: Iterable[Problem], most: int, unseen: int = 0) -> list[Problem]:
    """The problems of one file, and where they and those ``unseen`` are more than ``most``: the first of them.

    Then errors come before warnings, and the last one says how many are left out.
    """
    problems = list(problems)
    count = len(problems) + unseen
    if count <= most:
        return problems
    *first, last = sorted(problems, key=lambda problem: (problem.severity is not Severity.ERROR, problem.place))[:most]
    left = count - len(first) - 1
    return [*first, replace(last, remedy=f"{last.remedy}（这个文件还有 {left} 处，没有列出；先改好这些，再检查一次）")]


def clipped(text: str, most: int = 200) -> str:
    """A text of a file as a message repeats it: not a whole page."""
    return text if len(text) <= most else f"{text[:most]}……"


class ContentError(ValueError):
    """A value that cannot be what its field asks for; the reader adds the place."""

    def __init__(self, code: str, what: str, remedy: str) -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.remedy = remedy


class CannotRun(Exception):  # noqa: N818 - said to a person: what prevents the run, not an error of content
    """What prevents the run and is not content: a missing or unreadable folder, bad arguments. Exit code 2."""
