"""Radicals that copying put in the place of characters: one table; where they are mended, and where only told."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticeboard.intake.documents import read_document
from noticeboard.intake.webform.body import filled
from noticeboard.problems import Severity
from noticeboard.radicals import ORDINARY, RADICAL, unified
from noticeboard.reading.fix import mended
from noticeboard.reading.read import read_bytes
from noticeboard.record.model import Notice
from tests.program import run
from tests.records import FILE, NOTICE, UNIT, codes_of, write


def test_every_radical_that_unicode_has_an_equivalent_for_is_in_the_table() -> None:
    blocks = [*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6)]
    assigned = {chr(code) for code in blocks if unicodedata.name(chr(code), "")}
    # U+2E80 CJK RADICAL REPEAT stands for no ideograph (EquivalentUnifiedIdeograph.txt leaves it out).
    assert assigned - ORDINARY.keys() == {"\u2e80"}


def test_what_stands_in_their_place_are_ideographs_that_stay() -> None:
    assert {
        sign for sign in ORDINARY.values() if not unicodedata.name(sign).startswith("CJK UNIFIED IDEOGRAPH")
    } == set()
    assert ORDINARY.keys() & set(ORDINARY.values()) == set()


def test_no_other_table_than_unicodes_for_what_it_folds_itself() -> None:
    other = {
        radical for radical, sign in ORDINARY.items() if unicodedata.normalize("NFKC", radical) not in (radical, sign)
    }
    assert other == {"⼾"}


def test_the_pattern_finds_these_and_no_others() -> None:
    near = {chr(ord(radical) + step) for radical in ORDINARY for step in (-1, 0, 1)}
    assert {sign for sign in near if RADICAL.search(sign)} == ORDINARY.keys()


@given(st.text())
def test_no_character_comes_or_goes(text: str) -> None:
    assert len(unified(text)) == len(text)
    assert unified(unified(text)) == unified(text)


@pytest.mark.parametrize(
    ("line", "place"),
    [("概述: 已⻓期坚持", "6:6"), ('概述: "甲" # ⻓', "6:11"), ("概述: ⼀⼆三⻔⻢", "6:5"), ("概述: 甲\uf9d1", "6:6")],
)
def test_a_radical_is_told_with_its_place_and_mended_when_asked(line: str, place: str, tmp_path: Path) -> None:
    assert codes_of(tmp_path, line + "\n") == [f"{place} radical-character"]
    (problem,) = read_bytes(FILE, (NOTICE + line + "\n").encode(), Notice).problems
    assert problem.severity is Severity.WARNING
    assert "check --fix" in problem.remedy
    after = mended(FILE, (NOTICE + line + "\n").encode(), Notice).after.decode()
    assert (
        after
        == NOTICE
        + unicodedata.normalize("NFKC", line).replace("⻓", "长").replace("⻔", "门").replace("⻢", "马")
        + "\n"
    )


def test_of_a_line_full_of_them_one_problem_names_the_first() -> None:
    (problem,) = read_bytes(FILE, (NOTICE + "概述: ⻓⻔⻅⻛⻢\n").encode(), Notice).problems
    assert problem.what.startswith(
        "“⻓”（U+2ED3，应是“长”）、“⻔”（U+2ED4，应是“门”）、“⻅”（U+2EC5，应是“见”）等 5 个"
    )


def test_a_key_and_a_word_of_a_list_are_known_again() -> None:
    text = NOTICE.replace("文种", "⽂种") + "问题: [{标识: i-1, 标题: 甲, 状态: 已完成并⻓期坚持}]\n"
    assert read_bytes(FILE, text.encode(), Notice).record is None
    record = read_bytes(FILE, mended(FILE, text.encode(), Notice).after, Notice).record
    assert record is not None
    assert record.issues[0].status.words == "已完成并长期坚持"


def test_a_file_that_would_not_be_read_any_more_stays() -> None:
    # The words are in the table once they are mended, and their class is another one.
    text = NOTICE + "问题: [{标识: i-1, 标题: 甲, 状态: {词语: ⻓期坚持, 归类: 正在整改}}]\n"
    assert read_bytes(FILE, text.encode(), Notice).record is not None
    assert mended(FILE, text.encode(), Notice).after == text.encode()


@given(st.text(alphabet="标题概述：: \t\r\n#|>\"'{}[],甲⻓⼀⼾", max_size=40))
def test_mending_changes_nothing_of_a_record_but_its_radicals(more: str) -> None:
    content = (NOTICE + more).encode()
    record = read_bytes(FILE, content, Notice).record
    after = read_bytes(FILE, mended(FILE, content, Notice).after, Notice).record
    if record is not None:
        assert after is not None
        assert after.model_dump_json() in (unified(record.model_dump_json()), record.model_dump_json())


def test_the_command_mends_them_and_shows_it(tmp_path: Path) -> None:
    folder = write(tmp_path, {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE + "概述: 已⻓期坚持\n"})
    done = run("check", "--fix", "--notices", folder)
    assert "  -概述: 已⻓期坚持\n  +概述: 已长期坚持\n" in done.stderr
    assert (done.returncode, done.stdout) == (0, "")


def test_any_document_is_read_without_them_and_it_is_said() -> None:
    document = read_document("示例.txt", "⼀、关于“⻓期坚持”问题".encode())
    assert [block.text for block in document.blocks] == ["一、关于“长期坚持”问题"]
    assert document.remarks == ("有 2 处部首字符（多半是从 PDF 复制来的），已换成平常的汉字：⼀→一、⻓→长",)


def test_a_form_is_read_without_them() -> None:
    assert filled("### 单位\n\n示例⻓办公室\n").line("单位") == "示例长办公室"
