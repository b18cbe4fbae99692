"""Problems as values: where, how grave, which rule, what is wrong, how to mend it.

Nothing here prints: a reporter in ``noticeboard.commands`` turns problems into words for a person or a machine.
"""

from __future__ import annotations

import enum
import errno
from collections.abc import Iterable
from dataclasses import dataclass, replace
from heapq import nsmallest
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
    gravest = nsmallest(most, problems, lambda problem: (problem.severity is not Severity.ERROR, problem.place))
    *first, last = gravest
    left = count - len(first) - 1
    return [*first, replace(last, remedy=f"{last.remedy}（这个文件还有 {left} 处，没有列出；先改好这些，再检查一次）")]


def clipped(text: str, most: int = 200) -> str:
    """A text of a file as a message repeats it: not a whole page."""
    return text if len(text) <= most else f"{text[:most]}……"


@dataclass(frozen=True)
class Rule:
    """What a file has to comply with: its code, how grave a breach is, and words for the writer of the file.

    ``title`` says what it demands and ``remedy`` how to mend a breach. Of reading, where each breach has its own
    remedy and the rule none, ``title`` says what is wrong.
    """

    code: str
    severity: Severity
    title: str
    remedy: str = ""

    @property
    def is_of_reading(self) -> bool:
        """Whether it is one of files as they are read; the others are of what a record says."""
        return not self.remedy

    def problem(self, file: Path, place: Place, what: str, remedy: str | None = None) -> Problem:
        """A breach of it; ``remedy`` where the rule's own is too general."""
        return Problem(file, place, self.severity, self.code, what, remedy or self.remedy)


#: All rules by code, in the order in which the modules that have them are imported.
RULES: dict[str, Rule] = {}


def rule(code: str, severity: Severity, title: str, remedy: str = "") -> Rule:
    """A rule, put on the list of all. Raises ``ValueError`` where another one has its code."""
    if code in RULES:
        raise ValueError(f"{code}: two rules")
    RULES[code] = Rule(code, severity, title, remedy)
    return RULES[code]


class ContentError(ValueError):
    """A value that cannot be what its field asks for, by the rule that says so; the reader adds the place."""

    def __init__(self, rule: Rule, what: str, remedy: str) -> None:
        super().__init__(what)
        self.rule = rule
        self.what = what
        self.remedy = remedy


class CannotRun(Exception):  # noqa: N818 - said to a person: what prevents the run, not an error of content
    """What prevents the run and is not content: a missing or unreadable folder, bad arguments. Exit code 2."""


_REASONS = {
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘的配额用完了",
    errno.EACCES: "没有权限",
    errno.EPERM: "系统不允许",
    errno.EROFS: "磁盘是只读的",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EEXIST: "那里已经有同名的文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ELOOP: "链接绕成了圈",
    errno.ENAMETOOLONG: "名字太长",
    errno.EBUSY: "正被别的程序使用",
    errno.EIO: "磁盘出错",
    errno.EMFILE: "打开的文件太多",
}


def reason(error: OSError) -> str:
    """Why a file could not be read or written, in words for a person."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)
