"""Problems → words for a person, annotations for GitHub, or JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence

from noticeboard.problems import Problem, Severity


def as_text(problems: Sequence[Problem]) -> str:
    """One line a problem: ``FILE:LINE:COL: 级别 代码 说明 — 怎样改``."""
    return "".join(f"{problem}\n" for problem in problems)


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
        for problem in problems
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


def show(problems: Sequence[Problem]) -> None:
    """The problems of a build on standard error."""
    sys.stderr.write(as_text(problems))
