"""What was published stays: addresses, anchors, entries; figures, statuses and dates change only with an entry."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noticeboard.board.addresses import Address
from noticeboard.board.board import Board, NoticeFile, unit_folder
from noticeboard.changes.differences import anchors
from noticeboard.changes.guard import broken_promises
from noticeboard.problems import Problem, Severity
from noticeboard.reading.read import read_bytes
from noticeboard.record.model import Notice, Unit
from tests.records import NOTICE, UNIT, notice

NOTICES = Path("notices")


def board(files: dict[str, str]) -> Board:
    """The board of files by their paths under ``notices/``; nothing is written to disk."""
    units: dict[str, list[NoticeFile]] = defaultdict(list)
    for path, text in files.items():
        slug, name = path.split("/")
        units[slug] += []
        if name != "unit.yml":
            reading = read_bytes(NOTICES / path, text.encode(), Notice)
            assert reading.record, [str(problem) for problem in reading.problems]
            units[slug].append(NoticeFile(slug, Path(name).stem, reading.file, reading.record, reading.marks))
    folders = []
    for slug, notices in units.items():
        unit = read_bytes(NOTICES / slug / "unit.yml", files[f"{slug}/unit.yml"].encode(), Unit)
        assert unit.record, [str(problem) for problem in unit.problems]
        folders.append(unit_folder(slug, unit.file, unit.record, unit.marks, notices))
    return Board(tuple(folders))


def lost(before: dict[str, str], now: dict[str, str]) -> list[Problem]:
    return sorted(broken_promises(board(before), board(now)), key=lambda problem: problem.sort_key)


def between(before: str, now: str) -> list[Problem]:
    """The same for one notice, by the lines behind the smallest one (lines 1 to 4)."""
    unit = {"shili/unit.yml": UNIT}
    return lost({**unit, "shili/2023.yml": NOTICE + before}, {**unit, "shili/2023.yml": NOTICE + now})


def short(problems: list[Problem]) -> list[str]:
    return [f"{problem.place.line}:{problem.place.column} {problem.code}" for problem in problems]


# -- addresses

UNITS = {"old/unit.yml": UNIT, "new/unit.yml": UNIT.replace("示例局", "新局")}
GONE = "状态: {词语: 撤下, 日期: 2024-03-01, 原因: 单位来函}\n"


def test_a_notice_that_is_gone_is_an_error_in_its_units_file() -> None:
    (problem,) = lost({**UNITS, "old/2023-12.yml": NOTICE}, UNITS)
    assert str(problem) == (
        "notices/old/unit.yml:1:1: 错误 address-gone 网址 /notices/old/2023-12/ 和数据 /data/notices/old/2023-12.json "
        "会失效（“示例通报”） — 恢复文件 notices/old/2023-12.yml，或保留文件并写“状态: {词语: 撤下, 日期: …, 原因: …}”"
    )


def test_a_notice_that_is_withdrawn_or_replaced_still_answers() -> None:
    before = {**UNITS, "old/2023.yml": NOTICE + "问题:\n  - {标识: i-1, 标题: 甲}\n"}
    assert lost(before, {**UNITS, "old/2023.yml": NOTICE + GONE}) == []
    replaced = "状态: {词语: 已更正并替换, 日期: 2024, 原因: 有误, 替换为: 2023_2}\n"
    assert lost(before, {**UNITS, "old/2023.yml": NOTICE + replaced, "old/2023_2.yml": NOTICE}) == []


def test_a_withdrawn_notice_that_is_deleted_is_gone_too() -> None:
    (problem,) = lost({**UNITS, "old/2023.yml": NOTICE + GONE}, UNITS)
    assert problem.what == "网址 /notices/old/2023/ 会失效（“示例通报”）"


def test_a_notice_that_moved_is_told_the_line_to_write() -> None:
    before = {**UNITS, "old/2023-12.yml": NOTICE}
    (problem,) = lost(before, {**UNITS, "new/2023-12.yml": NOTICE})
    assert problem.remedy == "在 notices/new/2023-12.yml 里写“旧址: old/2023-12”"
    (problem,) = lost(before, {**UNITS, "old/2023.yml": NOTICE + "旧址: new/2022\n"})
    assert problem.remedy == "在 notices/old/2023.yml 里写“旧址: [new/2022, old/2023-12]”"


def test_of_several_notices_with_its_title_the_one_of_its_date_is_taken_for_it() -> None:
    before = {**UNITS, "old/2023-12.yml": NOTICE}
    (problem,) = lost(before, {**UNITS, "new/2023-12.yml": NOTICE, "new/2022.yml": NOTICE})
    assert problem.remedy == "在 notices/new/2023-12.yml 里写“旧址: old/2023-12”"
    (problem,) = lost(before, {**UNITS, "new/2024.yml": NOTICE, "new/2022.yml": NOTICE})
    assert problem.remedy.startswith("恢复文件 notices/old/2023-12.yml，或保留文件")


def test_a_notice_that_moved_answers_at_its_old_address_and_is_compared_there() -> None:
    issue = "问题:\n  - {标识: i-1, 标题: 甲}\n"
    before = {**UNITS, "old/2023-12.yml": NOTICE + issue}
    moved = NOTICE + "旧址: old/2023-12\n"
    assert lost(before, {**UNITS, "new/2024.yml": moved + issue}) == []
    (problem,) = lost(before, {**UNITS, "new/2024.yml": moved})
    assert (str(problem.file), problem.code) == ("notices/new/2024.yml", "anchor-gone")


def test_a_renamed_folder_is_told_one_line_for_the_unit_and_all_its_notices() -> None:
    before = {"old/unit.yml": UNIT, "old/2023.yml": NOTICE, "old/2024.yml": NOTICE.replace("示例", "另")}
    now = {path.replace("old", "new"): text for path, text in before.items()}
    problems = lost(before, now)
    assert [problem.code for problem in problems] == ["address-gone"] * 3
    assert {str(problem.file) for problem in problems} == {
        "notices/old/unit.yml", "notices/old/2023.yml", "notices/old/2024.yml"
    }  # fmt: skip
    assert {problem.remedy for problem in problems} == {"在 notices/new/unit.yml 里写“旧址: old”"}
    assert lost(before, {**now, "new/unit.yml": UNIT + "旧址: old\n"}) == []


def test_a_unit_that_was_merged_into_another_answers_there() -> None:
    before = {**UNITS, "old/2023.yml": NOTICE}
    now = {"new/unit.yml": UNITS["new/unit.yml"], "new/2023.yml": NOTICE + "旧址: old/2023\n"}
    (problem,) = lost(before, now)
    assert (problem.code, problem.remedy) == ("address-gone", "在 notices/new/unit.yml 里写“并入: old”")
    assert lost(before, {**now, "new/unit.yml": UNITS["new/unit.yml"] + "并入: old\n"}) == []


def test_a_unit_that_vanished_without_a_trace() -> None:
    (problem,) = lost(UNITS, {"new/unit.yml": UNITS["new/unit.yml"]})
    assert problem.what == "网址 /units/old/ 会失效"
    assert problem.remedy.startswith("恢复文件 notices/old/unit.yml；文件夹改了名的，在新的 unit.yml 里写“旧址: old”")


def test_an_old_address_answers_for_good() -> None:
    before = {"new/unit.yml": UNIT + "旧址: old\n", "new/2023.yml": NOTICE + "旧址: jiu/2022\n"}
    remedies = {
        problem.what.partition("（")[0]: problem.remedy
        for problem in lost(before, {"new/unit.yml": UNIT, "new/2023.yml": NOTICE})
    }
    assert remedies == {
        "网址 /units/old/ 会失效": "在 notices/new/unit.yml 里写回“旧址: old”",
        "网址 /notices/jiu/2022/ 会失效": "在 notices/new/2023.yml 里写回“旧址: jiu/2022”",
        "网址 /notices/old/2023/ 会失效": "在 notices/new/unit.yml 里写回“旧址: old”",
    }


def test_what_could_not_be_read_then_must_answer_too_and_is_said_not_to_be_compared() -> None:
    unread = {Address.of_notice(f"old/{year}"): NOTICES / f"old/{year}.yml" for year in (2022, 2023)}
    problems = list(broken_promises(board(UNITS), board({**UNITS, "old/2022.yml": NOTICE}), unread))
    assert [(problem.code, str(problem.file), problem.severity) for problem in problems] == [
        ("address-gone", "notices/old/2023.yml", Severity.ERROR),
        ("base-unreadable", "notices/old/2022.yml", Severity.WARNING),
        ("base-unreadable", "notices/old/2023.yml", Severity.WARNING),
    ]


def test_what_cannot_be_read_now_is_not_gone() -> None:
    before = board({**UNITS, "old/2023.yml": NOTICE})
    assert list(broken_promises(before, board(UNITS), standing={Address.of_notice("old/2023")})) == []


def test_new_units_and_notices_are_nobodys_loss() -> None:
    assert lost({"old/unit.yml": UNIT}, {**UNITS, "old/2023.yml": NOTICE, "new/2023.yml": NOTICE}) == []


# -- anchors

TREE = """方面:
  - 标识: f-1
    标题: 财经纪律
    问题:
      - 标识: i-1
        标题: 差旅费报销不规范
        子问题:
          - {标识: i-1-1, 标题: 超标准乘坐飞机}
          - {标识: i-1-2, 标题: 重复报销住宿费}
      - {标识: i-2, 标题: 固定资产账目不清}
意见建议:
  - {标识: s-1, 标题: 建议加强培训}
"""


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("          - {标识: i-1-2, 标题: 重复报销住宿费}\n", "13:11"),
        ("      - {标识: i-2, 标题: 固定资产账目不清}\n", "10:7"),
        ("意见建议:\n  - {标识: s-1, 标题: 建议加强培训}\n", "1:1"),
    ],
)
def test_an_anchor_that_is_gone_is_an_error_at_what_stood_above_it(line: str, place: str) -> None:
    (problem,) = between(TREE, TREE.replace(line, ""))
    assert short([problem]) == [f"{place} anchor-gone"]
    assert "；要更正它，改文字，不改标识" in problem.remedy


def test_all_anchors_of_a_section_that_is_gone_are_told() -> None:
    problems = between(TREE, "意见建议:\n  - {标识: s-1, 标题: 建议加强培训}\n")
    assert {problem.what.partition("“")[0] for problem in problems} == {"f-1", "i-1", "i-1-1", "i-1-2", "i-2"}


def test_an_issue_may_move_to_another_section_and_level() -> None:
    now = """方面:
  - 标识: f-1
    标题: 财经纪律
  - 标识: f-2
    标题: 资产管理
    问题:
      - {标识: i-2, 标题: 固定资产账目不清}
      - 标识: i-1-2
        标题: 重复报销住宿费
        子问题:
          - {标识: i-1, 标题: 差旅费报销不规范}
问题:
  - {标识: i-1-1, 标题: 超标准乘坐飞机}
意见建议:
  - {标识: s-2, 标题: 新的建议}
  - {标识: s-1, 标题: 建议加强培训}
"""
    assert between(TREE, now) == []


def test_an_issue_with_another_anchor_is_told_to_take_the_old_one() -> None:
    (problem,) = between(TREE, TREE.replace("{标识: i-2,", "{标识: i-9,"))
    assert short([problem]) == ["15:14 anchor-gone"]
    assert problem.what == "i-2“固定资产账目不清”的锚点变成了 i-9"
    assert problem.remedy == "在“固定资产账目不清”下面写回“标识: i-2”"


def test_two_issues_that_exchanged_their_anchors_are_two_errors() -> None:
    now = TREE.replace("i-1-1,", "i-x,").replace("i-1-2,", "i-1-1,").replace("i-x,", "i-1-2,")
    problems = between(TREE, now)
    assert short(problems) == ["13:18 anchor-moved", "14:18 anchor-moved"]
    assert problems[1].what == "i-1-1 原来是“超标准乘坐飞机”，现在是“重复报销住宿费”"
    assert problems[1].remedy == "把“超标准乘坐飞机”的标识写回 i-1-1；“重复报销住宿费”的标识写回 i-1-2"


def test_renumbering_behind_an_inserted_issue_is_an_error_for_each_anchor() -> None:
    before = "问题:\n  - {标识: i-1, 标题: 甲事}\n  - {标识: i-2, 标题: 乙事}\n"
    now = "问题:\n  - {标识: i-1, 标题: 新事}\n  - {标识: i-2, 标题: 甲事}\n  - {标识: i-3, 标题: 乙事}\n"
    problems = between(before, now)
    assert short(problems) == ["7:10 anchor-moved", "8:10 anchor-moved"]
    assert problems[0].remedy == "把“甲事”的标识写回 i-1；给“新事”另写一个没有用过的标识，例如 i-4"


def test_renumbering_behind_a_deleted_issue_is_an_error_for_each_anchor() -> None:
    before = "问题:\n  - {标识: i-1, 标题: 甲事}\n  - {标识: i-2, 标题: 乙事}\n"
    problems = between(before, "问题:\n  - {标识: i-1, 标题: 乙事}\n")
    assert short(problems) == ["7:10 anchor-gone", "7:10 anchor-moved"]
    assert problems[1].remedy == "恢复“甲事”（标识: i-1）；“乙事”的标识写回 i-2"


def test_a_title_that_stood_twice_is_no_exchange_when_one_is_corrected() -> None:
    before = "问题:\n  - {标识: i-1, 标题: 账目不清}\n  - {标识: i-2, 标题: 账目不清}\n"
    now = before.replace("i-1, 标题: 账目不清", "i-1, 标题: 账目不明")
    assert short(between(before, now)) == ["7:19 text-changed"]


def test_the_anchor_of_a_deleted_issue_is_not_given_to_another() -> None:
    before = "问题:\n  - {标识: i-1, 标题: 甲事, 成效: 已清退}\n"
    now = "问题:\n  - {标识: i-1, 标题: 完全不同的乙, 成效: 已建账}\n"
    assert short(between(before, now)) == ["7:10 anchor-moved"]
    # Who says so to readers has corrected it.
    assert between(before, now + NOTED) == []
    # A corrected title is a correction.
    assert short(between(before, "问题:\n  - {标识: i-1, 标题: 甲事项, 成效: 已建账}\n")) == [
        "7:19 text-changed",
        "7:28 text-changed",
    ]


def part(title: str, name: str = "") -> str:
    """A part with a paragraph of its own."""
    return f"  - {{{f'标识: {name}, ' if name else ''}类别: 其他, 标题: {title}, 内容: {title}的内容}}\n"


PARTS = "其他部分:\n" + part("组织领导") + part("下一步")


def test_a_part_that_is_inserted_needs_a_name_of_its_own() -> None:
    problems = between(PARTS, "其他部分:\n" + part("专项整治") + part("组织领导") + part("下一步"))
    assert short(problems) == ["7:18 anchor-moved", "8:18 anchor-moved"]
    assert problems[0].what == "part-1 原来是“组织领导”，现在是“专项整治”"
    assert {problem.remedy for problem in problems} == {"在新加的“专项整治”下面写“标识: p-a”，或者把它移到最后"}
    assert between(PARTS, "其他部分:\n" + part("专项整治", "p-a") + part("组织领导") + part("下一步")) == []
    assert between(PARTS, PARTS + part("专项整治")) == []


def test_names_for_several_inserted_parts_differ_from_those_there_are() -> None:
    named = part("已有", "p-a")
    now = "其他部分:\n" + part("其一") + part("其二") + part("组织领导") + part("下一步") + named
    assert between(PARTS + named, now)[0].remedy == (
        "在新加的“其一”下面写“标识: p-b”、“其二”下面写“标识: p-c”，或者把它移到最后"
    )


def test_a_part_that_is_taken_away_or_put_elsewhere_is_told_to_come_back() -> None:
    taken = between(PARTS, "其他部分:\n" + part("下一步"))
    assert short(taken) == ["7:18 anchor-gone", "7:18 anchor-moved"]
    assert {problem.remedy for problem in taken} == {"恢复“组织领导”"}
    exchanged = between(PARTS, "其他部分:\n" + part("下一步") + part("组织领导"))
    assert {problem.remedy for problem in exchanged} == {"没有标识的部分恢复原来的先后：“组织领导”、“下一步”"}
    replaced = between(PARTS, "其他部分:\n" + part("别的事情") + part("下一步"))
    assert short(replaced) == ["7:18 anchor-moved"]


def test_a_part_does_not_get_a_name_after_publication() -> None:
    problems = between(PARTS, "其他部分:\n" + part("组织领导", "p-a") + part("下一步"))
    assert {problem.remedy for problem in problems if "组织领导" in problem.what} == {
        "删去“组织领导”下面的“标识: p-a”，它公布时没有标识"
    }
    named = "其他部分:\n" + part("组织领导", "p-a")
    (problem,) = between(named, "其他部分:\n" + part("组织领导"))
    assert problem.remedy == "在“组织领导”下面写回“标识: p-a”"


# -- figures, statuses, dates

NOTED = "变更: [{日期: 2024-03-01, 内容: 更正, 依据: 核对原文}]\n"


def test_a_figure_that_changed_without_an_entry_is_an_error_with_the_entry_to_write() -> None:
    before, now = "通报所述: [{项目: 问题, 数: 21, 单位: 个}]\n", "通报所述: [{项目: 问题, 数: 22, 单位: 个}]\n"
    (problem,) = between(before, now)
    assert str(problem) == (
        "notices/shili/2023.yml:6:20: 错误 figure-changed “通报所述”中“问题”的数从“21个”改为“22个”，"
        "而“变更”里没有新的记录 — 改错了的改回去；确实要改的，在通报里加一行“变更: "
        "[{日期: …, 内容: “通报所述”中“问题”的数由“21个”改为“22个”, 依据: …}]”"
    )
    assert between(before, now + NOTED) == []
    entry = problem.remedy.partition("里加一行“")[2].removesuffix("”").replace("日期: …", "日期: 2024-03-01")
    assert between(before, now + entry + "\n") == []


def test_a_figure_that_was_removed_is_an_error_where_it_stood() -> None:
    before = "通报所述:\n  - {项目: 问题, 数: 21}\n  - {项目: 措施, 数: 71}\n"
    assert short(between(before, "通报所述:\n  - {项目: 问题, 数: 21}\n")) == ["7:3 figure-changed"]
    assert short(between(before, "")) == ["1:1 figure-changed", "1:1 figure-changed"]
    assert short(between(before, "通报所述:\n  - {项目: 问题}\n  - {项目: 措施, 数: 71}\n")) == ["7:5 figure-changed"]


def test_figures_may_be_added_and_put_in_another_order() -> None:
    before = "通报所述: [{项目: 问题, 数: 21}, {项目: 措施, 数: 0}]\n"
    assert between(before, "通报所述: [{项目: 措施, 数: 0}, {项目: 方面, 数: 4}, {项目: 问题, 数: 21}]\n") == []
    assert between("通报所述: [{项目: 问题}]\n", "通报所述: [{项目: 问题, 数: 21}]\n") == []


def test_yuan_that_become_ten_thousands_are_another_figure() -> None:
    before = "通报所述: [{项目: 退缴, 数: 3, 单位: 元}]\n"
    assert short(between(before, before.replace("元", "万元"))) == ["6:20 figure-changed"]


def test_figures_of_sections_and_issues_count_as_well() -> None:
    before = "方面: [{标识: f-1, 标题: 甲, 通报所述: [{项目: 问题, 数: 1}]}]\n"
    assert short(between(before, before.replace("数: 1", "数: 2"))) == ["6:42 figure-changed"]
    issue = before.replace("方面", "问题").replace("f-1", "i-1")
    assert short(between(issue, issue.replace("数: 1", "数: 2"))) == ["6:42 figure-changed"]


STATUS = "问题:\n  - 标识: i-1\n    标题: 账目不清\n    状态: 正在整改\n"


def test_a_status_that_changed_without_an_entry_is_an_error_with_the_entry_to_write() -> None:
    now = STATUS.replace("正在整改", "已完成整改")
    (problem,) = between(STATUS, now)
    assert (short([problem]), problem.severity) == (["9:9 status-changed"], Severity.ERROR)
    assert problem.what == "i-1“账目不清”的状态从“正在整改”改为“已完成整改”，而“变更”里没有新的记录"
    entry = "[{日期: …, 内容: 状态由“正在整改”改为“已完成整改”, 原状态: 正在整改, 现状态: 已完成整改, 依据: …}]"
    assert problem.remedy == f"改错了的改回去；确实要改的，在“账目不清”这一条里加一行“变更: {entry}”"
    assert between(STATUS, f"{now}    变更: {entry.replace('日期: …', '日期: 2024')}\n") == []


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("状态: 正在整改", "状态: 推进中"),
        ("状态: {词语: 已见成效, 归类: 阶段性完成}", "状态: {词语: 已见成效, 归类: 基本完成}"),
        ("状态: {词语: 已完成, 截至: 2023-11}", "状态: {词语: 已完成, 截至: 2023-12}"),
        ("状态: {词语: 已完成, 截至: 2023-11}", "状态: 已完成"),
        ("状态: 正在整改", "编号: 一"),
        ("编号: 一", "编号: 一\n    状态: 已完成"),
    ],
)
def test_words_class_and_day_of_a_status_count_and_so_does_the_first_one(before: str, now: str) -> None:
    was, is_now = (STATUS.replace("状态: 正在整改", line) for line in (before, now))
    assert [problem.code for problem in between(was, is_now)] == ["status-changed"]
    assert between(was, is_now + "    变更: [{日期: 2024, 内容: 更正, 依据: 来函}]\n") == []
    assert between(was, is_now + NOTED) == []


def test_a_class_that_says_what_the_words_say_is_no_other_status() -> None:
    assert between(STATUS, STATUS.replace("正在整改", "{词语: 正在整改, 归类: 正在整改, 截至: 2023}")) == []


def test_an_entry_on_another_issue_tells_nothing() -> None:
    before = STATUS + "  - 标识: i-2\n    标题: 别的事\n"
    now = before.replace("正在整改", "已完成") + "    变更: [{日期: 2024, 内容: 更正, 依据: 来函}]\n"
    assert short(between(before, now)) == ["9:9 status-changed"]


def test_what_a_status_rested_on_goes_with_its_words() -> None:
    before = STATUS.replace("正在整改", "{词语: 正在整改, 依据: 所在标题, 原文: 正在整改的}")
    assert [problem.code for problem in between(before, STATUS.replace("正在整改", "已完成"))] == ["status-changed"]
    assert [problem.code for problem in between(before, STATUS)] == ["text-changed", "text-changed"]


def test_an_entry_that_was_there_tells_nothing_of_what_changes_now() -> None:
    assert short(between("数据截至: 2023\n" + NOTED, "数据截至: 2024\n" + NOTED)) == ["6:7 date-changed"]
    entry = "    变更:\n      - {日期: 2024, 内容: 更正, 依据: 来函}\n"
    (problem,) = between(STATUS + entry, STATUS.replace("正在整改", "已完成") + entry)
    assert problem.code == "status-changed"
    assert "在“账目不清”这一条的“变更”最后加一条“- {日期: …, " in problem.remedy


@pytest.mark.parametrize(
    ("before", "now", "place"),
    [
        ("数据截至: 2023-11\n", "数据截至: 2023-12\n", "6:7"),
        ("数据截至: 2023-11\n", "数据截至: 2023-11-30\n", "6:7"),
        ("数据截至: 2023-11\n", "", "1:1"),
        ("问题: [{标识: i-1, 标题: 甲, 销号日期: 2023}]\n", "问题: [{标识: i-1, 标题: 甲, 销号日期: 2024}]\n", "6:29"),
        ("巡察: {反馈: 2023-02-09}\n", "巡察: {反馈: 2023-02-10}\n", "6:10"),
        ("巡察: [{巡察组: 甲, 开始: 2022}, {巡察组: 乙}]\n", "巡察: [{巡察组: 乙}]\n", "6:5"),
        ("巡察: {结束: 2022}\n", "巡察: {结束: {原文: 2022年11月, 可确定: 2022-11}}\n", "6:10"),
    ],
)
def test_a_date_that_changed_without_an_entry_is_an_error(before: str, now: str, place: str) -> None:
    assert short(between(before, now)) == [f"{place} date-changed"]
    assert between(before, now + NOTED) == []
    assert between("", before) == []


@pytest.mark.parametrize("key", ["落款日期: 2023-12-14", "发布日期: 2023-12-15", '发布时间: "11:58"'])
def test_dates_and_time_of_publication_count(key: str) -> None:
    unit = {"shili/unit.yml": UNIT}
    before = NOTICE.replace("落款日期: 2023-12-14", key)
    now = NOTICE.replace("落款日期: 2023-12-14", key.replace("1", "0"))
    (problem,) = lost({**unit, "shili/2023.yml": before}, {**unit, "shili/2023.yml": now})
    assert short([problem]) == ["3:20 date-changed"]


# -- entries

ENTRIES = """变更:
  - {日期: 2024-01, 内容: 更正电话, 依据: 来函}
  - {日期: 2024-02, 内容: 更正地址, 依据: 来函}
"""


def test_entries_are_only_added() -> None:
    more = ENTRIES + "  - {日期: 2024-03, 内容: 又改, 依据: 来函}\n"
    assert between(ENTRIES, more) == []
    (problem,) = between(more, ENTRIES)
    assert short([problem]) == ["7:3 entry-gone"]
    assert problem.what == "2024年3月的变更记录“又改”被删去了"
    (problem,) = between(ENTRIES, ENTRIES.replace("更正地址", "更正住址"))
    assert short([problem]) == ["8:5 entry-gone"]
    assert problem.what == "2024年2月的变更记录“更正地址”被改动了"


def test_an_entry_of_an_issue_counts_and_an_altered_one_is_no_new_one() -> None:
    before = STATUS + "    变更: [{日期: 2024, 内容: 更正, 依据: 来函}]\n"
    now = before.replace("内容: 更正", "内容: 改").replace("正在整改", "已完成")
    assert short(between(before, now)) == ["9:9 status-changed", "10:10 entry-gone"]


# -- other text

TEXT = """概述: 两三句话
署名: [甲局, 乙局]
方面:
  - {标识: f-1, 编号: 一、, 标题: 财经纪律}
问题:
  - 标识: i-1
    标题: 账目不清
    主题: [财务管理]
    措施: [建账, 盘点, 培训]
    成效: 已清
其他部分:
  - {类别: 其他, 标题: 组织领导, 内容: [第一段, 第二段]}
"""


@pytest.mark.parametrize(
    ("before", "now", "place"),
    [
        ("两三句话", "另几句话", "6:5"),
        ("概述: 两三句话\n", "", "1:1"),
        ("乙局", "丙局", "7:10"),
        ("编号: 一、, ", "", "9:5"),
        ("财经纪律", "财务纪律", "9:27"),
        ("账目不清", "账目不明", "12:9"),
        ("盘点", "清点", "14:14"),
        (", 培训", "", "14:9"),
        ("已清", "已结清", "15:9"),
        ("第二段", "第三段", "17:34"),
        ("组织领导", "组织", "17:18"),
    ],
)
def test_any_other_text_that_changed_without_an_entry_is_a_warning(before: str, now: str, place: str) -> None:
    assert before in TEXT
    changed = TEXT.replace(before, now)
    (problem,) = between(TEXT, changed)
    assert (short([problem]), problem.severity) == ([f"{place} text-changed"], Severity.WARNING)
    assert between(TEXT, changed + NOTED) == []


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("主题: [财务管理]", "主题: [资产管理]"),
        ("措施: [建账, 盘点, 培训]", "措施: [培训, 建账, 新措施, 盘点]"),
        ("    成效: 已清\n", "    成效: 已清\n    责任: 办公室\n    承接: 2022#i-1\n"),
        ("概述: 两三句话\n", "概述: 两三句话\n原文缺损: 缺结尾\n已知差异: [{代码: no-contact, 原因: 缺}]\n"),
    ],
)
def test_topics_additions_order_and_what_is_the_sites_own_are_not_compared(before: str, now: str) -> None:
    assert before in TEXT
    assert between(TEXT, TEXT.replace(before, now)) == []


def test_a_long_text_is_shown_where_it_differs() -> None:
    before = f"概述: {'甲' * 60}乙{'丙' * 60}\n"
    (problem,) = between(before, before.replace("乙", "丁"))
    assert problem.what.startswith("“概述”从“…甲甲甲甲甲甲甲甲乙丙")
    assert "改为“…甲甲甲甲甲甲甲甲丁丙" in problem.what


def test_the_contact_of_a_notice_counts_and_that_of_its_unit_does_not() -> None:
    files = {"shili/unit.yml": UNIT + "联系方式: {电话: 0000-1}\n", "shili/2023.yml": NOTICE}
    now = {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE.replace("0000-1234560", "0000-7654321")}
    (problem,) = lost(files, now)
    assert (short([problem]), problem.severity) == (["5:12 text-changed"], Severity.WARNING)


def test_a_units_name_that_changed_is_a_warning() -> None:
    (problem,) = lost({"shili/unit.yml": UNIT}, {"shili/unit.yml": UNIT.replace("简称: 示例局", "简称: 新局")})
    assert short([problem]) == ["2:5 text-changed"]
    assert problem.what == "单位的“简称”从“示例局”改为“新局”"


def test_of_a_withdrawn_notice_only_its_end_is_compared() -> None:
    before = GONE + "概述: 原来的\n"
    assert between(before, GONE + "概述: 另外的\n") == []
    assert short(between(before, GONE.replace("2024-03-01", "2024-03-02"))) == ["6:18 date-changed"]
    assert short(between(before, GONE.replace("来函", "电话"))) == ["6:34 text-changed"]
    (problem,) = between(before, "概述: 原来的\n")
    assert problem.what == "通报公布时已经撤下，现在又恢复，而“变更”里没有新的记录"


# -- for any notice

TITLES = st.integers(0, 400).map(lambda at: chr(0x4E00 + at * 17) * 3)


@st.composite
def made_up(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Anchors and titles of some issues, or of parts (no anchor where it is empty)."""
    titles = draw(st.lists(TITLES, max_size=6, unique=True))
    return [(f"i-{at}", title) for at, title in enumerate(titles, 1)]


@st.composite
def edited(draw: st.DrawFn, entries: list[tuple[str, str]], names: st.SearchStrategy[str]) -> list[tuple[str, str]]:
    """The same after some edits: insert, delete, move, give another name."""
    entries = list(entries)
    for edit in draw(st.lists(st.sampled_from(("insert", "delete", "move", "name", "number")), max_size=5)):
        at = draw(st.integers(0, len(entries)))
        if edit == "insert":
            entries.insert(at, (draw(names), draw(TITLES)))
        elif edit == "number":
            entries = [(f"{name[:2]}{at}" if name else "", title) for at, (name, title) in enumerate(entries, 1)]
        elif at < len(entries):
            name, title = entries.pop(at)
            if edit == "move":
                entries.insert(draw(st.integers(0, len(entries))), (name, title))
            elif edit == "name":
                entries.insert(at, (draw(names), title))
    return entries


def issues(entries: list[tuple[str, str]], levels: list[int]) -> str:
    """The issues on one level or, where ``levels`` says so, below the one before."""
    text, depth = "问题:\n" if entries else "", 0
    for (name, title), level in zip(entries, [0, *levels, *[0] * len(entries)], strict=False):
        deeper = min(level, depth + 1)
        if deeper > depth:
            text += f"{'    ' * depth}    子问题:\n"
        depth = deeper
        indent = "    " * depth
        text += f"{indent}  - 标识: {name}\n{indent}    标题: {title}\n{indent}    成效: {title}的成效\n"
    return text


def parts(entries: list[tuple[str, str]]) -> str:
    return ("其他部分:\n" if entries else "") + "".join(part(title, name) for name, title in entries)


def holds(before: str, now: str) -> None:
    """Every old anchor stands at the matter of the same title, or is reported as an error."""
    old, new = anchors(notice(before)), anchors(notice(now))
    told = Counter(
        problem.what.partition("“")[0].partition(" ")[0]
        for problem in between(before, now)
        if problem.severity is Severity.ERROR and problem.code in ("anchor-gone", "anchor-moved")
    )
    for anchor, one in old.items():
        stands = anchor in new and new[anchor].title == one.title
        assert told[anchor] == (0 if stands else 1), (anchor, one.title)


LEVELS = st.lists(st.integers(0, 3), min_size=12, max_size=12)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_every_anchor_of_an_issue_stands_or_is_reported(data: st.DataObject) -> None:
    before = data.draw(made_up())
    names = st.integers(1, 12).map(lambda at: f"i-{at}")
    now = data.draw(edited(before, names))
    unique = list({name: (name, title) for name, title in reversed(now)}.values())[::-1]
    holds(issues(before, data.draw(LEVELS)), issues(unique, data.draw(LEVELS)))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_every_anchor_of_a_part_stands_or_is_reported(data: st.DataObject) -> None:
    names = st.sampled_from(("", "", "p-a", "p-b"))
    before = [("", title) for _, title in data.draw(made_up())]
    now = data.draw(edited(before, names))
    holds(parts(before), parts(now))


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_nothing_is_reported_of_a_notice_that_only_grew(data: st.DataObject) -> None:
    before = data.draw(made_up())
    added = [(f"i-9-{at}", f"新{at}") for at in range(data.draw(st.integers(0, 3)))]
    now = data.draw(st.permutations([*before, *added]))
    assert between(issues(before, []), issues(list(now), [])) == []
