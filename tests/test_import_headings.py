"""From numbered lines to the tree of 方面 and issues: numbers, formulas around names, headings and lists."""

from __future__ import annotations

import pytest

from noticeboard.intake.drafting.draft import plain
from tests.drafts import LEAD, draft, record, tree


@pytest.mark.parametrize(
    "line",
    [
        "1.关于“台账不全”的问题整改进展情况。",
        "1．关于“台账不全”问题的整改情况",
        "1、针对“台账不全”问题。",
        "(1)关于“台账不全”的问题整改落实情况：",
        "⑴针对“台账不全”的问题",
        "①关于“台账不全”问题的整改。",
        "（一）关于台账不全的问题整改情况",
        "㈠关于台账不全问题",
        "一、对“台账不全”问题的整改",
        "问题一：台账不全。",
        "问题1：关于“台账不全”的问题",
        "【问题1】台账不全",
        "第一，关于台账不全的问题。",
        "1.反馈问题：台账不全",
        "１．关于“台账不全”的问题",
        "问题清单第1项　台账不全。",
        "反馈意见第1条：台账不全。",
        "01 台账不全。",
        "针对“台账不全”问题的整改进展情况",
    ],
)
def test_the_name_of_an_issue_is_cut_out_of_its_formula(line: str) -> None:
    found = record(f"{LEAD}二、巡察整改情况\n{line}\n一是补齐台账。二是专人负责。")
    assert [issue["标题"] for issue in found["问题"]] == ["台账不全"]
    assert found["问题"][0]["措施"] == ["补齐台账。", "专人负责。"]


@pytest.mark.parametrize(
    "line",
    [
        "1.关于“台账不全问题的整改。",
        "1.关于台账不全”问题的整改。",
        "1.关于“台账不全问题的整改。”",
        "1.关于“台账不全问题”的整改。",
    ],
)
def test_a_lost_quotation_mark_is_mended_and_the_printed_line_kept(line: str) -> None:
    issue = record(f"{LEAD}{line}\n整改措施：①补齐台账。②专人负责。")["问题"][0]
    assert (issue["标题"], issue["原题"]) == ("台账不全", line)


def test_issues_may_be_numbered_on_from_one_section_to_the_next() -> None:
    text = (
        f"{LEAD}（一）党的领导方面\n1.关于“甲”的问题\n一是补。二是查。\n"
        "（二）党的建设方面\n2.关于“乙”的问题\n一是收。二是登。"
    )
    assert tree(text) == ["〔（一） 党的领导〕", ["1. 甲"], "〔（二） 党的建设〕", ["2. 乙"]]
    assert draft(text).remarks == []


def test_what_is_still_lacking_is_told_in_a_part_and_no_issue() -> None:
    text = f"{LEAD}一、整改情况\n1.关于“甲”的问题\n一是补。二是查。\n二、存在的不足和下一步打算\n继续整改。"
    assert [part["标题"] for part in record(text)["其他部分"]] == ["存在的不足和下一步打算"]


def test_a_bracket_with_posts_is_no_part_of_a_bare_name() -> None:
    text = f"{LEAD}01 台账不全（责任领导：党委书记；整改时限：2023年6月底前）\na.补齐台账。\nb.专人负责。"
    issue = record(text)["问题"][0]
    assert (issue["标题"], issue["责任"], issue["措施"]) == ("台账不全", "党委书记", ["补齐台账。", "专人负责。"])


def test_numbered_labels_are_no_headings() -> None:
    text = (
        f"{LEAD}1.审批倒置\n（1）问题表现：先施工后审批。\n"
        "（2）整改措施：①修订办法；②上线系统。\n（3）整改成效：已完成。"
    )
    issue = record(text)["问题"][0]
    assert (issue["标题"], issue["措施"], issue["状态"]) == ("审批倒置", ["修订办法；", "上线系统。"], "已完成")


def test_parts_may_be_called_so() -> None:
    text = f"{LEAD}第一部分 总体情况\n成立领导小组。\n第二部分 整改落实情况\n一、关于“甲”的问题\n一是补。二是查。"
    found = record(text)
    assert [(part["编号"], part["标题"]) for part in found["其他部分"]] == [("第一部分", "总体情况")]
    assert [issue["标题"] for issue in found["问题"]] == ["甲"]


def test_a_description_of_an_issue_is_no_issue_below_it() -> None:
    text = f"{LEAD}1.关于“台账不全”的问题\n问题描述：2021年缺三个月。\n整改措施：①补。②查。"
    assert tree(text) == ["1. 台账不全"]


def test_quotation_marks_inside_a_name_belong_to_it() -> None:
    text = f"{LEAD}1.关于“‘三会一课’制度执行有偏差”问题的整改。\n一是列计划。二是按期开。"
    assert tree(text) == ["1. ‘三会一课’制度执行有偏差"]


def test_four_levels() -> None:
    text = (
        f"{LEAD}二、巡察整改情况\n（一）聚焦基层党组织建设方面\n1.党建工作薄弱\n（1）组织生活不规范\n"
        "①关于“记录不全”的问题\n一是补记。二是检查。\n②关于“缺席较多”的问题\n一是通报。二是补课。\n"
        "（2）关于“党费收缴不及时”的问题\n已收齐。"
    )
    assert tree(text) == [
        "〔（一） 聚焦基层党组织建设〕",
        ["1. 党建工作薄弱", ["（1） 组织生活不规范", ["① 记录不全", "② 缺席较多"], "（2） 党费收缴不及时"]],
    ]


def test_a_list_of_measures_with_the_numbers_of_issues_stays_a_list() -> None:
    text = (
        f"{LEAD}1.关于“台账不全”的问题\n整改措施：\n1.补齐台账。\n2.专人负责。\n整改成效：台账齐全。\n"
        "2.关于“公章管理不严”的问题\n整改措施：\n1.收回公章。\n2.登记使用。"
    )
    found = record(text)
    assert [(issue["标题"], issue["措施"]) for issue in found["问题"]] == [
        ("台账不全", ["补齐台账。", "专人负责。"]),
        ("公章管理不严", ["收回公章。", "登记使用。"]),
    ]
    assert found["问题"][0]["成效"] == "台账齐全。"


def test_broken_numbering_is_kept_and_reported() -> None:
    text = (
        f"{LEAD}1、学习不深入\n整改情况：一是学。二是考。\n2、台账不全\n整改情况：一是补。二是查。\n"
        "三、作风不实\n整改情况：一是改。二是评。"
    )
    assert tree(text) == ["1、 学习不深入", "2、 台账不全", "三、 作风不实"]
    assert draft(text).remarks == ["第 7 行：编号从“2、”到“三、”，照录"]


def test_headings_far_fewer_than_the_issues_stated_are_sections_with_measures() -> None:
    text = (
        f"{LEAD}反馈的21个具体问题，已完成整改21个。\n一、学习有差距\n整改情况：\n一是学。\n二是考。\n"
        "二、作风有差距\n整改情况：\n一是改。\n二是评。"
    )
    found = record(text)
    assert [(section["标题"], section["措施"]) for section in found["方面"]] == [
        ("学习有差距", ["学。", "考。"]),
        ("作风有差距", ["改。", "评。"]),
    ]
    assert "问题" not in found


def test_name_and_text_in_one_paragraph() -> None:
    text = f"{LEAD}1.台账不全。整改情况：一是补齐台账。二是专人负责。\n2.公章管理不严。一是收回公章。二是登记使用。"
    assert [issue["措施"] for issue in record(text)["问题"]] == [
        ["补齐台账。", "专人负责。"],
        ["收回公章。", "登记使用。"],
    ]


def test_headings_in_the_middle_of_a_paragraph_that_lost_its_line_ends() -> None:
    text = f"{LEAD}1.关于“台账不全”的问题。一是补。二是查。 2.关于“公章管理不严”的问题。一是收。二是登。"
    assert tree(text) == ["1. 台账不全", "2. 公章管理不严"]


def test_a_line_end_inside_a_sentence_or_a_name_is_no_end() -> None:
    text = (
        f"{LEAD}1.关于“人案矛盾突出，法官助理、书记员流失\n严重”的问题\n"
        "整改措施：①党组会议研究，增加编制，改善待遇，与人社部门共同招录助理十二名，第一批已\n\n到岗。②轮岗交流。"
    )
    issue = record(text)["问题"][0]
    assert issue["标题"] == "人案矛盾突出，法官助理、书记员流失严重"
    assert issue["措施"][0].endswith("第一批已到岗。")


def test_parts_beside_the_issues() -> None:
    text = (
        f"{LEAD}一、组织落实情况\n（一）统一思想认识，加强组织领导。\n党组会议学习。\n（二）压实责任。党组书记负总责。\n"
        "二、整改情况\n1.关于“台账不全”的问题\n一是补。二是查。\n三、下一步打算\n继续整改。"
    )
    assert [(part["类别"], part.get("编号"), part["标题"], part["内容"]) for part in record(text)["其他部分"]] == [
        ("组织落实", "（一）", "统一思想认识，加强组织领导", ["党组会议学习。"]),
        ("组织落实", "（二）", "压实责任", ["党组书记负总责。"]),
        ("下一步", "三、", "下一步打算", ["继续整改。"]),
    ]


def test_suggestions_are_no_issues() -> None:
    text = (
        f"{LEAD}一、整改情况\n1.关于“台账不全”的问题\n整改措施：①补。②查。\n"
        "二、意见建议落实情况\n1.关于“加强学习”的建议\n整改措施：①学。②考。"
    )
    found = record(text)
    assert [issue["标题"] for issue in found["问题"]] == ["台账不全"]
    assert [(one["标识"], one["标题"]) for one in found["意见建议"]] == [("s-1", "关于“加强学习”的建议")]


def test_a_count_behind_the_name_of_a_suggestion_is_told_for_the_record_has_no_place_for_it() -> None:
    made = draft(
        f"{LEAD}一、整改情况\n1.关于“台账不全”的问题\n已补。\n二、意见建议落实情况\n1.关于“加强学习”的建议（3个）\n已学。"
    )
    assert plain(made.record)["意见建议"][0]["标题"] == "关于“加强学习”的建议"
    assert made.remarks == ["第 7 行：意见建议的名称后面写着“（3个）”，记录里没有地方写"]


def test_only_the_table_of_contents_names_what_a_cut_off_text_has_lost() -> None:
    text = (
        "一、坚持问题导向\n（一）聚焦决策部署落实方面（2个问题）\n（二）聚焦基层党组织建设方面（5个问题）\n"
        f"{LEAD}一、坚持问题导向\n围绕反馈的2个方面7个问题逐一整改。\n（一）聚焦决策部署落实方面（2个问题）\n"
        "问题一：学习不深入。\n进展情况：制定计划。\n问题二：落实不到位。\n进展情况：会费由各协会收缴管理并按年度公布使用情况，有相"
    )
    found = record(text)
    assert [(section["标题"], section["通报所述"][0]["数"]) for section in found["方面"]] == [
        ("聚焦决策部署落实", "2"),
        ("聚焦基层党组织建设", "5"),
    ]
    assert "为止" in found["原文缺损"]


def test_every_anchor_is_written_and_follows_the_place() -> None:
    text = f"{LEAD}（一）聚焦作风方面\n1.关于“迟到”的问题\n（1）关于“晚到”的问题\n一是查。二是改。"
    section = record(text)["方面"][0]
    issue = section["问题"][0]
    assert (section["标识"], issue["标识"], issue["子问题"][0]["标识"]) == ("f-1", "i-1-1", "i-1-1-1")
