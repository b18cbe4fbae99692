"""Bytes of a file → text: UTF-8 alone is read; what people save instead is recognised and said."""

from __future__ import annotations

import functools
from bisect import bisect_right
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from pathlib import Path

from noticeboard.problems import Place, Problem, Severity, rule
from noticeboard.radicals import ORDINARY, RADICAL
from noticeboard.text import LINE_END, NEVER_IN_FILE

_AS_UTF8 = "在“记事本”里用“另存为”，编码选 UTF-8；WPS 或 Word 请先把文字复制到记事本"

#: What people rename to .yml: the first bytes of a file → what it is.
_NO_TEXT = {
    b"PK\x03\x04": "Word、Excel 或压缩文件",
    b"\xd0\xcf\x11\xe0": "旧版 Word 或 WPS 文件",
    b"%PDF": "PDF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
}

ENCODING = rule("encoding", Severity.ERROR, "文件不是 UTF-8 编码")
BOM = rule("bom", Severity.WARNING, "文件开头有 BOM")
BAD_CHARACTER = rule("bad-character", Severity.ERROR, "有看不见或不能显示的字符")
RADICAL_CHARACTER = rule("radical-character", Severity.WARNING, "有部首字符，看着是汉字，查找找不到")
#: So many radicals of a line are named.
_TOLD = 3


def places_in(text: str) -> Callable[[int], Place]:
    """Where the character at an offset stands; the lines are counted once for all that are asked for."""
    begins = [0, *(match.end() for match in LINE_END.finditer(text))]

    def place(offset: int) -> Place:
        line = bisect_right(begins, offset)
        return Place(line, offset - begins[line - 1] + 1)

    return place


@functools.cache
def name_of_character(character: str) -> str:
    """How to speak of a character that cannot be shown."""
    return {"\t": "制表符（Tab）", "\r": "回车符", "\x00": "空字符"}.get(character, f"U+{ord(character):04X}")


def decode(file: Path, content: bytes) -> tuple[str | None, list[Problem]]:
    """The text of a file, or ``None`` where it is not UTF-8; and what is wrong with it."""
    for beginning, name in _NO_TEXT.items():
        if content.startswith(beginning):
            what, remedy = f"这是{name}，不是文本文件", "新建一个文本文件，把内容照例子填进去"
            return None, [ENCODING.problem(file, Place(), what, remedy)]
    if _is_utf16(content):
        return None, [ENCODING.problem(file, Place(), "文件是 UTF-16 编码，或者不是文本文件", _AS_UTF8)]
    problems = []
    if content.startswith(BOM_UTF8):
        content = content.removeprefix(BOM_UTF8)
        what = "文件开头有看不见的 BOM 标记，已略过"
        problems.append(BOM.problem(file, Place(), what, "另存为时选“UTF-8”，不选“带有 BOM 的 UTF-8”"))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        good = content[: error.start].decode("utf-8")
        try:
            content.decode("gb18030")
            what = "文件不是 UTF-8 编码，看来是 GBK（记事本里叫 ANSI）"
        except UnicodeDecodeError:
            what = "文件不是 UTF-8 编码，也不是 GBK"
        return None, [ENCODING.problem(file, places_in(good)(len(good)), what, _AS_UTF8)]
    if NEVER_IN_FILE.search(text) is not None:
        problems += _unseen(file, text)
    if RADICAL.search(text) is not None:
        problems += _radicals(file, text)
    return text, problems


def _is_utf16(content: bytes) -> bool:
    """With its mark, or by the zero bytes that every blank, colon and line end has in UTF-16."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    zeros = content.count(0)
    if not zeros:
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return zeros * 4 >= len(content)


def _unseen(file: Path, text: str) -> Iterator[Problem]:
    place = places_in(text)
    for match in NEVER_IN_FILE.finditer(text):
        what = f"有看不见或不能显示的字符 {name_of_character(match[0])}"
        yield BAD_CHARACTER.problem(file, place(match.start()), what, "删去这个字符")


def _radicals(file: Path, text: str) -> Iterator[Problem]:
    """One a line, for who copies a text out of a PDF brings in many."""
    for number, line in enumerate(LINE_END.split(text), 1):
        first = RADICAL.search(line)
        if first is not None:
            found = list(dict.fromkeys(RADICAL.findall(line)))
            named = "、".join(f"“{sign}”（U+{ord(sign):04X}，应是“{ORDINARY[sign]}”）" for sign in found[:_TOLD])
            more = f"等 {len(found)} 个" if len(found) > _TOLD else ""
            what = f"{named}{more}是部首或兼容字符，多半是从 PDF 复制来的，看着一样，查找找不到"
            remedy = "换成平常的汉字；运行 check --fix 可以一次改好"
            yield RADICAL_CHARACTER.problem(file, Place(number, first.start() + 1), what, remedy)
