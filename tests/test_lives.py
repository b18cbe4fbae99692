"""Lives of issues: what carries on what, and the steps from feedback until now."""

from __future__ import annotations

from pathlib import Path

import pytest

from noticeboard.board.lives import Lives, goes_back, matters
from noticeboard.record.model import Status
from tests.records import NOTICE, UNIT, board_of


def issue(anchor: str, status: str = "正在整改", carries: str = "") -> str:
    more = f", 承接: {carries}" if carries else ""
    return f"- {{标识: {anchor}, 标题: {anchor}, 状态: {status}{more}}}\n"


def life(folder: Path, notices: dict[str, str], of: str) -> list[str]:
    """The steps of the matter ``UNIT/DATE#ANCHOR``, each as ``date what``; every unit named has its file."""
    units = {f"{address.partition('/')[0]}/unit.yml": UNIT for address in notices}
    board, _ = board_of(folder, units | {f"{address}.yml": NOTICE + more for address, more in notices.items()})
    address, _, anchor = of.partition("#")
    filed = board.by_address[address]
    matter = next(matter for _, matter in matters(filed.notice) if matter.id == anchor)
    return [
        f"{step.date or '?'} {step.status.words if step.status else step.change.what if step.change else '反馈'}"
        f"{f' {step.stage.key}' if step.stage else ''}"
        for step in Lives.of(board).steps(filed, matter)
    ]


FEEDBACK = "巡察: {反馈: 2023-06-01}\n"
AS_OF = "数据截至: 2023-12\n"


def test_a_life_begins_with_the_feedback_and_has_a_step_for_each_notice(tmp_path: Path) -> None:
    notices = {
        "a/2023": FEEDBACK + AS_OF + "问题:\n" + issue("i-1"),
        "a/2024": "数据截至: 2024-06\n问题:\n" + issue("i-2", "已完成整改", "2023#i-1"),
    }
    expected = ["2023年6月1日 反馈", "2023年12月 正在整改 a/2023#i-1", "2024年6月 已完成整改 a/2024#i-2"]
    assert life(tmp_path, notices, "a/2023#i-1") == expected
    assert life(tmp_path, notices, "a/2024#i-2") == expected


def test_of_several_feedbacks_nobody_knows_which_named_the_issue(tmp_path: Path) -> None:
    several = "巡察: [{反馈: 2023-06-01}, {反馈: 2023-07-01}]\n"
    assert life(tmp_path, {"a/2023": several + AS_OF + "问题:\n" + issue("i-1")}, "a/2023#i-1") == [
        "2023年12月 正在整改 a/2023#i-1"
    ]


@pytest.mark.parametrize(
    ("more", "day"),
    [
        (AS_OF, "2023年12月"),
        # The smallest notice was signed on this day.
        ("", "2023年12月14日"),
    ],
)
def test_a_step_has_the_day_of_the_data_else_that_of_the_notice(tmp_path: Path, more: str, day: str) -> None:
    assert life(tmp_path, {"a/2023": more + "问题:\n" + issue("i-1")}, "a/2023#i-1")[0].startswith(f"{day} ")


def test_a_change_is_a_step_after_the_status_that_the_notice_gave(tmp_path: Path) -> None:
    changed = (
        "问题:\n- 标识: i-1\n  标题: 甲\n  状态: 已完成整改\n  变更:\n"
        "  - {日期: 2024-01, 内容: 更正标题, 依据: 来函}\n"
        "  - {日期: 2024-03, 内容: 改好, 原状态: 正在整改, 现状态: 已完成整改, 依据: 来函}\n"
    )
    assert life(tmp_path, {"a/2023": AS_OF + changed}, "a/2023#i-1") == [
        "2023年12月 正在整改 a/2023#i-1",
        "2024年1月 更正标题 a/2023#i-1",
        "2024年3月 已完成整改 a/2023#i-1",
    ]


def test_an_issue_that_was_split_leads_to_both_and_each_back_to_it(tmp_path: Path) -> None:
    notices = {
        "a/2023": AS_OF + "问题:\n" + issue("i-1"),
        "a/2024": AS_OF + "问题:\n" + issue("i-2", carries="2023#i-1") + issue("i-3", "已完成整改", "2023#i-1"),
    }
    keys = [step.rpartition(" ")[2] for step in life(tmp_path, notices, "a/2023#i-1")]
    assert keys[0] == "a/2023#i-1"
    assert sorted(keys[1:]) == ["a/2024#i-2", "a/2024#i-3"]
    assert [step.rpartition(" ")[2] for step in life(tmp_path, notices, "a/2024#i-3")] == ["a/2023#i-1", "a/2024#i-3"]


def test_issues_that_were_merged_all_stand_in_the_life_of_the_one(tmp_path: Path) -> None:
    notices = {
        "a/2022": AS_OF + "问题:\n" + issue("i-1"),
        "b/2023": AS_OF + "问题:\n" + issue("i-1"),
        "a/2024": AS_OF + "问题:\n" + issue("i-9", "已完成整改", "[2022#i-1, b/2023#i-1]"),
    }
    steps = life(tmp_path, notices, "a/2024#i-9")
    assert [step.rpartition(" ")[2] for step in steps] == ["a/2022#i-1", "b/2023#i-1", "a/2024#i-9"]


def test_what_a_withdrawn_notice_said_is_no_step(tmp_path: Path) -> None:
    notices = {
        "a/2023": "状态: {词语: 撤下, 日期: 2024, 原因: 重复}\n问题:\n" + issue("i-1"),
        "a/2024": AS_OF + "问题:\n" + issue("i-2", carries="2023#i-1"),
    }
    assert life(tmp_path, notices, "a/2024#i-2") == ["2023年12月 正在整改 a/2024#i-2"]


def test_a_circle_ends(tmp_path: Path) -> None:
    """The rules forbid it, but who asks before they were obeyed must get an answer."""
    notices = {
        "a/2023": AS_OF + "问题:\n" + issue("i-1", carries="2024#i-2"),
        "a/2024": AS_OF + "问题:\n" + issue("i-2", carries="2023#i-1"),
    }
    assert len(life(tmp_path, notices, "a/2024#i-2")) == 2


def test_the_newest_notice_tells_what_became_of_an_issue(tmp_path: Path) -> None:
    notices = {
        "a/2022": "问题:\n" + issue("i-1"),
        "a/2023": "问题:\n" + issue("i-1", carries="2022#i-1"),
        "a/2024": "问题:\n" + issue("i-1", "已完成整改", "2023#i-1"),
    }
    board, _ = board_of(tmp_path, {"a/unit.yml": UNIT} | {f"{at}.yml": NOTICE + more for at, more in notices.items()})
    lives, oldest = Lives.of(board), board.by_address["a/2022"]
    assert [stage.key for stage in lives.latest(oldest, oldest.notice.issues[0])] == ["a/2024#i-1"]
    assert {slug: [stage.key for stage in stages] for slug, stages in lives.ends.items()} == {"a": ["a/2024#i-1"]}


@pytest.mark.parametrize(
    ("before", "after", "is_back"),
    [
        ("已完成整改", "正在整改", True),
        ("已完成整改", "已完成并长期坚持", False),
        ("已完成并长期坚持", "已完成整改", False),
        ("基本完成", "阶段性完成", True),
        ("正在整改", "长期整改", False),
        ("正在整改", "尚未启动", True),
        ("未标明", "正在整改", False),
        ("已完成整改", "未标明", False),
    ],
)
def test_a_step_back_is_one_between_statuses_that_say_how_far_it_came(
    before: str, after: str, *, is_back: bool
) -> None:
    one, other = (Status.model_validate({"词语": words}) for words in (before, after))
    assert goes_back(one, other) is is_back
