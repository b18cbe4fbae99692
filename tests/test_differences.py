"""What two versions of a record say otherwise: every field of the model, those too that come to it later."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import Field

from noticeboard.changes.breaches import breaches
from noticeboard.changes.differences import differences
from noticeboard.changes.lines import lines
from noticeboard.record.fields import Date, Texts
from noticeboard.record.model import Issue, Notice


class WithNewKeys(Issue):
    """An issue with two keys that no module under ``changes`` knows."""

    closed: Annotated[Date | None, Field(alias="销号日期", description="销号的日期")] = None
    witnesses: Annotated[Texts, Field(alias="见证", description="谁见证")] = ()


def issue(**more: object) -> WithNewKeys:
    return WithNewKeys.model_validate({"标识": "i-1", "标题": "甲", **more})


@pytest.mark.parametrize(
    ("old", "new", "line", "breach"),
    [
        ({}, {"销号日期": "2024-01"}, "新增销号日期：2024-01", []),
        (
            {"销号日期": "2024-01"},
            {"销号日期": "2024-02"},
            "销号日期 2024-01 → 2024-02",
            [("date-changed", "“销号日期”", "2024-02")],
        ),
        ({"见证": ["乙", "丙"]}, {"见证": ["丙"]}, "删去见证：乙", [("text-changed", "“见证”", None)]),
    ],
)
def test_a_key_that_is_new_to_the_model_is_compared_and_told(
    old: dict[str, object], new: dict[str, object], line: str, breach: list[tuple[str, str, str | None]]
) -> None:
    found = list(differences(issue(**old), issue(**new)))
    assert list(lines(found)) == [line]
    assert [(one.rule.code, one.name, one.after) for one in breaches(found)] == breach


def notice(*stated: dict[str, str]) -> Notice:
    return Notice.model_validate({"标题": "甲", "文种": "巡察整改进展", "发布": {"内容": "摘要"}, "通报所述": stated})


def test_an_entry_is_compared_with_the_one_that_it_has_become() -> None:
    issues, village = {"项目": "问题", "数": "3"}, {"项目": "问题", "数": "2", "对象": "甲村"}
    (found,) = differences(notice(issues, village), notice({**village, "说明": "核对过"}, issues))
    assert [(entry.at, [part.key for part in entry.parts]) for entry in found.parts] == [(("通报所述", 0), ["说明"])]


def test_of_two_entries_of_one_name_the_one_that_is_gone_is_told_gone() -> None:
    first, second = {"项目": "问题", "数": "3"}, {"项目": "问题", "数": "2"}
    assert list(lines(differences(notice(first, second), notice(second)))) == ["删去通报所述“问题”：3"]
