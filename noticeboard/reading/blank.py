"""A file to be filled in by hand: every key with its meaning, what it takes, and whether it must be there.

What most notices have stands open, blank (a blank key is as if absent); the rest stands below as comments, which
become lines of the file when the ``# `` before them is taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from noticeboard.reading.write import editor_line, scalar
from noticeboard.record.keys import Key, Keys, keys_of
from noticeboard.record.model import Notice, Unit
from noticeboard.record.vocabulary import StatusCode

#: Keys of records that stand open in a blank file; what else has keys below it stands as comments.
_OPEN = frozenset({"发布", "巡察", "方面", "联系方式", "地区"})
#: The one list below another that stands open: the first issue of the first 方面.
_FIRST_ISSUES = ("Section", "问题")
#: 标识 is written once, and is never computed again.
_ANCHORS = {"Section": "f-1", "Issue": "i-1-1", "Suggestion": "s-1"}
#: Written on one line more words are a list that nobody reads; the page of all keys has them.
_MANY_WORDS = 40
_HINTS = {"日期": "写成 2023、2023-12 或 2023-12-14", "数": "只写阿拉伯数字", "是或否": "不是就不写"}
_STATUSES = (
    f"常用：已完成整改、{'、'.join(code.label for code in StatusCode if code is not StatusCode.COMPLETED)}；"
    "别的说法写成 {词语: 原词, 归类: 上面的一类}"
)


def blank_file(record: type[Notice | Unit], values: Mapping[str, str], heading: Iterable[str]) -> str:
    """The file of a record with ``values``, each by its way (``发布.落款日期``); ``heading``: its first remarks."""
    sheets = keys_of(record)
    form = _Form(sheets, values)
    lines = [f"# {editor_line(record.__name__.lower())}", *(f"# {line}" for line in heading), ""]
    return "\n".join([*lines, *form.of(sheets[record.__name__], "", "")]) + "\n"


@dataclass
class _Form:
    """Writes each kind of record once; where it comes again, a line says that it is written as above."""

    sheets: Mapping[str, Keys]
    values: Mapping[str, str]
    written: set[str] = field(default_factory=set)

    def of(self, sheet: Keys, way: str, indent: str) -> Iterator[str]:
        """All keys of one kind of record, in its order: its anchor first, what ends a notice last."""
        self.written.add(sheet.type_name)
        for key in sorted(sheet.keys, key=lambda key: (key.name != "标识", key.inner == "Retirement")):
            is_first = (sheet.type_name, key.name) == _FIRST_ISSUES
            if not key.inner or key.words or key.name in _OPEN or is_first:
                yield from self._open(sheet, key, way, indent)
            else:
                yield from self._shut(key, way, indent)

    def _open(self, sheet: Keys, key: Key, way: str, indent: str) -> Iterator[str]:
        if not indent and key.inner:
            yield ""
        yield f"{indent}# {_meaning(key)}"
        if not key.inner or key.words:
            default = _ANCHORS.get(sheet.type_name, "") if key.name == "标识" else ""
            value = self.values.get(f"{way}{key.name}", default)
            yield (
                f"{indent}{key.name}: {scalar(value, typed=key.form in ('日期', '数'))}"
                if value
                else f"{indent}{key.name}:"
            )
            return
        yield f"{indent}{key.name}:"
        is_list = key.is_many and key.name != "巡察"
        inner = list(self.of(self.sheets[key.inner], f"{way}{key.name}.", indent + ("    " if is_list else "  ")))
        yield from _as_item(inner, indent) if is_list else inner

    def _shut(self, key: Key, way: str, indent: str) -> Iterator[str]:
        sheet = self.sheets[key.inner]
        if indent == "":
            yield ""
        alike = (sheet.type_name, "Issue") if sheet.type_name == "Suggestion" else (sheet.type_name,)
        known = next((name for name in alike if name in self.written), None)
        if known:
            title = self.sheets[known].title
            yield f"{indent}# {_meaning(key)}。要用时写“{key.name}:”，写法同另一处的“{title}”"
            return
        yield f"{indent}# {_meaning(key)}。要用时，删去下面每行开头的“# ”："
        yield f"{indent}# {key.name}:"
        inner = list(self.of(sheet, f"{way}{key.name}.", "    " if key.is_many else "  "))
        lines = _as_item(inner, "") if key.is_many else inner
        yield from (f"{indent}# {line}".rstrip() for line in lines if line)


def _as_item(lines: list[str], indent: str) -> Iterator[str]:
    """Lines of a record as an item of a list: the dash stands before its first key."""
    at = next(at for at, line in enumerate(lines) if not line.lstrip().startswith("#"))
    for nth, line in enumerate(lines):
        yield f"{indent}  - {line[len(indent) + 4 :]}" if nth == at else line


def _meaning(key: Key) -> str:
    parts = [f"{'必填' if key.is_required else '选填'}。{key.description}"]
    if key.name in ("状态", "原状态", "现状态") and key.words:
        parts.append(_STATUSES)
    elif key.words and key.form == "词表" and len(key.words) <= _MANY_WORDS:
        parts.append(f"从中选{'一至三个，写成 [甲, 乙]' if key.is_many else '一个'}：{'、'.join(key.words)}")
    elif key.form in _HINTS:
        parts.append(_HINTS[key.form])
    if key.is_many and not key.words and not key.inner:
        parts.append("有几个的写成列表，每个另起一行，以“- ”开头")
    return "；".join(parts)
