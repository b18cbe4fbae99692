"""Plain files are read line by line: as the same values with the same places as a parser of all YAML gives."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticeboard.reading.lines import read_lines
from noticeboard.reading.read import KNOWN_WORDS, read_bytes
from noticeboard.reading.yaml import parse_all
from noticeboard.record.keys import all_keys
from noticeboard.record.model import Notice
from noticeboard.text import NEVER_IN_FILE, NEVER_IN_VALUE
from tests.records import FILE, NOTICE

FILES = sorted([*Path("notices").rglob("*.yml"), *Path("examples").rglob("*.yml")])

KEYS = ["标题", "问题", "措施", "通报所述", "甲"]
#: Values as the plain files have them, and such as only the whole parser can tell.
VALUES = [
    *(
        "",
        "甲",
        "2023-12-14",
        "21",
        "甲 乙",
        "甲:乙",
        "https://example.org/a#b",
        "（一）“甲”",
        "甲，乙。",
        "a-b",
        "𡯂𠀀：甲",
    ),
    *('"1."', '""', '"甲: # 乙"', "'甲'", "[甲]", "[甲, 乙 丙]", "{标题: 甲}", "{标题: 甲 乙, 措施: 21}"),
    *(
        "甲 # 乙",
        "甲 #1",
        "# 甲",
        "甲: 乙",
        "甲:",
        "- 甲",
        "-5",
        "- ",
        "? 甲",
        "&甲",
        "*甲",
        "!甲",
        "%甲",
        "@甲",
        "`甲",
    ),
    *("|", ">-", '"甲', "'甲''乙'", '"\\t"', "[甲", "[甲,乙]", "[]", "{}", "{标题: 甲, 标题: 乙}", "{甲}", "[甲: 乙]"),
    *(
        "[甲?]",
        "[ 甲 ]",
        "[[甲], 乙]",
        "---",
        "...",
        "~",
        "null",
        "甲  ",
        " 甲",
        "\t甲",
        "甲\t",
        "\u3000甲",
        "甲\u3000",
        "\xa0",
    ),
]
BEGINNINGS = ["", "", "", "- ", "- ", "-  ", "-", "- - ", "? ", "#", "# ", "\ufeff", "\u2028"]

values = st.sampled_from(VALUES) | st.text(max_size=6)
lines = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "", "  ", "  ", "    ", "    ", "      ", " ", "   ", "\t"]),
    st.sampled_from(BEGINNINGS),
    st.sampled_from(["", "标题:"]) | st.sampled_from(KEYS).map("{}: ".format) | st.sampled_from(KEYS).map("{}:".format),
    values,
)
records: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(["", *VALUES[1:11]]),
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, min_size=1),
    max_leaves=12,
)


def written(value: Any, indent: int, *, list_step: int) -> list[str]:
    """A value as people write it; the dashes of a list stand ``list_step`` behind its key."""
    if isinstance(value, str):
        return [value]
    parts: list[str] = []
    for key in value:
        inner = value[key] if isinstance(value, dict) else key
        step = list_step if isinstance(value, dict) and isinstance(inner, list) else 2
        below = written(inner, indent + step, list_step=list_step)
        head = f"{' ' * indent}{f'{key}:' if isinstance(value, dict) else '-'}"
        if isinstance(inner, str):
            parts.append(f"{head} {inner}" if inner else head)
        elif isinstance(value, list):
            parts += [f"{head} {below[0].lstrip()}", *below[1:]]
        else:
            parts += [head, *below]
    return parts


def assert_same(text: str) -> bool:
    """Whether it is read line by line; then the whole parser must say the same, and have nothing to say of it."""
    found = read_lines(text)
    if found is None:
        return False
    value, marks, problems = parse_all(Path("甲.yml"), text, all_keys(), KNOWN_WORDS)
    made = found[1].made()
    assert (found[0], made.every(), made.blanks, []) == (value, marks.every(), marks.blanks, problems)
    return True


@given(st.lists(lines, max_size=8).map("\n".join), st.sampled_from(["", "\n"]))
def test_any_lines(text: str, end: str) -> None:
    assert_same(text + end)


@given(st.dictionaries(st.sampled_from(KEYS), records, min_size=1), st.sampled_from([0, 2, 4]))
def test_any_record_as_people_write_it(record: dict[str, Any], step: int) -> None:
    assert_same("\n".join(written(record, 0, list_step=step)) + "\n")


@pytest.mark.parametrize(
    "text",
    [
        NOTICE,
        "标题: 甲\n\n# 乙\n问题:\n- 标题: 乙\n  措施:\n    - 丙\n    - 丁: 戊\n概述: 己\n",
        "发布:\n  网址:\n  来源:\n标题: 甲\n巡察:\n  - 对象:\n    开始:\n  - 乙\n",
        "主题: [甲, 乙]\n状态: {词语: 甲, 依据: 乙 丙}\n编号: \"1.\"\n标识: '甲'\n",
        "标题: 甲",
    ],
)
def test_what_most_files_have_is_read_line_by_line(text: str) -> None:
    assert assert_same(text)


@pytest.mark.parametrize("file", FILES, ids=str)
def test_files_that_people_wrote(file: Path) -> None:
    assert_same(file.read_text(encoding="utf-8"))


@given(
    st.integers(),
    st.integers(),
    st.integers(),
    st.sampled_from(["", "\n", "  ", "- ", "#", "：", '"', "标题: 甲\n", "\t"]),
)
def test_a_file_with_a_slip(line: int, sign: int, cut: int, more: str) -> None:
    parts = NOTICE.split("\n")
    at = line % len(parts)
    place = sign % (len(parts[at]) + 1)
    parts[at] = parts[at][:place] + more + parts[at][place + cut % 3 :]
    assert_same("\n".join(parts))


def test_places_are_kept_as_numbers() -> None:
    marks = read_bytes(FILE, NOTICE.encode(), Notice).marks
    again = pickle.loads(pickle.dumps(marks))  # noqa: S301 - our own
    assert (again.every(), again.blanks) == (marks.every(), marks.blanks)


def test_what_no_page_can_show_is_found_in_every_plane_and_nothing_beside_it() -> None:
    ends = [chr(plane | low) for plane in range(0, 0x110000, 0x10000) for low in (0, 0xFFFD, 0xFFFE, 0xFFFF)]
    never = {sign for sign in ends if ord(sign) & 0xFFFF > 0xFFFD} | {"\x00", "\ufffd"}
    assert {sign for sign in ends if NEVER_IN_FILE.search(sign)} == never
    assert {sign for sign in [*ends, "\t"] if NEVER_IN_VALUE.search(sign)} == never | {"\t"}
