"""The rules of what happens after publication, each with what it lets pass and what it finds, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.records import NOTICE, UNIT, board_of, codes_of, problems_of, short

CHANGE = "变更: [{日期: %s, 内容: 更正电话, 依据: 来函}]\n"
#: An issue with these changes; its own status comes last.
ISSUE = "问题:\n- 标识: i-1\n  标题: 甲\n  主题: 换届\n  变更:\n"
DONE = "  状态: 已完成整改\n"
TO_DONE = "  - {日期: 2024-03-01, 内容: 乙, 原状态: 正在整改, 现状态: 已完成整改, 依据: 丙}\n"


@pytest.mark.parametrize(
    ("more", "found"),
    [
        (CHANGE % "2024-03-01", []),
        (CHANGE % "2024", []),
        (CHANGE % "{原文: 某日}", ["6:11 change-undated"]),
        (CHANGE % "{原文: 2024年3月1, 可确定: 2024-03}", ["6:11 change-undated"]),
        ("变更:\n- {日期: 2024-03, 内容: 甲, 依据: 乙}\n- {日期: 2024-03-01, 内容: 丙, 依据: 乙}\n", []),
        (
            "变更:\n- {日期: 2024-03, 内容: 甲, 依据: 乙}\n- {日期: 2024-02, 内容: 丙, 依据: 乙}\n",
            ["8:8 change-order"],
        ),
        (ISSUE + TO_DONE + DONE, []),
        (ISSUE + TO_DONE, ["11:45 change-status"]),
        (ISSUE + TO_DONE + "  状态: 正在整改\n", ["11:45 change-status"]),
        # The same class in other words is another status.
        (ISSUE + TO_DONE + "  状态: 整改到位\n", ["11:45 change-status"]),
        (ISSUE + "  - {日期: 2024-03-01, 内容: 乙, 现状态: 已完成整改, 依据: 丙}\n" + DONE, ["11:5 change-status"]),
        (ISSUE + "  - {日期: 2024-03-01, 内容: 乙, 原状态: 正在整改, 依据: 丙}\n" + DONE, ["11:5 change-status"]),
        (ISSUE + "  - {日期: 2024-03-01, 内容: 更正标题, 依据: 丙}\n" + DONE, []),
        (
            ISSUE + "  - {日期: 2024-02, 内容: 乙, 原状态: 尚未启动, 现状态: 正在整改, 依据: 丙}\n" + TO_DONE + DONE,
            [],
        ),
        (
            ISSUE + "  - {日期: 2024-02, 内容: 乙, 原状态: 尚未启动, 现状态: 阶段性完成, 依据: 丙}\n" + TO_DONE + DONE,
            ["12:34 change-status"],
        ),
        (
            ISSUE + "  - {日期: 2024-02, 内容: 乙, 原状态: 已完成整改, 现状态: 正在整改, 依据: 丙}\n  状态: 正在整改\n",
            ["11:43 status-back"],
        ),
        # Nothing is said of how far an unstated one had come.
        (
            ISSUE + "  - {日期: 2024-02, 内容: 乙, 原状态: 未标明, 现状态: 正在整改, 依据: 丙}\n  状态: 正在整改\n",
            [],
        ),
    ],
)
def test_changes_have_a_day_an_order_and_statuses_that_follow(tmp_path: Path, more: str, found: list[str]) -> None:
    assert codes_of(tmp_path, more) == found


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("变更: [{内容: 更正电话, 依据: 来函}]\n", ["6:6 missing-key"]),
        ("变更: [{日期: 2024, 内容: 更正电话}]\n", ["6:6 missing-key"]),
        ("变更: [{日期: 2024, 依据: 来函}]\n", ["6:6 missing-key"]),
        ("变更: [{日期: 2024-13, 内容: 更正电话, 依据: 来函}]\n", ["6:11 date-impossible"]),
        ("状态: {词语: 撤下, 日期: 2024, 原因: 重复}\n", []),
        ("状态: 撤下\n", ["6:1 missing-key", "6:1 missing-key"]),
        ("状态: {词语: 作废, 日期: 2024, 原因: 重复}\n", ["6:10 not-in-list"]),
        ("状态: {词语: 撤下, 日期: 2024, 原因: 重复, 替换为: 2023_2}\n", ["6:5 not-in-list"]),
        ("状态: {词语: 已更正并替换, 日期: 2024, 原因: 重复}\n", ["6:5 missing-key"]),
        ("状态: {词语: 已更正并替换, 日期: 2024, 原因: 重复, 替换为: 去年那份}\n", ["6:41 bad-form"]),
        ("问题: [{标识: i-1, 标题: 甲, 承接: 2023#i-1}]\n", []),
        ("问题: [{标识: i-1, 标题: 甲, 承接: [shili/2023-12_2#s-1, 2023#i-1-2]}]\n", []),
        ("问题: [{标识: i-1, 标题: 甲, 承接: 2023}]\n", ["6:27 bad-form"]),
        ("问题: [{标识: i-1, 标题: 甲, 承接: 2023＃i-1}]\n", ["6:27 bad-form"]),
        ("旧址: jiu/2023\n", []),
        ("旧址: [jiu/2023, gengjiu/2023-12_2]\n", []),
        ("旧址: jiu\n", ["6:5 bad-form"]),
        ("旧址: https://example.org/notices/jiu/2023/\n", ["6:5 bad-form"]),
    ],
)
def test_reading_tells_what_is_missing_or_not_of_the_form(more: str, found: list[str]) -> None:
    assert problems_of(NOTICE + more) == found


def found_in(folder: Path, files: dict[str, str]) -> list[str]:
    """The problems of a board, as ``FILE:LINE:COL CODE``; every unit named has its file."""
    units = {f"{path.partition('/')[0]}/unit.yml": UNIT for path in files}
    _, problems = board_of(folder, units | files)
    return [f"{problem.file.relative_to(folder)}:{short(problem)}" for problem in problems]


def issue(anchor: str, more: str = "") -> str:
    return f"问题: [{{标识: {anchor}, 标题: 甲, 主题: 换届{more}}}]\n"


EARLIER = NOTICE + issue("i-1", ", 状态: 已完成整改")
WITHDRAWN = "状态: {词语: 撤下, 日期: 2024, 原因: 重复}\n"
REPLACED = "状态: {词语: 已更正并替换, 日期: 2024, 原因: 更正, 替换为: %s}\n"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"a/2023.yml": EARLIER, "a/2024.yml": NOTICE + issue("i-2", ", 状态: 已完成整改, 承接: 2023#i-1")}, []),
        ({"a/2023.yml": EARLIER, "b/2024.yml": NOTICE + issue("i-2", ", 承接: a/2023#i-1")}, []),
        (
            {"a/2023.yml": EARLIER, "a/2024.yml": NOTICE + issue("i-2", ", 承接: 2022#i-1")},
            ["a/2024.yml:6:35 carried-unknown"],
        ),
        (
            {"a/2023.yml": EARLIER, "a/2024.yml": NOTICE + issue("i-2", ", 承接: 2023#i-7")},
            ["a/2024.yml:6:35 carried-unknown"],
        ),
        # Only backwards, so that no circle can come about.
        (
            {"a/2023.yml": NOTICE + issue("i-1", ", 承接: 2024#i-2"), "a/2024.yml": NOTICE + issue("i-2")},
            ["a/2023.yml:6:35 carried-unknown"],
        ),
        ({"a/2023.yml": NOTICE + issue("i-1", ", 承接: 2023#i-1")}, ["a/2023.yml:6:35 carried-unknown"]),
        (
            {"a/2023.yml": EARLIER + WITHDRAWN, "a/2024.yml": NOTICE + issue("i-2", ", 承接: 2023#i-1")},
            ["a/2024.yml:6:35 carried-unknown"],
        ),
        (
            {"a/2023.yml": EARLIER, "a/2024.yml": NOTICE + issue("i-2", ", 状态: 正在整改, 承接: 2023#i-1")},
            ["a/2024.yml:6:35 status-back"],
        ),
        (
            {
                "a/2023.yml": EARLIER,
                "a/2024.yml": NOTICE
                + issue("i-2", ", 状态: 正在整改, 承接: 2023#i-1")
                + "已知差异: [{代码: status-back, 原因: 重新整改}]\n",
            },
            [],
        ),
        ({"a/2023.yml": EARLIER, "a/2023_2.yml": NOTICE + REPLACED % "2023"}, []),
        ({"a/2023.yml": EARLIER, "b/2023.yml": NOTICE + REPLACED % "a/2023"}, []),
        ({"a/2023.yml": EARLIER, "a/2023_2.yml": NOTICE + REPLACED % "2022"}, ["a/2023_2.yml:6:41 successor-unknown"]),
        ({"a/2023.yml": NOTICE + REPLACED % "2023"}, ["a/2023.yml:6:41 successor-unknown"]),
        (
            {"a/2023.yml": NOTICE + REPLACED % "2024", "a/2024.yml": NOTICE + REPLACED % "2023"},
            ["a/2024.yml:6:41 successor-unknown", "a/2023.yml:6:41 successor-unknown"],
        ),
        # Of a retired notice only what must not be in the file matters, not what it lacks.
        ({"a/2023.yml": NOTICE.partition("联系方式")[0] + WITHDRAWN}, []),
        ({"a/2023.yml": NOTICE + "概述: 身份证11010519491231002X\n" + WITHDRAWN}, ["a/2023.yml:6:5 id-number"]),
        ({"a/2023.yml": NOTICE + "旧址: b/2023\n"}, []),
        ({"a/2023.yml": NOTICE + "旧址: b/2023\n", "b/2023.yml": NOTICE}, ["a/2023.yml:6:5 address-taken"]),
        (
            {"a/2023.yml": NOTICE + "旧址: c/2023\n", "b/2023.yml": NOTICE + "旧址: c/2023\n"},
            ["b/2023.yml:6:5 address-taken"],
        ),
        ({"a/unit.yml": UNIT + "旧址: [c]\n并入: [d]\n", "a/2023.yml": NOTICE}, []),
        ({"a/unit.yml": UNIT + "旧址: [b]\n", "b/2023.yml": NOTICE}, ["a/unit.yml:6:6 address-taken"]),
        ({"a/unit.yml": UNIT + "旧址: [c]\n", "b/unit.yml": UNIT + "并入: [c]\n"}, ["b/unit.yml:6:6 address-taken"]),
    ],
    ids=str,
)
def test_notices_refer_to_what_there_is(tmp_path: Path, files: dict[str, str], found: list[str]) -> None:
    assert sorted(found_in(tmp_path, files)) == sorted(found)
