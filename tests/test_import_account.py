"""Nothing is lost: every character of a document is in a field, in a formula, or told of as left over."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noticeboard.intake.drafting.account import Unproven, account
from noticeboard.intake.drafting.draft import Draft, leaves
from noticeboard.intake.drafting.leaf import Kind
from noticeboard.intake.drafting.writing import rest_of, text_of
from noticeboard.reading.yaml import parse
from tests.drafts import LEAD, draft, imported
from tests.records import FILE

#: Pieces of notices, so that any order of them meets every part of the program, and any text between them.
PIECES = (
    *("一、", "（一）", "1.", "(1)", "①", "一是", "二是", "问题一：", "第一，", "【问题1】"),
    *("关于“", "针对“", "”的问题整改情况", "“", "”", "（", "）", "。", "；", "，", "\n", "\n\n", " ", "　"),
    *(
        "整改措施：",
        "整改成效：",
        "完成情况：已完成",
        "责任领导：",
        "（已完成整改）",
        "下一步，",
        "目录",
        "附件：",
        "建议",
    ),
    *(
        "2022年9月8日至12月8日",
        "县委第三巡察组对示例局进行了巡察",
        "反馈",
        "21个具体问题",
        "已完成整改21个",
        "截至2023年12月",
    ),
    *(
        "联系电话：",
        "0000-1234567",
        "中共示例市示例局党组",
        "关于巡察整改进展情况的通报",
        "来源：",
        "欢迎监督。",
        "方面",
        "聚焦",
        "不到位",
    ),
    *("[bookmark: _GoBack]", "😀", "abc", "- ", ": ", " #", '"', "'", "\\"),
)
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=60).map("".join)


def file_of(made: Draft) -> str:
    """The file of a draft, nothing at its head."""
    return text_of(made.lines, made.record, (), rest_of(made, account(made)))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_the_three_sums_make_the_whole_and_what_is_left_is_in_the_file(text: str) -> None:
    made = draft(text)
    counted = account(made)
    assert counted.in_fields + counted.in_formulas + counted.left == counted.whole
    assert counted.whole == sum(not character.isspace() for character in made.lines.text)
    file = file_of(made)
    comments = "".join("".join(line.split()) for line in file.splitlines() if line.startswith("#"))
    for start, end in counted.passages:
        assert "".join(made.lines.text[start:end].split()) in comments


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_the_file_read_again_holds_every_value_of_the_draft(text: str) -> None:
    made = draft(text)
    value, _, problems = parse(FILE, file_of(made), frozenset())
    assert not problems
    for path, leaf in leaves(made.record):
        there = value
        for step in path:
            there = there[step]
        assert there == leaf.value


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_copied_value_is_its_words_and_no_others(text: str) -> None:
    made = draft(text)
    for _, leaf in leaves(made.record):
        if leaf.kind is Kind.COPIED:
            words = "".join(made.lines.text[start:end] for start, end in leaf.words)
            assert "".join(leaf.value.split()).replace("；", "") == "".join(words.split()).replace("；", "")


def test_a_field_that_does_not_hold_its_words_fails() -> None:
    made = draft(f"{LEAD}1.关于“台账不全”的问题\n一是补。二是查。")
    issue = made.record.issues[0]
    issue.title = replace(issue.title, value="台账齐全")
    with pytest.raises(Unproven, match="问题/0/标题"):
        account(made)


def test_what_no_field_takes_stands_at_the_end_with_its_place() -> None:
    made = imported(f"{LEAD}1.关于“台账不全”的问题\n问题描述：2021年台账缺三个月。\n整改措施：①补。②查。")
    assert "第 4 行：2021年台账缺三个月。" in made.notice.splitlines()[-1]
    assert made.account.left == len("2021年台账缺三个月。")


def test_a_doubt_about_a_damaged_date_stands_above_it() -> None:
    written = imported(f"{LEAD}一、关于账目不清问题的整改情况。\n销号时间：12月14日\n").notice
    doubt = "    # 请核对：原文没有写年份（原文“12月14日”，第 4 行）\n"
    assert f"{doubt}    销号日期: {{原文: 12月14日}}\n" in written


def test_the_same_document_gives_the_same_bytes() -> None:
    text = f"{LEAD}反馈的2个问题。\n1.关于“甲”的问题\n一是补。二是查。\n2.关于“乙”的问题\n已完成。"
    assert imported(text).notice == imported(text).notice
