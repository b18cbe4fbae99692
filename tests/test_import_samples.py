"""Twenty made-up notices laid out as real ones are, with their records: what is found, and that nothing is invented."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bench.import_quality import pairs
from noticeboard.intake.drafting.facts import Fact, facts

SAMPLES = Path(__file__).parent / "samples"
PAIRS = pairs(SAMPLES / "documents", SAMPLES / "notices")


def of(field: str, record: Counter[Fact]) -> Counter[Fact]:
    return Counter({fact: times for fact, times in record.items() if fact[0] == field})


def rates(fields: tuple[str, ...]) -> tuple[float, float]:
    """Recall and precision over all samples."""
    expected = sum((of(field, pair.record) for pair in PAIRS for field in fields), Counter[Any]())
    both = sum((of(field, pair.record) & of(field, pair.draft) for pair in PAIRS for field in fields), Counter[Any]())
    found = sum((of(field, pair.draft) for pair in PAIRS for field in fields), Counter[Any]())
    return both.total() / expected.total(), both.total() / found.total()


def test_every_document_finds_its_record() -> None:
    assert len(PAIRS) == len({pair.notice for pair in PAIRS}) == 20


def test_nearly_every_fact_is_found_and_nearly_none_is_added() -> None:
    recall, precision = rates(tuple({fact[0] for pair in PAIRS for fact in pair.record}))
    assert recall > 0.96
    assert precision > 0.97


def test_no_status_is_invented() -> None:
    _, precision = rates(("状态",))
    assert precision == 1.0


@pytest.mark.parametrize(
    "fields",
    [
        ("问题.标题", "问题.编号", "问题.层级", "方面", "意见建议"),
        ("巡察.开始", "巡察.结束", "巡察.反馈", "发布.落款日期", "发布.发布日期"),
        ("联系方式.电话", "联系方式.电子邮箱", "联系方式.邮编", "联系方式.传真"),
    ],
)
def test_titles_numbers_tree_dates_and_contact_are_found(fields: tuple[str, ...]) -> None:
    recall, precision = rates(fields)
    assert recall > 0.95
    assert precision > 0.98


def test_the_facts_of_a_record_leave_out_what_is_the_editors_own() -> None:
    record = {"标题": "甲", "概述": "乙", "问题": [{"标识": "i-1", "标题": "丙", "主题": ["财务管理"], "成效": "丁"}]}
    assert {fact[0] for fact in facts(record)} == {"标题", "问题.标题", "问题.编号", "问题.层级"}
