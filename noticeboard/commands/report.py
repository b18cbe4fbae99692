"""Problems → words for a person, annotations for GitHub, or JSON."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from noticeboard.checking.explanations import explanation
from noticeboard.commands.excerpt import aside, excerpt
from noticeboard.problems import ContentError, Problem, Severity, foremost
from noticeboard.reading.opening import record_content
from noticeboard.text import LINE_END

#: Problems of one file that are shown to a person.
_MOST_OF_A_FILE = 100


def as_text(problems: Sequence[Problem]) -> str:
    """A block a problem: ``FILE:LINE:COL: 级别 代码 说明 — 怎样改``, the line with a caret below, perhaps an example.

    The first line is the fixed form that programs may rely on; what follows it is indented, up to an empty line.
    """
    lines_of = functools.cache(_lines)
    exemplified: set[str] = set()
    blocks = []
    for problem in _listed(problems):
        lines, place = lines_of(problem.file), problem.place
        shown = excerpt(lines[place.line - 1], place.line, place.column) if place.line <= len(lines) else ""
        # Once for each code.
        explained = explanation(problem.code) if problem.code not in exemplified else None
        if explained and explained.example:
            shown += aside("例", explained.example.splitlines())
        exemplified.add(problem.code)
        blocks.append(f"{problem}\n{shown}\n")
    return "".join(blocks)


def _listed(problems: Sequence[Problem]) -> Iterator[Problem]:
    """What a person is shown: the first of each file that has very many."""
    by_file: dict[Path, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.file, []).append(problem)
    for some in by_file.values():
        yield from foremost(some, _MOST_OF_A_FILE)


def _lines(file: Path) -> list[str]:
    """The lines of a file as its writer sees them, GBK too; none where it is gone or no text."""
    try:
        content = record_content(file)
    except (ContentError, OSError):
        return []
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return LINE_END.split(content.decode(encoding)) if b"\0" not in content else []
        except UnicodeDecodeError:
            continue
    return []


def as_github(problems: Sequence[Problem]) -> str:
    """Workflow commands, which GitHub shows at the line (docs.github.com, "Workflow commands")."""

    def escaped(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def in_property(text: str) -> str:
        return escaped(text).replace(":", "%3A").replace(",", "%2C")

    return "".join(
        f"::{problem.severity.name.lower()} file={in_property(problem.file.as_posix())},"
        f"line={problem.place.line},col={problem.place.column},title={in_property(problem.code)}"
        f"::{escaped(f'{problem.what} — {problem.remedy}')}\n"
        for problem in _listed(problems)
    )


def as_json(problems: Sequence[Problem]) -> str:
    """A list of objects: file, line, column, severity (``error``, ``warning``), code, message, remedy."""
    rows = [
        {
            "file": problem.file.as_posix(),
            "line": problem.place.line,
            "column": problem.place.column,
            "severity": problem.severity.name.lower(),
            "code": problem.code,
            "message": problem.what,
            "remedy": problem.remedy,
        }
        for problem in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {"text": as_text, "github": as_github, "json": as_json}


def summary(problems: Sequence[Problem]) -> str:
    """How many errors and warnings."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    return f"{errors} 个错误，{len(problems) - errors} 个警告"


def open_drafts(count: int) -> str:
    """What is left to be looked into, and what that means."""
    return f"草稿里还有 {count} 处“请核对”：自己看可以，删完以前不能公布（CI 和 publish.sh 会拦下）"


def show(problems: Sequence[Problem]) -> None:
    """The problems of a build on standard error."""
    sys.stderr.write(as_text(problems))
