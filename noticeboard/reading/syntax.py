"""Where YAML says that it is lost: the slip that accounts for it, else the parser's words in ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from noticeboard.problems import Place, Problem, Severity, rule
from noticeboard.reading.mistakes import slips
from noticeboard.text import LINE_END

YAML_SYNTAX = rule("yaml-syntax", Severity.ERROR, "YAML 写法有误")

# The C parser's words → ours. The first match counts.
_SYNTAX = (
    (
        "mapping values are not allowed",
        "这里多了一个冒号，或缩进不对",
        "含冒号的文字用英文引号括起来；同级的键左边对齐",
    ),
    ("could not find expected ':'", "这一行不是“键: 值”", "在键后加英文冒号和空格；续行的文字要比键多缩进两格"),
    ("quoted scalar", "引号没有成对，或引号里有不认识的 \\ 写法", "补上另一半引号；引号里的 \\ 写成 \\\\"),
    (
        "did not find expected ',' or '}'",
        "花括号 { } 没有配对，或少了逗号",
        "补上 } 或英文逗号；含逗号、冒号的文字加引号",
    ),
    (
        "did not find expected ',' or ']'",
        "方括号 [ ] 没有配对，或少了逗号",
        "补上 ] 或英文逗号；含逗号、冒号的文字加引号",
    ),
    (
        "did not find expected '-' indicator",
        "这一行的缩进与上面的键对不齐，也没有以“- ”开头",
        "是同一项的，与这一项的键左边对齐；是另一项的，与上一项对齐，以“- ”开头",
    ),
    ("did not find expected key", "这一行的缩进与上面的键对不齐", "与同级的键左边对齐；文字以引号开头时整段放进引号"),
    ("block sequence entries are not allowed", "列表不能写在键的同一行", "换行，以“- ”开头"),
    ("while scanning an a", "文字不能以 & 或 * 开头", "把整段文字用英文引号括起来"),
    ("cannot start any token", "文字不能以这个符号开头", "把整段文字用英文引号括起来"),
)


def place_of_mark(mark: Any) -> Place:
    """The place of a mark of PyYAML's, which counts from 0."""
    return Place() if mark is None else Place(mark.line + 1, mark.column + 1)


def explained(file: Path, text: str, error: yaml.MarkedYAMLError, known_keys: frozenset[str]) -> list[Problem]:
    """What is wrong with a ``text`` that the parser cannot read: the slips that account for it, if any are beside it.

    Elsewhere in the file only more of the same kind are believed: a sound line may look like another.
    """
    problem, found = _syntax_problem(file, error), list(slips(file, text, known_keys))
    above = problem.place.line - 1
    lines = LINE_END.split(text)
    # Between a line and the next that YAML reads there may be comments, as in a form.
    while above > 1 and lines[above - 1].strip()[:1] in ("", "#"):
        above -= 1
    near = [slip for slip in found if slip.place.line in (problem.place.line, above)]
    kinds = {slip.code for slip in near}
    return [slip for slip in found if slip.code in kinds] or [problem]


def _syntax_problem(file: Path, error: yaml.MarkedYAMLError) -> Problem:
    words = f"{error.context or ''} {error.problem or ''}"
    # An open quotation mark or bracket is found at the end of the file; where it was opened helps more.
    # A line without its colon is found at the next one.
    is_behind = any(word in words for word in ("quoted", "flow", "expected ':'"))
    unclosed = error.context_mark if is_behind else None
    place = place_of_mark(unclosed or error.problem_mark or error.context_mark)
    for pattern, what, remedy in _SYNTAX:
        if pattern in words:
            return YAML_SYNTAX.problem(file, place, what, remedy)
    what = "这里的写法 YAML 读不懂"
    return YAML_SYNTAX.problem(file, place, what, "检查这一行和上一行的缩进、冒号、引号和括号")
