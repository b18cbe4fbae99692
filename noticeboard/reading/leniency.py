"""What the C parser takes although YAML 1.2 does not: said, so that no text is lost and all programs read the same.

Each function is given a text's lines and places in them, and finds the place where it goes wrong with what and remedy.
The cases are those of the public YAML test suite (``tests/yaml_suite/cases.json``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from noticeboard.problems import Place

#: Where, what, remedy.
Found: TypeAlias = "tuple[Place, str, str]"

#: In flow (between brackets) a comma may stand between a value and the sign.
_GLUED = re.compile(r"[ \t]*,#|#")
#: The head of a block text: ``|``, ``>-``, ``|2``.
_GLUED_TO_HEAD = re.compile(r"[|>][-+0-9]*#")
#: A line that only closes what was opened above stands where its writer likes.
_CLOSING = re.compile(r"""[\s\]}"',]*""")


def glued_comment(lines: Sequence[str], end: Place, *, is_in_flow: bool) -> Iterator[Found]:
    """A ``#`` right behind a closing quotation mark, a bracket or (``is_in_flow``) a comma: no comment in YAML."""
    line = lines[end.line - 1]
    match = _GLUED.match(line, end.column - 1)
    if match and (is_in_flow or match[0] == "#"):
        yield _glued(end.line, match.end())


def glued_to_head(lines: Sequence[str], begin: Place) -> Iterator[Found]:
    """The same at the head of a block text."""
    match = _GLUED_TO_HEAD.search(lines[begin.line - 1], begin.column - 1)
    if match:
        yield _glued(begin.line, match.end())


def _glued(line: int, column: int) -> Found:
    return (
        Place(line, column),
        "“#”前面没有空格，读不准是文字还是注释",
        "是注释的，另起一行写；是文字的，整段用英文引号括起来",
    )


def glued_question_mark(lines: Sequence[str], begin: Place) -> Iterator[Found]:
    """A text in flow that begins with ``?``, which the parser takes for a sign of its own and drops."""
    if begin.column > 1 and lines[begin.line - 1][begin.column - 2 : begin.column - 1] == "?":
        yield Place(begin.line, begin.column - 1), "括号里的文字不能以 ? 开头", "把整段文字用英文引号括起来"


def outdented(lines: Sequence[str], begin: Place, end: Place, parent: int, *, is_quoted: bool) -> Iterator[Found]:
    """The first line of a quoted text or of brackets that is not indented more than its parent (0: there is none)."""
    for number in range(begin.line + 1, end.line + 1):
        line = lines[number - 1]
        column = len(line) - len(line.lstrip(" ")) + 1
        is_comment = not is_quoted and line[column - 1 : column] == "#"
        if column <= parent and not is_comment and not _CLOSING.fullmatch(line):
            inside = "引号" if is_quoted else "括号"
            yield Place(number, column), f"{inside}里换行以后的文字没有缩进", "续行要比键多缩进两格"
            return


def lost_beginning(lines: Sequence[str], begin: Place, parent: int) -> Iterator[Found]:
    """The first line of a block text that came out empty, taken for a comment since a blank line above is longer."""
    for number in range(begin.line + 1, len(lines) + 1):
        line = lines[number - 1]
        if line.strip():
            column = len(line) - len(line.lstrip(" ")) + 1
            if line[column - 1] == "#" and column > parent:
                yield Place(number, column), "这一行没有读成文字：它上面的空行里有更多的空格", "删去空行里的空格"
            return
