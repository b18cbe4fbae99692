"""Each rule with what it lets pass and what it finds, and where. The smallest notice has four lines."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from noticeboard.changes import promises
from noticeboard.problems import RULES, Severity, rule
from noticeboard.rules import checked
from tests.records import NOTICE, UNIT, board_of, codes_of, short, write

ISSUES = """\
问题:
  - {标识: i-1, 标题: 甲, 主题: 财务管理, 状态: 已完成整改}
  - {标识: i-2, 标题: 乙, 主题: 财务管理, 状态: 正在整改}
"""
STATED = "通报所述:\n"


def test_the_smallest_notice_breaks_no_rule(tmp_path: Path) -> None:
    assert codes_of(tmp_path, "") == []


@pytest.mark.parametrize(
    ("more", "found"),
    [
        # stated and listed agree
        (STATED + "  - {项目: 问题, 数: 2}\n" + ISSUES, []),
        (STATED + "  - {项目: 问题, 数: 3}\n" + ISSUES, ["7:17 issues-total"]),
        (STATED + "  - {项目: 问题, 数: 3}\n", ["7:17 issues-total"]),
        (STATED + "  - {项目: 问题, 数: 3, 对象: 甲村}\n" + ISSUES, []),
        (STATED + "  - {项目: 方面, 数: 1}\n方面: [{标识: f-1, 标题: 甲}]\n", []),
        (STATED + "  - {项目: 方面, 数: 2}\n方面: [{标识: f-1, 标题: 甲}]\n", ["7:17 sections-total"]),
        (
            "方面:\n  - 标识: f-1\n    标题: 甲\n    通报所述: [{项目: 问题, 数: 2}]\n"
            "    问题: [{标识: i-1, 标题: 乙, 主题: 换届}]\n",
            ["9:24 issues-total"],
        ),
        (STATED + "  - {项目: 已完成整改, 数: 1}\n" + ISSUES, []),
        (STATED + "  - {项目: 整改到位, 数: 2}\n" + ISSUES, ["7:19 status-total"]),
        (STATED + "  - {项目: 尚未推进, 数: 0}\n" + ISSUES, []),
        (STATED + "  - {项目: 已完成整改, 数: 21}\n", []),
        (STATED + "  - {项目: 意见建议, 数: 1}\n", ["7:19 suggestions-total"]),
        (STATED + "  - {项目: 意见建议, 数: 1}\n意见建议: [{标识: s-1, 标题: 甲, 主题: 换届}]\n", []),
        (
            STATED + "  - {项目: 正在推进, 所属: 意见建议, 数: 1}\n意见建议: [{标识: s-1, 标题: 甲, 主题: 换届}]\n",
            ["7:29 status-total"],
        ),
        (
            STATED + "  - {项目: 措施, 数: 3}\n意见建议: [{标识: s-1, 标题: 甲, 主题: 换届, 措施: [丙]}]\n"
            "问题: [{标识: i-1, 标题: 甲, 主题: 换届, 措施: [丙, 丁]}]\n",
            [],
        ),
        (
            STATED + "  - {项目: 措施, 数: 4}\n问题: [{标识: i-1, 标题: 甲, 主题: 换届, 措施: [丙, 丁]}]\n",
            ["7:17 measures-total"],
        ),
        (STATED + "  - {项目: 措施, 数: 4}\n", ["7:17 measures-total"]),
        (
            STATED + "  - {项目: 措施, 数: 2}\n  - {项目: 已完成, 所属: 措施, 数: 3}\n"
            "问题: [{标识: i-1, 标题: 甲, 主题: 换届, 措施: [丙, 丁]}]\n",
            ["7:3 parts-total"],
        ),
        (STATED + "  - {项目: 全部完成, 对象: 甲村}\n" + ISSUES, []),
        (STATED + "  - {项目: 问责, 数: 0, 单位: 人}\n", []),
        # a parent counts only where it says so
        (
            STATED + "  - {项目: 问题, 数: 1}\n问题:\n  - 标识: i-1\n    标题: 甲\n"
            "    子问题: [{标识: i-1-1, 标题: 乙, 主题: 换届}]\n",
            [],
        ),
        (
            STATED + "  - {项目: 问题, 数: 2}\n问题:\n  - 标识: i-1\n    标题: 甲\n    主题: 换届\n    单独计数: 是\n"
            "    子问题: [{标识: i-1-1, 标题: 乙, 主题: 换届}]\n",
            [],
        ),
        # parts add up
        (STATED + "  - {项目: 问题, 数: 2}\n  - {项目: 已完成整改, 数: 1}\n  - {项目: 正在整改, 数: 1}\n" + ISSUES, []),
        (
            STATED + "  - {项目: 问题, 数: 2}\n  - {项目: 已完成整改, 数: 1}\n  - {项目: 正在整改, 数: 2}\n" + ISSUES,
            ["9:19 status-total", "7:3 parts-total"],
        ),
        (STATED + "  - {项目: 问题, 数: 2}\n  - {项目: 已完成整改, 数: 1}\n" + ISSUES, []),
        (
            STATED + "  - {项目: 问题, 数: 3}\n方面:\n"
            "  - {标识: f-1, 标题: 甲, 通报所述: [{项目: 问题, 数: 1}], 问题: [{标识: i-1, 标题: 乙, 主题: 换届}]}\n"
            "  - {标识: f-2, 标题: 甲, 通报所述: [{项目: 问题, 数: 1}], 问题: [{标识: i-2, 标题: 乙, 主题: 换届}]}\n",
            ["7:17 issues-total", "7:3 parts-total"],
        ),
        # all done, but open
        (STATED + "  - {项目: 全部完成, 原文: 已全部完成}\n" + ISSUES, ["7:5 done-but-open"]),
        (
            STATED + "  - {项目: 全部完成}\n意见建议: [{标识: s-1, 标题: 甲, 主题: 换届, 状态: 正在推进}]\n",
            ["7:5 done-but-open"],
        ),
        (STATED + "  - {项目: 全部完成}\n" + ISSUES.replace("正在整改", "已完成"), []),
        # a sentence names another figure
        ("概述: 反馈的2个问题。\n" + STATED + "  - {项目: 问题, 数: 2}\n" + ISSUES, []),
        ("概述: 反馈的5个具体问题。\n" + STATED + "  - {项目: 问题, 数: 2}\n" + ISSUES, ["6:5 summary-figure"]),
        ("概述: 反馈的5个问题。\n", []),
        ("概述: 完善12项制度。\n" + STATED + "  - {项目: 新建和完善制度, 数: 18}\n", ["6:5 summary-figure"]),
        (
            "其他部分: [{类别: 下一步, 标题: 甲, 内容: 4个意见建议。}]\n" + STATED + "  - {项目: 意见建议, 数: 1}\n"
            "意见建议: [{标识: s-1, 标题: 甲, 主题: 换届}]\n",
            ["6:29 summary-figure"],
        ),
        # identity
        (
            "问题:\n  - {标识: i-1, 标题: 甲, 主题: 换届}\n  - {标识: i-1, 标题: 乙, 主题: 换届}\n",
            ["8:10 anchor-twice"],
        ),
        ("方面:\n  - {标识: f-1, 标题: 甲}\n  - {标识: f-1, 标题: 乙}\n", ["8:10 anchor-twice"]),
        ("联合单位: [meiyou]\n", ["6:8 unknown-unit"]),
        ("联合单位: shili\n", []),
        # dates
        ("巡察: {开始: 2022-09-08, 结束: 2022-12-08, 反馈: 2023-02-09}\n", []),
        ("巡察: {开始: 2022-09-08, 结束: 2022-08-01}\n", ["6:26 dates-reversed"]),
        ("巡察: {开始: 2022-09-08, 结束: 2022}\n", []),
        ("巡察: {开始: 2022-09-08, 结束: 2022-09}\n", []),
        ("巡察: {开始: 2022-12-09, 结束: {原文: 2022年11月15, 可确定: 2022-11}}\n", ["6:26 dates-reversed"]),
        ("巡察: {开始: 2022-09-08, 反馈: 2021}\n", ["6:26 dates-reversed"]),
        # completeness
        ("原文缺损: 缺结尾\n", ["6:7 source-cut-off"]),
        ("问题: [{标识: i-1, 标题: 甲}]\n", ["6:6 no-topic"]),
        ("意见建议: [{标识: s-1, 标题: 甲}]\n", ["6:8 no-topic"]),
        # privacy: made-up numbers with right check digits
        ("概述: 身份证号11010519491231002X。\n", ["6:5 id-number"]),
        ("概述: 文件编号110105194912310021。\n", []),
        ("概述: 卡号6222 0200 0000 0000 000。\n", ["6:5 card-number"]),
        ("概述: 编号6222020000000000001。\n", []),
        ("概述: 身份证号110105 19491231 002Ｘ。\n", ["6:5 id-number"]),
        ("概述: 手机13800000000。\n", ["6:5 personal-contact"]),
        ("概述: 邮箱12345678@qq.com。\n", ["6:5 personal-contact"]),
        ("概述: 支出138000000000元。\n", []),
    ],
)
def test_notice_rules(tmp_path: Path, more: str, found: list[str]) -> None:
    assert codes_of(tmp_path, more) == found


@pytest.mark.parametrize(
    ("contact", "found"),
    [
        ("{电话: 0746-3229641, 电子邮箱: qywl3229641@163.com, 地址: 示例区示例路47号, 邮编: 425900}", []),
        ("{电话: [0746-3229641, (0746)3229642, 0746-3229641转8001, +86 746 3229641]}", []),
        ("{电话: 0571-81234567, 电子邮箱: xxgk@163.com}", []),
        ("{电话: 办公室0746-3229641}", ["5:12 contact-misplaced"]),
        ("{电话: 0830-xxxxxx}", ["5:12 placeholder-contact"]),
        ("{电话: 0830-*******}", ["5:12 placeholder-contact"]),
        ("{电话: 暂无}", ["5:12 placeholder-contact"]),
        ("{传真: 0830-××××××, 电话: 0746-3229641}", ["5:12 placeholder-contact"]),
        ("{电子邮箱: xxx@163.com}", ["5:14 placeholder-contact"]),
        ("{电子邮箱: qywl.163.com}", ["5:14 bad-email"]),
        ("{电子邮箱: qywl@163}", ["5:14 bad-email"]),
        ("{电子邮箱: 示例区示例路47号}", ["5:14 bad-email"]),
        ("{电话: 示例区示例路47号}", ["5:12 contact-misplaced"]),
        ("{电话: a@example.org}", ["5:12 contact-misplaced"]),
        ("{电话: ０７４６-３２２９６４１}", ["5:12 contact-misplaced"]),
        ("{电话: 打给办公室}", ["5:12 contact-misplaced"]),
        ("{地址: 0746-3229641}", ["5:12 contact-misplaced"]),
        ("{地址: a@example.org}", ["5:12 contact-misplaced"]),
        ("{电话: 0746-3229641, 邮编: 示例路47号}", ["5:30 contact-misplaced"]),
        ("{受理时间: 工作日}", ["1:1 no-contact"]),
    ],
)
def test_contact_rules(tmp_path: Path, contact: str, found: list[str]) -> None:
    assert codes_of(tmp_path, f"联系方式: {contact}\n", replace_contact=True) == found


def test_a_long_line_in_the_place_of_a_number_is_said_at_once(tmp_path: Path) -> None:
    line = "示例" * 1000
    contact = f"{{电话: {line}, 传真: {line}号, 电子邮箱: {line}}}"
    begun = time.process_time()
    found = codes_of(tmp_path, f"联系方式: {contact}\n", replace_contact=True)
    # It took 14 seconds a field; a busy machine may need one for all the rest.
    assert time.process_time() - begun < 5
    assert sorted(code.partition(" ")[2] for code in found) == ["bad-email", "contact-misplaced", "contact-misplaced"]


def test_a_units_contact_is_held_to_the_same(tmp_path: Path) -> None:
    assert codes_of(tmp_path, "", unit=UNIT + "联系方式: {电话: 0830-xxxxxx}\n") == ["6:12 placeholder-contact"]


@pytest.mark.parametrize(
    ("region", "found"),
    [
        ("{省: 湖南省, 市: 示例市, 县: 示例县, 代码: 439999}", []),
        ("{省: 甘肃省, 市: 庆阳市, 代码: 621000}", []),
        ("{省: 甘肃省, 市: 示例市, 县: 示例县, 代码: 439999}", ["3:34 region-code"]),
        ("{省: 甘肃省, 市: 庆阳市, 县: 示例县, 代码: 621000}", ["3:34 region-code"]),
        ("{省: 湖南省, 市: 示例市, 代码: 439999}", ["3:26 region-code"]),
    ],
)
def test_region_rule(tmp_path: Path, region: str, found: list[str]) -> None:
    unit = UNIT.replace("{省: 湖南省, 市: 示例市, 县: 示例县, 代码: 439999}", region)
    assert codes_of(tmp_path, "", unit=unit) == found


def test_a_units_file_holds_no_id_number_either(tmp_path: Path) -> None:
    unit = UNIT + "联系方式: {说明: 身份证号11010519491231002X}\n"
    assert codes_of(tmp_path, "", unit=unit) == ["6:12 id-number"]


def test_neither_posting_nor_signing_date(tmp_path: Path) -> None:
    text = NOTICE.replace(", 落款日期: 2023-12-14", "")
    _, problems = board_of(tmp_path, {"shili/unit.yml": UNIT, "shili/2023.yml": text})
    assert [short(problem) for problem in problems] == ["3:5 no-publication-date"]


@pytest.mark.parametrize(("levels", "found"), [(4, []), (5, ["issue-levels"])])
def test_issues_have_four_levels(tmp_path: Path, levels: int, found: list[str]) -> None:
    lines = ["问题:\n"]
    for level in range(levels):
        indent = "  " * (2 * level + 1)
        anchor = "-".join(["i", *["1"] * (level + 1)])
        lines.append(f"{indent}- 标识: {anchor}\n{indent}  标题: 甲\n{indent}  主题: 换届\n")
        lines.append(f"{indent}  子问题:\n" if level < levels - 1 else "")
    assert [problem.split()[1] for problem in codes_of(tmp_path, "".join(lines))] == found


class TestAccepting:
    """已知差异 takes a warning away, with a reason; what takes nothing away is a warning itself."""

    STATED_THREE = STATED + "  - {项目: 问题, 数: 3}\n" + ISSUES

    def test_an_accepted_warning_is_none(self, tmp_path: Path) -> None:
        accepted = "已知差异: [{代码: issues-total, 原因: 原文如此}]\n"
        assert codes_of(tmp_path, self.STATED_THREE + accepted) == []

    def test_an_acceptance_of_nothing_is_a_warning(self, tmp_path: Path) -> None:
        assert codes_of(tmp_path, "已知差异:\n  - {代码: issues-total, 原因: 原文如此}\n") == ["7:5 acceptance-unused"]

    def test_an_error_cannot_be_accepted(self, tmp_path: Path) -> None:
        more = "巡察: {开始: 2022, 结束: 2021}\n已知差异:\n  - {代码: dates-reversed, 原因: 原文如此}\n"
        assert codes_of(tmp_path, more) == ["6:20 dates-reversed", "8:5 acceptance-unused"]


class TestFolders:
    """The path is the address: what stands where."""

    def problems(self, folder: Path, files: dict[str, str]) -> list[str]:
        _, problems = board_of(folder, files)
        return sorted(f"{problem.file.relative_to(folder).as_posix()}:{short(problem)}" for problem in problems)

    def test_a_unit_without_its_file(self, tmp_path: Path) -> None:
        assert self.problems(tmp_path, {"shili/2023.yml": NOTICE}) == ["shili/unit.yml:1:1 unit-missing"]

    def test_two_notices_at_one_address(self, tmp_path: Path) -> None:
        files = {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE, "shili/2023.yaml": NOTICE}
        assert self.problems(tmp_path, files) == ["shili/2023.yml:1:1 address-twice"]

    def test_a_second_notice_of_a_day_has_its_own_address(self, tmp_path: Path) -> None:
        board, problems = board_of(
            tmp_path, {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE, "shili/2023_2.yml": NOTICE}
        )
        assert problems == []
        assert [filed.address for filed in board.notices] == ["shili/2023_2", "shili/2023"]

    def test_the_name_of_a_list_is_no_name_of_a_unit(self, tmp_path: Path) -> None:
        assert self.problems(tmp_path, {"index/unit.yml": UNIT}) == ["index/unit.yml:1:1 unit-name"]

    @pytest.mark.parametrize("name", ["2023-13", "2023-1", "2023_1", "202312", "通报", "2023-12-14-2"])
    def test_a_name_that_is_no_date(self, tmp_path: Path, name: str) -> None:
        files = {"shili/unit.yml": UNIT, f"shili/{name}.yml": NOTICE}
        assert self.problems(tmp_path, files) == [f"shili/{name}.yml:1:1 notice-name"]

    def test_a_folder_name_that_is_no_address(self, tmp_path: Path) -> None:
        assert self.problems(tmp_path, {"示例/unit.yml": UNIT}) == ["示例/unit.yml:1:1 unit-name"]

    @pytest.mark.parametrize("name", ["shili/2023-12-14.yml.txt", "shili/2023.YML", "2023.yml", "shili/2022.yml/a.txt"])
    def test_what_looks_like_a_notice_but_is_not_published_is_an_error(self, tmp_path: Path, name: str) -> None:
        (problem,) = self.problems(tmp_path, {"shili/unit.yml": UNIT, name: NOTICE})
        assert problem.endswith(":1:1 stray-notice")

    def test_files_that_are_no_notices_are_named_not_dropped_silently(self, tmp_path: Path) -> None:
        files = {"shili/unit.yml": UNIT, "shili/通报.docx": "", "README.md": "", "shili/.DS_Store": ""}
        assert self.problems(tmp_path, files) == ["README.md:1:1 stray-file", "shili/通报.docx:1:1 stray-file"]

    def test_problems_of_several_files_come_in_one_run(self, tmp_path: Path) -> None:
        files = {
            "a/unit.yml": UNIT,
            "a/2023.yml": "标体: 甲\n" + NOTICE,
            "b/unit.yml": UNIT + "甲: 乙\n",
            "c/unit.yml": "",
        }
        write(tmp_path, files)
        assert self.problems(tmp_path, files) == [
            "a/2023.yml:1:1 unknown-key",
            "b/unit.yml:6:1 unknown-key",
            "c/unit.yml:1:1 empty",
        ]


def test_every_rule_says_what_it_demands_and_how_to_mend() -> None:
    rules = checked()
    assert len({rule.code for rule in rules}) == len(rules)
    assert all(rule.title and rule.remedy for rule in rules)
    assert {rule.severity for rule in rules} == set(Severity)


def test_a_code_is_given_to_one_rule_alone() -> None:
    for code in ("issues-total", "encoding", "stray-file", promises.ADDRESS_GONE.code):
        with pytest.raises(ValueError, match=code):
            rule(code, Severity.ERROR, "另一条", "改")
    assert {RULES[code].code for code in RULES} == set(RULES)
