"""The slips of people who are no programmers, found line by line where YAML only says that it is lost.

A line may look like a slip and be sound (a paragraph that begins with 电话：), so these are asked only about a text
that YAML cannot read, and about lines that it took for the rest of the line above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from noticeboard.problems import Place, Problem, Severity, rule
from noticeboard.text import LINE_END

TAB = rule("tab", Severity.ERROR, "缩进用了制表符（Tab）")
WIDE_SPACE = rule("wide-space", Severity.ERROR, "缩进用了全角空格")
FULLWIDTH_COLON = rule("fullwidth-colon", Severity.ERROR, "键的后面用了全角冒号")

_AT_LINE_BEGIN = r"\s*(?:- +)*(?P<key>[^\s:：'\"#\[{]{1,12})"
_PLAIN_COLON = "写成“{key}: ”（英文冒号加一个空格）"

#: Rule, pattern, what is wrong, how to mend it. The place is where the pattern's group ``at`` begins; a group ``key``
#: must be a key of the record. The first that fits a line counts.
_SLIPS = (
    (
        rule("merge-conflict", Severity.ERROR, "有没有解决的合并冲突"),
        re.compile(r"(?P<at><{7}|={7}|>{7}|\|{7})(?: |$)"),
        "这里是合并冲突的标记",
        "留下要用的内容，删去 <<<<<<<、=======、>>>>>>> 这几行",
    ),
    (TAB, re.compile(r" *(?P<at>\t)\s*\S"), "缩进用了制表符（Tab）", "把 Tab 换成空格，每级两个"),
    (
        WIDE_SPACE,
        re.compile(r" *(?P<at>[\u3000\u00a0])\s*\S"),
        "缩进用了全角空格或不换行空格",
        "换成英文（半角）空格，每级两个",
    ),
    (FULLWIDTH_COLON, re.compile(_AT_LINE_BEGIN + r"(?P<at>：)"), "“{key}”后面是全角冒号“：”", _PLAIN_COLON),
    (
        rule("no-space-after-colon", Severity.ERROR, "键的冒号后面没有空格"),
        re.compile(_AT_LINE_BEGIN + r"(?P<at>:)[^\s/]"),
        "“{key}:”后面没有空格",
        _PLAIN_COLON,
    ),
    (
        FULLWIDTH_COLON,
        re.compile(r".*\{(?:[^{}]*[,，])? *(?P<key>[^\s:：'\"#\[{,，]{1,12})(?P<at>：)"),
        "“{key}”后面是全角冒号“：”",
        _PLAIN_COLON,
    ),
    (
        rule("fullwidth-comma", Severity.ERROR, "花括号里用了全角逗号"),
        re.compile(r"[^{]*\{.*(?P<at>，) *(?P<key>[^\s:：'\"#\[{,，]{1,12}):"),
        "“{key}”前面是全角逗号“，”",
        "换成英文逗号加一个空格",
    ),
    (
        rule("wrong-dash", Severity.ERROR, "列表用了英文“-”以外的符号"),
        re.compile(r"\s*(?P<at>[－—–•·●])\s*\S"),
        "列表项不能以这个符号开头",
        "换成英文的“- ”，后面空一格",
    ),
    (
        rule("no-space-after-dash", Severity.ERROR, "列表的“-”后面没有空格"),
        re.compile(r"\s*(?P<at>-)[^\s\-]"),
        "“-”后面没有空格",
        "写成“- ”，后面空一格",
    ),
)
#: Where a full-width colon is a slip, from the place that the reader names: perhaps the key, then colon and blanks.
_COLON = re.compile(r"(?P<key>[^\s:：]{0,12})(?P<colon>：[ \u3000\u00a0]*)")
_BLOCK_TEXT = re.compile(r"[:\-][ ]+[|>][+\-0-9]*\s*(?:#.*)?$")


def slips(file: Path, text: str, known_keys: frozenset[str]) -> Iterator[Problem]:
    """At most one slip a line, outside block texts (``|`` and ``>``)."""
    block_indent: int | None = None
    for number, line in enumerate(LINE_END.split(text), start=1):
        indent = len(line) - len(line.lstrip())
        if block_indent is not None and (not line.strip() or indent > block_indent):
            continue
        block_indent = indent if _BLOCK_TEXT.search(line) else None
        for broken, pattern, what, remedy in _SLIPS:
            match = pattern.match(line)
            key = match.groupdict().get("key") if match else None
            if match and (key is None or key in known_keys):
                place = Place(number, match.start("at") + 1)
                yield broken.problem(file, place, what.format(key=key), remedy.format(key=key))
                break


def with_colon(line: str, place: Place, known_keys: frozenset[str]) -> str:
    """The line with a plain colon where a ``FULLWIDTH_COLON`` was found in it, if that is behind a key."""
    found = _COLON.match(line, place.column - 1)
    # The reader names the colon or, where a mapping was made of the line, the key.
    key = line[: found.start("colon")] if found else ""
    if found is None or not any(key.endswith(known) for known in known_keys):
        return line
    rest = line[found.end() :]
    return f"{line[: found.start('colon')]}:{' ' if rest else ''}{rest}"
