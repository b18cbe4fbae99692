"""What ``check`` prints for a person: the fixed line, then the place in the file."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from noticeboard.commands.excerpt import excerpt
from noticeboard.commands.report import as_text
from noticeboard.problems import Place, Problem, Severity
from tests.program import run
from tests.records import NOTICE, UNIT, write


def caret_column(shown: str) -> int:
    """The terminal column of the caret behind the gutter; wide characters take two."""
    return shown.splitlines()[1].index("^") - len("     1 │ ")


def test_the_caret_stands_below_the_character_whose_place_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path, {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE.replace("标题: ", "标题：")})
    done = run("check", "--notices", folder)
    line, source, caret, example, empty = done.stdout.split("\n")[:5]
    assert line.startswith(f"{folder / 'shili/2023.yml'}:1:3: 错误 fullwidth-colon ")
    assert (source, caret) == ("     1 │ 标题：示例通报", "       │     ^")
    assert (example, empty) == ("    例 │ 标题: 示例通报", "")


@pytest.mark.parametrize(
    ("line", "column", "caret"),
    [("abc", 2, 1), ("甲乙丙", 2, 2), ("甲a乙", 3, 3), ("甲", 2, 2), ("", 1, 0), ("甲", 9, 2)],
    ids=["latin", "wide", "mixed", "behind the end", "empty", "far behind"],
)
def test_columns_count_characters_and_carets_count_widths(line: str, column: int, caret: int) -> None:
    assert caret_column(excerpt(line, 1, column)) == caret


def test_of_a_long_line_the_part_around_the_place_is_shown() -> None:
    shown = excerpt("甲" * 300 + "坏" + "乙" * 300, 7, 301)
    source = shown.splitlines()[0]
    assert source.startswith("     7 │ ...甲")
    assert source.endswith("乙...")
    before = source[len("     7 │ ") : source.index("坏")]
    assert caret_column(shown) == len("...") + 2 * (len(before) - len("..."))


def test_of_very_many_problems_of_a_file_a_person_is_shown_the_first_and_how_many_more() -> None:
    many = [Problem(Path("a.yml"), Place(line), Severity.WARNING, "x", "甲", "乙") for line in range(1, 251)]
    error = Problem(Path("a.yml"), Place(300), Severity.ERROR, "y", "丙", "丁")
    shown = [line for line in as_text([*many, error]).splitlines() if line.startswith("a.yml")]
    assert len(shown) == 100
    assert shown[0] == str(error)
    assert shown[-1].endswith("乙（这个文件还有 151 处，没有列出；先改好这些，再检查一次）")


@pytest.mark.parametrize("character", ["甲", "\u0301", "\u200b"], ids=["wide", "mark", "unseen"])
def test_the_window_of_a_line_without_end_is_cut_in_bounded_time(character: str) -> None:
    begun = time.process_time()
    for column in range(1, 300_000, 3_000):
        assert len(excerpt(character * 300_000, 1, column)) < 700
    assert time.process_time() - begun < 5


@given(st.text(max_size=200), st.integers(1, 250))
@example("\u1680甲", 1)
def test_no_text_of_a_file_can_send_the_terminal_a_control_character(line: str, column: int) -> None:
    shown = excerpt(line, 1, column)
    assert shown.count("\n") == 2
    assert all(character.isprintable() for character in shown.replace("\n", ""))


def test_a_file_in_gbk_is_shown_as_its_writer_sees_it(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes("标题: 示例通报\n".encode("gbk"))
    problem = Problem(tmp_path / "a.yml", Place(1, 1), Severity.ERROR, "encoding", "不是 UTF-8", "另存")
    assert "│ 标题: 示例通报\n" in as_text([problem])


@pytest.mark.parametrize("content", [None, b"PK\x03\x04\0\0", b"\xff\xfe\x07\x68"], ids=["gone", "zip", "utf-16"])
def test_where_there_is_no_text_only_the_fixed_line_stands(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "a.yml"
    if content is not None:
        file.write_bytes(content)
    problem = Problem(file, Place(), Severity.ERROR, "encoding", "不是文本", "另存")
    assert as_text([problem]).split("\n")[0] == str(problem)
    assert "\x00" not in as_text([problem])
