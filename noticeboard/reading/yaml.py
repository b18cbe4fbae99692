"""Text of a YAML file → plain values (dict, list, str) with the place of every key and value.

The files use the plain part of YAML 1.1: mappings, lists and texts. Every scalar is text, so that ``0746`` keeps
its zero and ``no`` stays a word. Anchors, aliases, tags, duplicate keys and second documents are problems.

Built from the event stream of PyYAML's C parser, on a stack of our own with a depth limit: its *loader* recurses in C
and ends the process at some 30,000 nested brackets, the pure Python one takes ten times as long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from noticeboard.positions import Marks, MarksMade
from noticeboard.problems import Place, Problem, Rule, Severity, clipped, rule
from noticeboard.reading.encoding import BAD_CHARACTER, name_of_character
from noticeboard.reading.leniency import (
    Found,
    glued_comment,
    glued_question_mark,
    glued_to_head,
    lost_beginning,
    outdented,
)
from noticeboard.reading.lines import Value, read_lines
from noticeboard.reading.mistakes import TAB, slips
from noticeboard.reading.opening import TOO_LARGE
from noticeboard.reading.syntax import YAML_SYNTAX, explained, place_of_mark
from noticeboard.text import LINE_END, NEVER_IN_VALUE

#: One of PyYAML's; their declared types are those of the parser in Python, whose marks may be missing.
_Event: TypeAlias = Any

#: Twice what a notice with four levels of issues needs; deeper nesting is a slip or an attack.
MAX_DEPTH = 24
#: Keys and values of a file: a notice of a thousand issues has half as many.
MAX_VALUES = 50_000

YAML_FEATURE = rule("yaml-feature", Severity.ERROR, "用了不支持的 YAML 写法")
DUPLICATE_KEY = rule("duplicate-key", Severity.ERROR, "同一个键写了两次")
TOO_DEEP = rule("too-deep", Severity.ERROR, "嵌套的层数太多")
COMMENT_IN_TEXT = rule("comment-in-text", Severity.WARNING, "“#”把文字变成了注释")

#: What became a comment behind a text.
_CUT_OFF = re.compile(r"\s+(?P<rest>#.*)")
#: One that looks like text whatever stands before it: 差旅费 #1 报销.
_NO_COMMENT = re.compile(r"#[^\s#]")
#: Chinese (and what stands beside it in Unicode): a text for people, not a date, a number or an anchor.
_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
#: Characters of a comment that a message repeats.
_QUOTED = 40


class _Open:
    """A mapping or list that is being read, from where it begins."""

    __slots__ = ("column", "is_again", "is_flow", "is_repeating", "keys", "line", "mark", "pending", "value")

    def __init__(self, value: list[Value] | dict[str, Value], mark: int, line: int, column: int) -> None:
        self.value = value
        self.mark = mark
        self.line, self.column = line, column
        #: Whether it stands in brackets; else the column of its keys or dashes counts for what is inside.
        self.is_flow = False
        #: Each key with its line, its column and its mark.
        self.keys: dict[str, tuple[int, int, int]] = {}
        self.pending: str | None = None
        #: Whether the latest key had been there before.
        self.is_repeating = False
        #: Whether it stands behind such a key: what is in it may have a mark already.
        self.is_again = False


def parse(
    file: Path, text: str, known_keys: frozenset[str], known_words: frozenset[str] = frozenset()
) -> tuple[Value | None, Marks, list[Problem]]:
    """The value of a YAML text, the places in it, and all problems of form; the value is ``None`` where it has none.

    ``known_keys`` are those of records, ``known_words`` the words of lists, which are no sentences.
    """
    lined = read_lines(text)
    if lined is not None:
        value, marks = lined
        return value, marks.made(), []
    return parse_all(file, text, known_keys, known_words)


def parse_all(
    file: Path, text: str, known_keys: frozenset[str], known_words: frozenset[str] = frozenset()
) -> tuple[Value | None, Marks, list[Problem]]:
    """The same of any text, however plain it is."""
    reader = _Reader(file, known_words)
    value: Value | None
    try:
        value = reader.read(text)
    except yaml.MarkedYAMLError as error:
        reader.problems += explained(file, text, error, known_keys)
        value = None
    except _Stop:
        value = None
    else:
        swallowed, continued = _behind_first(reader.plain_lines), _behind_first(reader.enclosed_lines)
        if swallowed or continued:
            reader.problems += [
                slip
                for slip in slips(file, text, known_keys)
                if slip.place.line in swallowed or (slip.code == TAB.code and slip.place.line in continued)
            ]
    # A comma in brackets may be looked at twice: behind a value, and behind a mapping of this one value.
    return value, reader.marks.made(), list(dict.fromkeys(reader.problems))


def _behind_first(spans: Iterable[tuple[int, int]]) -> set[int]:
    return {line for first, last in spans for line in range(first + 1, last + 1)}


class _Stop(Exception):  # noqa: N818 - it ends the reading, the problem has been noted
    """Reading on makes no sense."""


class _Reader:
    def __init__(self, file: Path, known_words: frozenset[str]) -> None:
        self.file = file
        self.known_words = known_words
        self.marks = MarksMade()
        self.problems: list[Problem] = []
        #: First and last line of each unquoted text of several lines.
        self.plain_lines: list[tuple[int, int]] = []
        #: The same of quoted texts and of brackets, outermost.
        self.enclosed_lines: list[tuple[int, int]] = []
        self._values = 0
        self._stack: list[_Open] = []
        self._root: Value | None = None
        self._lines: list[str] = []

    def _report(self, broken: Rule, place: Place, what: str, remedy: str) -> None:
        self.problems.append(broken.problem(self.file, place, clipped(what), remedy))

    def _report_all(self, found: Iterable[Found]) -> None:
        for place, what, remedy in found:
            self._report(YAML_SYNTAX, place, what, remedy)

    def _end_at(self, found: Iterable[Found]) -> None:
        """The same of what makes all behind it mean something else."""
        before = len(self.problems)
        self._report_all(found)
        if len(self.problems) > before:
            raise _Stop

    def read(self, text: str) -> Value | None:
        # A last empty line: the mark of a text may stand behind the last one.
        self._lines = [*LINE_END.split(text), ""]
        # A last line without its end would lose a blank line of a block text.
        parser = yaml.CSafeLoader(text if text.endswith("\n") else f"{text}\n")
        next_event: Callable[[], _Event | None] = parser.get_event
        documents = 0
        try:
            # Asked for the next event alone: to ask first whether there is one takes as long again.
            while (event := next_event()) is not None:
                kind = type(event)
                if kind is yaml.ScalarEvent:
                    self._node(event)
                elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                    self._close(event)
                elif kind is yaml.DocumentStartEvent:
                    documents += 1
                    if documents > 1:
                        place = place_of_mark(event.start_mark)
                        self._report(YAML_FEATURE, place, "一个文件里有两份文档（---）", "拆成两个文件，或删去 ---")
                        raise _Stop
                    if event.version or event.tags:
                        self._report(YAML_FEATURE, Place(), "文件开头用了 YAML 的指令（%）", "删去以 % 开头的行")
                elif isinstance(event, yaml.NodeEvent):
                    self._node(event)
        finally:
            parser.dispose()
        return self._root

    def _node(self, event: _Event) -> None:
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        self._values += 1
        if self._values > MAX_VALUES:
            what = f"文件里有 {MAX_VALUES} 个以上的键和值，一份通报不会有这么多"
            self._report(TOO_LARGE, Place(line, column), what, "核对是不是放错了文件；几份通报分成几个文件")
            raise _Stop
        if self._is_in_flow:
            self._end_at(glued_question_mark(self._lines, Place(line, column)))
        is_alias = isinstance(event, yaml.AliasEvent)
        if event.anchor is not None or (not is_alias and event.tag is not None):
            what = "这里用了 YAML 的锚点（&）、引用（*）或标签（!）"
            self._report(YAML_FEATURE, Place(line, column), what, "文字以 & * ! 开头时，用英文引号括起来")
            if is_alias:
                if self._is_key_next():
                    raise _Stop
                self._add("", line, column, is_blank=True)
                return
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line, column)
            return
        if self._is_key_next():
            what = "键只能是一个词，不能是列表或一组键"
            self._report(YAML_SYNTAX, Place(line, column), what, "在冒号前面写键的名字")
            raise _Stop
        if len(self._stack) >= MAX_DEPTH:
            what = f"嵌套超过 {MAX_DEPTH} 层"
            self._report(TOO_DEEP, Place(line, column), what, "检查缩进和括号；问题最多四级")
            raise _Stop
        self._open(event, line, column)

    def _open(self, event: _Event, line: int, column: int) -> None:
        mark = self._mark(line, column)
        opened = _Open({} if isinstance(event, yaml.MappingStartEvent) else [], mark, line, column)
        if self._stack:
            opened.is_again = self._stack[-1].is_again or self._stack[-1].is_repeating
        self._stack.append(opened)
        if event.flow_style:
            opened.is_flow = True
            # A mapping of one key in a list has no bracket of its own, and no comma there is its own.
            begin = place_of_mark(event.end_mark)
            self._report_all(glued_comment(self._lines, begin, is_in_flow=False))

    def _close(self, event: _Event) -> None:
        closed = self._stack.pop()
        if closed.is_flow:
            self._closed(Place(closed.line, closed.column), place_of_mark(event.end_mark), is_quoted=False)
        # Keys of a form that nobody filled in; an item of a list is meant even so.
        is_blank = bool(closed.keys) and not closed.value and self._is_in_mapping()
        self._put(closed.value, closed.mark, is_blank=is_blank)

    def _is_in_mapping(self) -> bool:
        return bool(self._stack) and isinstance(self._stack[-1].value, dict)

    def _is_key_next(self) -> bool:
        return self._is_in_mapping() and self._stack[-1].pending is None

    @property
    def _is_in_flow(self) -> bool:
        return bool(self._stack) and self._stack[-1].is_flow

    @property
    def _column(self) -> int:
        """Where the keys or dashes of the innermost mapping or list stand; 0 at the top of a file."""
        return self._stack[-1].column if self._stack else 0

    def _closed(self, begin: Place, end: Place, *, is_quoted: bool) -> None:
        """Look at a quoted text or at brackets once they are whole."""
        self._report_all(glued_comment(self._lines, end, is_in_flow=self._is_in_flow))
        if not self._is_in_flow and end.line > begin.line:
            self.enclosed_lines.append((begin.line, end.line))
            self._report_all(outdented(self._lines, begin, end, self._column, is_quoted=is_quoted))

    def _scalar(self, event: _Event, line: int, column: int) -> None:
        text, style = event.value, event.style
        # The file itself was searched (encoding); only an escape ("\x1b") or a tab can bring in anything more.
        for match in NEVER_IN_VALUE.finditer(text) if style == '"' or "\t" in text else ():
            what = f"文字中有不能显示的字符 {name_of_character(match[0])}"
            self._report(BAD_CHARACTER, Place(line, column), what, "删去这个字符，或换成空格")
        end = event.end_mark
        if not style:
            end_line = end.line + 1
            if text and "#" in self._lines[end.line]:
                self._look_behind(text, Place(end_line, end.column + 1))
            if end_line > line:
                self.plain_lines.append((line, end_line))
            if self._is_in_flow:
                self._report_all(glued_comment(self._lines, place_of_mark(end), is_in_flow=True))
        elif style in ("|", ">"):
            place = Place(line, column)
            self._report_all(glued_to_head(self._lines, place))
            if not text.strip():
                self._end_at(lost_beginning(self._lines, place, self._column))
        else:
            self._closed(Place(line, column), place_of_mark(end), is_quoted=True)
        if self._is_key_next():
            self._key(text, line, column)
        else:
            self._add(text, line, column, is_blank=text == "" and not style)

    def _key(self, text: str, line: int, column: int) -> None:
        parent = self._stack[-1]
        known = parent.keys.get(text)
        # Where a list lacks its dash all keys of the next item are repeated: one slip, one problem.
        if known is not None and not parent.is_repeating:
            what = f"键“{text}”在第 {known[0]} 行已经写过"
            self._report(DUPLICATE_KEY, Place(line, column), what, "只留一个；如果这里是列表的下一项，在它前面加“- ”")
        parent.is_repeating = known is not None
        if known is None:
            parent.keys[text] = (line, column, -1)
        parent.pending = text

    def _look_behind(self, text: str, end: Place) -> None:
        """Warn of a comment that may be the rest of an unquoted ``text``: of a sentence any, else one like ``#1``.

        Behind a word of a list (已完成整改 # 见第3页), a date or a number nobody goes on writing.
        """
        cut = _CUT_OFF.match(self._lines[end.line - 1], end.column - 1)
        if cut is None:
            return
        if _NO_COMMENT.match(cut["rest"]) or (_CHINESE.search(text) and text not in self.known_words):
            what = f"“{clipped(cut['rest'], _QUOTED)}”成了注释，不会公布"
            remedy = "是文字的，整段用英文引号括起来；是注释的，另起一行写"
            at = Place(end.line, cut.start("rest") + 1)
            self._report(COMMENT_IN_TEXT, at, what, remedy)

    def _mark(self, line: int, column: int) -> int:
        """Mark the value that begins here."""
        if not self._stack:
            return self.marks.whole(line, column)
        parent = self._stack[-1]
        if isinstance(parent.value, list):
            position = len(parent.value)
            known = self.marks.again(parent.mark, position) if parent.is_again else None
            if known is None:
                return self.marks.item(parent.mark, position, line, column)
            self.marks.move_item(known, line, column)
            return known
        assert parent.pending is not None
        key_line, key_column, mark = parent.keys[parent.pending]
        if mark < 0 and parent.is_again:
            mark = self.marks.again(parent.mark, parent.pending) or mark
        if mark < 0:
            mark = self.marks.key(parent.mark, parent.pending, (key_line, key_column), (line, column))
        parent.keys[parent.pending] = (key_line, key_column, mark)
        return mark

    def _add(self, value: Value, line: int, column: int, *, is_blank: bool) -> None:
        self._put(value, self._mark(line, column), is_blank=is_blank)

    def _put(self, value: Value, mark: int, *, is_blank: bool) -> None:
        if not self._stack:
            self._root = value
            return
        parent = self._stack[-1]
        if isinstance(parent.value, list):
            parent.value.append(value)
            return
        assert parent.pending is not None
        # A key with nothing after it is a blank line of a form: as if it were not there.
        if is_blank:
            self.marks.blanks.append(mark)
        else:
            parent.value.setdefault(parent.pending, value)
        parent.pending = None
