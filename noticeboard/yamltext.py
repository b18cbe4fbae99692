"""Text of a YAML file → plain values (dict, list, str) with the place of every key and value.

The files use the plain part of YAML 1.1: mappings, lists and texts. Every scalar is text, so that ``0746`` keeps
its zero and ``no`` stays a word. Anchors, aliases, tags, duplicate keys and second documents are problems.

Built from the event stream of PyYAML's C parser, on a stack of our own with a depth limit: its *loader* recurses in C
and ends the process at some 30,000 nested brackets, the pure Python one takes ten times as long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from noticeboard.encoding import NEVER_IN_VALUE, name_of_character
from noticeboard.problems import Place, Problem, Severity
from noticeboard.slips import slips

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
#: Keys and list positions from the top of the file: ("方面", 0, "问题", 2, "标题").
KeyPath: TypeAlias = "tuple[str | int, ...]"

#: Twice what a notice with four levels of issues needs; deeper nesting is a slip or an attack.
MAX_DEPTH = 24

CODES = {
    "yaml-syntax": "YAML 写法有误",
    "yaml-feature": "用了不支持的 YAML 写法",
    "duplicate-key": "同一个键写了两次",
    "too-deep": "嵌套的层数太多",
    "comment-in-text": "“#”把文字变成了注释",
}

#: A sign that begins a comment although it looks like text: 差旅费 #1 报销.
_CUT_OFF = re.compile(r"\s+(?P<rest>#[^\s#].*)")

# The C parser's words → ours. The first match counts.
_SYNTAX = (
    (
        "mapping values are not allowed",
        "这里多了一个冒号，或缩进不对",
        "含冒号的文字用英文引号括起来；同级的键左边对齐",
    ),
    ("could not find expected ':'", "这一行不是“键: 值”", "在键后加英文冒号和空格；续行的文字要比键多缩进两格"),
    (
        "quoted scalar",
        "引号没有成对，或引号里有不认识的 \\ 写法",
        "补上另一半引号；引号里的 \\ 写成 \\\\",
    ),
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


@dataclass(frozen=True)
class Mark:
    """Where a key and its value begin; for an item of a list both are the item."""

    key: Place
    value: Place


class Marks:
    """The place of every key and value of one file."""

    def __init__(self, marks: dict[KeyPath, Mark], blanks: tuple[KeyPath, ...] = ()) -> None:
        self._marks = marks
        #: Keys with nothing behind them, which the value does not have.
        self.blanks = blanks

    def find(self, path: KeyPath) -> Mark:
        """The mark at ``path``, else of its nearest ancestor.

        A position that the file does not have is passed over: a single value may stand where the model has a list.
        """
        known: KeyPath = ()
        for step in path:
            if (*known, step) in self._marks:
                known = (*known, step)
            elif isinstance(step, str):
                break
        return self._marks.get(known, Mark(Place(), Place()))


@dataclass
class _Open:
    """A mapping or list that is being read."""

    value: list[Value] | dict[str, Value]
    path: KeyPath
    place: Place
    keys: dict[str, Place] = field(default_factory=dict)
    pending: str | None = None
    #: Whether the latest key had been there before.
    is_repeating: bool = False


def parse(file: Path, text: str, known_keys: frozenset[str]) -> tuple[Value | None, Marks, list[Problem]]:
    """The value of a YAML text, the places in it, and all problems of form; the value is ``None`` where it has none."""
    reader = _Reader(file)
    try:
        value = reader.read(text)
    except yaml.MarkedYAMLError as error:
        reader.problems += _explained(_syntax_problem(file, error), list(slips(file, text, known_keys)), text)
        value = None
    except _Stop:
        value = None
    else:
        swallowed = {line for first, last in reader.plain_lines for line in range(first + 1, last + 1)}
        reader.problems += [slip for slip in slips(file, text, known_keys) if slip.place.line in swallowed]
    return value, Marks(reader.marks, tuple(reader.blanks)), reader.problems


class _Stop(Exception):  # noqa: N818 - it ends the reading, the problem has been noted
    """Reading on makes no sense."""


class _Reader:
    def __init__(self, file: Path) -> None:
        self.file = file
        self.marks: dict[KeyPath, Mark] = {}
        self.blanks: list[KeyPath] = []
        self.problems: list[Problem] = []
        #: First and last line of each unquoted text of several lines.
        self.plain_lines: list[tuple[int, int]] = []
        self._stack: list[_Open] = []
        self._root: Value | None = None
        self._lines: list[str] = []

    def _report(self, place: Place, code: str, what: str, remedy: str) -> None:
        self.problems.append(Problem(self.file, place, Severity.ERROR, code, what, remedy))

    def read(self, text: str) -> Value | None:
        # A last empty line: the mark of a text may stand behind the last one.
        self._lines = [*re.split(r"\r\n|\r|\n", text), ""]
        parser = yaml.CSafeLoader(text)
        documents = 0
        try:
            while parser.check_event():
                event = parser.get_event()
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        place = _place(event)
                        self._report(place, "yaml-feature", "一个文件里有两份文档（---）", "拆成两个文件，或删去 ---")
                        raise _Stop
                elif isinstance(event, yaml.NodeEvent):
                    self._node(event)
                elif isinstance(event, yaml.CollectionEndEvent):
                    closed = self._stack.pop()
                    # Keys of a form that nobody filled in; an item of a list is meant even so.
                    is_blank = bool(closed.keys) and not closed.value and self._is_under_key()
                    self._add(closed.value, closed.place, is_blank=is_blank)
        finally:
            parser.dispose()
        return self._root

    def _node(self, event: yaml.NodeEvent) -> None:
        place = _place(event)
        tag = getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None or tag is not None:
            what = "这里用了 YAML 的锚点（&）、引用（*）或标签（!）"
            self._report(place, "yaml-feature", what, "文字以 & * ! 开头时，用英文引号括起来")
            if isinstance(event, yaml.AliasEvent):
                self._add("", place, is_blank=True)
                return
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, place)
            return
        parent = self._stack[-1] if self._stack else None
        if isinstance(parent, _Open) and isinstance(parent.value, dict) and parent.pending is None:
            self._report(place, "yaml-syntax", "键只能是一个词，不能是列表或一组键", "在冒号前面写键的名字")
            raise _Stop
        if len(self._stack) >= MAX_DEPTH:
            self._report(place, "too-deep", f"嵌套超过 {MAX_DEPTH} 层", "检查缩进和括号；问题最多四级")
            raise _Stop
        value: list[Value] | dict[str, Value] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._stack.append(_Open(value, self._next_path(), place))

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> None:
        text, plain = event.value, not event.style
        # The file itself was searched (encoding); only an escape ("\x1b") or a tab can bring in anything more.
        for match in NEVER_IN_VALUE.finditer(text) if event.style == '"' or "\t" in text else ():
            what = f"文字中有不能显示的字符 {name_of_character(match[0])}"
            self._report(place, "bad-character", what, "删去这个字符，或换成空格")
        end = _place_of_mark(event.end_mark)
        cut = _CUT_OFF.match(self._lines[end.line - 1], end.column - 1) if plain and text else None
        if cut:
            what = f"“{cut['rest']}”成了注释，不会公布"
            remedy = "是文字的，整段用英文引号括起来；是注释的，“#”后面空一格"
            place_of_cut = Place(end.line, cut.start("rest") + 1)
            self.problems.append(Problem(self.file, place_of_cut, Severity.WARNING, "comment-in-text", what, remedy))
        if plain and end.line > place.line:
            self.plain_lines.append((place.line, end.line))
        parent = self._stack[-1] if self._stack else None
        if parent is not None and isinstance(parent.value, dict) and parent.pending is None:
            is_repeated = text in parent.keys
            # Where a list lacks its dash all keys of the next item are repeated: one slip, one problem.
            if is_repeated and not parent.is_repeating:
                what = f"键“{text}”在第 {parent.keys[text].line} 行已经写过"
                self._report(place, "duplicate-key", what, "只留一个；如果这里是列表的下一项，在它前面加“- ”")
            parent.is_repeating = is_repeated
            parent.keys.setdefault(text, place)
            parent.pending = text
            return
        self._add(text, place, is_blank=plain and text == "")

    def _is_under_key(self) -> bool:
        return bool(self._stack) and isinstance(self._stack[-1].value, dict)

    def _next_path(self) -> KeyPath:
        if not self._stack:
            return ()
        parent = self._stack[-1]
        return (*parent.path, len(parent.value) if isinstance(parent.value, list) else parent.pending or "")

    def _add(self, value: Value, place: Place, *, is_blank: bool) -> None:
        if not self._stack:
            self._root = value
            self.marks[()] = Mark(Place(), place)
            return
        parent, path = self._stack[-1], self._next_path()
        if isinstance(parent.value, list):
            self.marks[path] = Mark(place, place)
            parent.value.append(value)
            return
        assert parent.pending is not None
        self.marks.setdefault(path, Mark(parent.keys[parent.pending], place))
        # A key with nothing after it is a blank line of a form: as if it were not there.
        if is_blank:
            self.blanks.append(path)
        else:
            parent.value.setdefault(parent.pending, value)
        parent.pending = None


def _place(event: yaml.Event) -> Place:
    return _place_of_mark(event.start_mark)


def _place_of_mark(mark: Any) -> Place:
    return Place() if mark is None else Place(mark.line + 1, mark.column + 1)


def _explained(problem: Problem, found: list[Problem], text: str) -> list[Problem]:
    """The slips that account for what YAML could not read, where there are any beside it.

    Elsewhere in the file only more of the same kind are believed: a sound line may look like another.
    """
    above = problem.place.line - 1
    lines = re.split(r"\r\n|\r|\n", text)
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
    place = _place_of_mark(unclosed or error.problem_mark or error.context_mark)
    for pattern, what, remedy in _SYNTAX:
        if pattern in words:
            return Problem(file, place, Severity.ERROR, "yaml-syntax", what, remedy)
    what = "这里的写法 YAML 读不懂"
    return Problem(file, place, Severity.ERROR, "yaml-syntax", what, "检查这一行和上一行的缩进、冒号、引号和括号")
