"""A file → a typed record with the place of everything in it, or located problems.

Text enters here, once; behind this module nobody asks whether a key is there.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeAlias, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from noticeboard.positions import KeyPath, Marks
from noticeboard.problems import ContentError, Place, Problem, Rule, Severity, clipped, foremost, rule
from noticeboard.reading import encoding, leaks
from noticeboard.reading.mistakes import FULLWIDTH_COLON, WIDE_SPACE
from noticeboard.reading.opening import check_size, record_content
from noticeboard.reading.yaml import COMMENT_IN_TEXT, parse
from noticeboard.record.base import Record
from noticeboard.record.fields import NOT_IN_LIST
from noticeboard.record.keys import Key, all_keys, keys_at
from noticeboard.record.status import MISSING_KEY
from noticeboard.record.urls import BAD_FORM
from noticeboard.record.vocabulary import KINDS, LEVELS, STATUS_OF_LABEL, STATUS_OF_WORDS, TOPICS, UNIT_KINDS
from noticeboard.text import LINE_END

R = TypeVar("R", bound=Record)

UNKNOWN_KEY = rule("unknown-key", Severity.ERROR, "不认识的键")
WRONG_SHAPE = rule("wrong-shape", Severity.ERROR, "文字、列表、下级键三者用错")
EMPTY = rule("empty", Severity.ERROR, "值是空的")
DRAFT_OPEN = rule("draft-open", Severity.WARNING, "转换来的草稿里还有“请核对”")

#: The rule of a breach, what is wrong, how to mend it.
_Words: TypeAlias = "tuple[Rule, str, str]"

_FORMS = {
    "承接": "写成 2023-12#i-1-2（以前那份通报的文件名，#，那一条的标识）；别的单位的写成 文件夹/2023-12#i-1-2",
    "替换为": "写成代替它的通报的文件名，例如 2023-12_2；别的单位的写成 文件夹/2023-12",
    "旧址": "单位写原来的文件夹名，例如 jiu-ming；通报写原来的文件夹和文件名，例如 jiu-ming/2023-12",
    "并入": "写原来的文件夹名，例如 jiu-ming",
    "标识": "问题写成 i-1-2，意见建议写成 s-1，方面写成 f-1（小写字母、数字和连字符）",
    "代码": "写成六位数字，例如 431181",
    "网址": "写成以 http:// 或 https:// 开头、中间没有空格的网址",
    "发布时间": '写成 24 小时制的时:分，例如 "09:30"',
}


#: Problems of a file that are told: who has more has another file in hand.
MOST_PROBLEMS = 1_000

#: A remedy may name all the words of a list.
_LONG_REMEDY = 600

#: Values that are words of a list: behind them a comment is one.
KNOWN_WORDS = frozenset(
    (*KINDS, *LEVELS, *UNIT_KINDS, *TOPICS, *STATUS_OF_WORDS, *STATUS_OF_LABEL, *"是否", "摘要", "全文")
)

#: What ``import`` writes before each place that a person has to look into, and what hands make of it: behind a value,
#: with other blanks, with the full-width sign (to YAML a text, which readers would see), in traditional characters.
DRAFT_MARK = re.compile(r"(?<![#＃])[#＃]+[\s“\"「【\[（(]*[请請]\s*核\s*[对對]")


@dataclass(frozen=True)
class Reading(Generic[R]):
    """What came of reading one file: the record (``None`` where it could not be made), the places, the problems."""

    file: Path
    record: R | None
    marks: Marks
    problems: tuple[Problem, ...]


def read(file: Path, kind: type[R]) -> Reading[R]:
    """Read one file as a ``Notice`` or a ``Unit``; raises ``OSError`` where the file cannot be read."""
    try:
        return read_bytes(file, record_content(file), kind)
    except ContentError as error:
        return refused(file, error)


def refused(file: Path, error: ContentError) -> Reading[Any]:
    """The reading of a file that is not looked into at all."""
    problem = error.rule.problem(file, Place(), error.what, error.remedy)
    return Reading(file, None, Marks(), (problem,))


def read_bytes(file: Path, content: bytes, kind: type[R]) -> Reading[R]:
    """The same for content at hand; ``file`` is only the name that problems carry."""
    try:
        check_size(content)
    except ContentError as error:
        return refused(file, error)
    text, problems = encoding.decode(file, content)
    if text is None:
        return Reading(file, None, Marks(), _foremost(problems))
    reading = _reading(file, text, kind, problems)
    beside = leaks.beside_record(file, text, is_record=reading.record is not None)
    return replace(reading, problems=_foremost([*reading.problems, *beside]))


def _reading(file: Path, text: str, kind: type[R], problems: list[Problem]) -> Reading[R]:
    if any(problem.severity is Severity.ERROR for problem in problems):
        return Reading(file, None, Marks(), _foremost(problems))
    value, marks, found = parse(file, text, all_keys(), KNOWN_WORDS)
    problems += found
    if value is None and not found:
        what = "文件是空的"
        problems.append(EMPTY.problem(file, Place(), what, "照 docs/contributing.md 里的例子填写"))
    left_open = list(_left_open(file, text))
    # A mark behind a value is one slip, not two.
    places = {problem.place for problem in left_open}
    problems = [
        problem for problem in problems if problem.code != COMMENT_IN_TEXT.code or problem.place not in places
    ] + left_open
    if value is None:
        return Reading(file, None, marks, _foremost(problems))
    record, errors = None, []
    try:
        record = kind.model_validate(value)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    problems += _translate(file, kind, marks, errors[:MOST_PROBLEMS])
    if any(problem.severity is Severity.ERROR for problem in problems):
        record = None
    return Reading(file, record, marks, _foremost(problems, len(errors[MOST_PROBLEMS:])))


def _foremost(problems: list[Problem], unseen: int = 0) -> tuple[Problem, ...]:
    return tuple(foremost(problems, MOST_PROBLEMS, unseen))


def _left_open(file: Path, text: str) -> Iterator[Problem]:
    """Marks of a draft (``import`` writes them) that nobody has looked into."""
    # Mostly there is none: what no line has the whole text is asked for once.
    if ("#" not in text and "＃" not in text) or DRAFT_MARK.search(text) is None:
        return
    for at, line in enumerate(LINE_END.split(text), 1):
        mark = DRAFT_MARK.search(line)
        if mark:
            about = line[mark.end() :].strip('：:，,。”"」】]）) \u3000')
            what = f"草稿里还有没核对的地方{'：' if about else ''}{about}"
            is_line = not line[: mark.start()].strip()
            gone = "删去这一行注释" if is_line else f"从“{mark[0][0]}”起删去，留下前面的值"
            remedy = f"对着原文看过、改好以后，{gone}；留着不能公布"
            yield DRAFT_OPEN.problem(file, Place(at, mark.start() + 1), what, remedy)


def _translate(file: Path, kind: type[Record], marks: Marks, errors: list[ErrorDetails]) -> Iterator[Problem]:
    """Problems in our words. A known key with nothing behind it is as if absent; an unknown one must not pass."""
    unknown_blanks = [path for path in marks.blanks if path[-1] not in keys_at(kind, path[:-1])][: MOST_PROBLEMS + 1]
    unknown = [*unknown_blanks, *(details["loc"] for details in errors if details["type"] == "extra_forbidden")]
    meant = {(*path[:-1], _meant(kind, path)) for path in unknown}
    for path in unknown_blanks:
        broken, what, remedy = _unknown_key(kind, path)
        if broken is UNKNOWN_KEY and _meant(kind, path) is None:
            remedy = "键的后面要有内容；花括号里的文字含英文逗号时，用英文引号括起来，数不加逗号"
        yield broken.problem(file, marks.find(path).key, clipped(what), clipped(remedy, _LONG_REMEDY))
    for details in errors:
        path = details["loc"]
        is_missing = details["type"] == "missing"
        # A misspelt key is one slip: that the right one is missing goes without saying.
        if is_missing and path in meant:
            continue
        is_blank = is_missing and path in marks.blanks
        in_words = _blank if is_blank else _WORDS.get(details["type"], _other)
        broken, what, remedy = in_words(kind, details)
        mark = marks.find(path)
        # What is missing is missing from its parent; an unknown key is at the key; all else at the value.
        place = mark.key if is_missing or details["type"] == "extra_forbidden" else mark.value
        yield broken.problem(file, place, clipped(what), clipped(remedy, _LONG_REMEDY))


def _name(details: ErrorDetails) -> str:
    """The last key on the way to the value."""
    return next((step for step in reversed(details["loc"]) if isinstance(step, str)), "文件")


def _missing(kind: type[Record], details: ErrorDetails) -> _Words:
    name = _name(details)
    meaning = _meaning(keys_at(kind, details["loc"][:-1]).get(name))
    return MISSING_KEY, f"缺少“{name}”", f"在这里加一行“{name}: …”{meaning}"


def _blank(kind: type[Record], details: ErrorDetails) -> _Words:
    """The line is there: another one of the same key would be the next mistake."""
    name, path = _name(details), details["loc"]
    meaning = _meaning(keys_at(kind, path[:-1]).get(name))
    if keys_at(kind, path) != keys_at(kind, path[:-1]):
        return MISSING_KEY, f"“{name}”下面都空着", f"填上它下面必填的各行{meaning}"
    return MISSING_KEY, f"“{name}”空着", f"写在“{name}: ”的后面{meaning}"


def _meaning(key: Key | None) -> str:
    return f"（{key.description}）" if key and key.description else ""


def _unknown_key(kind: type[Record], path: KeyPath) -> _Words:
    name = str(path[-1])
    meant = _meant(kind, path)
    if name[:1] in ("\u3000", "\u00a0"):
        return WIDE_SPACE, "缩进用了全角空格或不换行空格", "换成英文（半角）空格，每级两个"
    if meant and name.startswith(f"{meant}："):
        return _fullwidth_colon(meant)
    if meant:
        return UNKNOWN_KEY, f"不认识的键“{name}”", f"是不是“{meant}”？"
    if len(path) == 1:
        homes = [key.name for key in keys_at(kind, ()).values() if key.inner and name in keys_at(kind, (key.name,))]
        if homes:
            where = "”或“".join(homes)
            return UNKNOWN_KEY, f"“{name}”不能写在这一级", f"写在“{where}”下面，比它多缩进两格"
    return UNKNOWN_KEY, f"不认识的键“{name}”", f"这里可用的键：{'、'.join(keys_at(kind, path[:-1]))}"


def _meant(kind: type[Record], path: KeyPath) -> str | None:
    """The key that an unknown key at ``path`` most likely stands for."""
    allowed = list(keys_at(kind, path[:-1]))
    head = str(path[-1]).partition("：")[0]
    near = difflib.get_close_matches(head, allowed, n=1, cutoff=0.5)
    return near[0] if near else None


def _fullwidth_colon(key: str) -> _Words:
    return FULLWIDTH_COLON, f"“{key}”后面是全角冒号“：”", f"写成“{key}: ”（英文冒号加一个空格）"


def _shape(_: type[Record], details: ErrorDetails) -> _Words:
    name, given = _name(details), details["input"]
    is_word = "一段文字" if isinstance(given, str) else "一个列表" if isinstance(given, list) else "一组下级的键"
    wanted, remedy = {
        "string_type": ("一段文字", f"写成“{name}: 文字”；文字里有冒号或以符号开头时用英文引号括起来"),
        "tuple_type": ("一个列表", "每一项另起一行，以“- ”开头"),
    }.get(details["type"], ("一组“键: 值”", "每个键另起一行，冒号用英文冒号，后面空一格"))
    key, colon = given.partition("：")[:2] if isinstance(given, str) else ("", "")
    if colon and key.strip() in all_keys():
        return _fullwidth_colon(key.strip())
    return WRONG_SHAPE, f"“{name}”应是{wanted}，这里是{is_word}", remedy


def _empty(_: type[Record], details: ErrorDetails) -> _Words:
    return EMPTY, f"“{_name(details)}”是空的", "补上内容；没有内容就把这个键整行删去"


def _form(_: type[Record], details: ErrorDetails) -> _Words:
    name = _name(details)
    return BAD_FORM, f"“{name}”的写法不对：{details['input']}", _FORMS.get(name, "照“怎样投稿”里的例子写")


def _choice(_: type[Record], details: ErrorDetails) -> _Words:
    expected = details["ctx"]["expected"].replace("'", "").replace(" or ", "、").replace(", ", "、")
    what = f"{_name(details)}“{details['input']}”不在可用的值之中"
    return NOT_IN_LIST, what, f"从中选一个：{expected}"


def _content(_: type[Record], details: ErrorDetails) -> _Words:
    error = details["ctx"]["error"]
    assert isinstance(error, ContentError), error
    return error.rule, error.what, error.remedy


def _other(_: type[Record], details: ErrorDetails) -> _Words:
    return BAD_FORM, f"“{_name(details)}”的值不合要求", "照“怎样投稿”里的例子写"


_WORDS: dict[str, Callable[[type[Record], ErrorDetails], _Words]] = {
    "missing": _missing,
    "extra_forbidden": lambda kind, details: _unknown_key(kind, details["loc"]),
    "string_type": _shape,
    "tuple_type": _shape,
    "model_type": _shape,
    "model_attributes_type": _shape,
    "dict_type": _shape,
    "bool_type": _shape,
    "string_too_short": _empty,
    "string_pattern_mismatch": _form,
    "literal_error": _choice,
    "value_error": _content,
}
