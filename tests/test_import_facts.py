"""What a notice says of itself: dates, totals, statuses, contact, frame. Nothing that its words do not say."""

from __future__ import annotations

import pytest

from noticeboard.intake.drafting.account import account
from tests.drafts import LEAD, draft, leaf, record

ISSUES = "1.关于“台账不全”的问题\n一是补。二是查。\n2.关于“公章管理不严”的问题\n一是收。二是登。\n"


def inspection(lead: str) -> dict[str, object]:
    return record(f"中共示例局党组关于巡察整改情况的通报\n{lead}\n{ISSUES}")["巡察"][0]


def test_who_inspected_whom_and_when() -> None:
    lead = (
        "根据部署，2022年9月8日至12月8日，市委第三巡察组对示例局党组（以下简称“局党组”）开展了常规巡察。"
        "2023年2月9日反馈意见。"
    )
    assert inspection(lead) == {
        "巡察组": "市委第三巡察组",
        "对象": "示例局党组",
        "方式": ["常规"],
        "开始": "2022-09-08",
        "结束": "2022-12-08",
        "反馈": "2023-02-09",
    }


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2021年2月23日至3月10日", ("2021-02-23", "2021-03-10")),
        ("2019年3月20日—5月19日", ("2019-03-20", "2019-05-19")),
        ("2022年11月3日至25日", ("2022-11-03", "2022-11-25")),
        ("二〇二二年三月一日至五月三十一日", ("2022-03-01", "2022-05-31")),
        ("2022 年 9 月 8 日至 12 月 8 日", ("2022-09-08", "2022-12-08")),
        ("2021年4月至6月", ("2021-04", "2021-06")),
    ],
)
def test_a_year_that_is_left_out_is_the_one_before(said: str, kept: tuple[str, str]) -> None:
    found = inspection(f"{said}，县委巡察组对示例局党组进行了巡察。")
    assert (found["开始"], found["结束"]) == kept


def test_a_damaged_or_loose_date_keeps_its_words() -> None:
    found = inspection("2022年4月上旬至2022年11月15市委第三巡察组对示例局党组开展了巡察。")
    assert found["开始"] == {"原文": "2022年4月上旬", "可确定": "2022-04"}
    assert found["结束"] == {"原文": "2022年11月15", "可确定": "2022-11"}


def test_a_feedback_without_its_year_that_would_come_too_early_is_a_guess_and_says_so() -> None:
    text = f"关于巡察整改情况的通报\n2022年11月8日至12月20日，县委巡察组对示例局进行了巡察，1月27日反馈意见。\n{ISSUES}"
    made = leaf(text, "巡察", 0, "反馈")
    assert (made.value, "推为2023年" in made.doubt) == ("2023-01-27", True)


def test_term_and_round() -> None:
    found = inspection("按照五届市委第一轮巡察安排，2022年9月8日至12月8日，市委第三巡察组对示例局党组进行了巡察。")
    assert (found["届次"], found["轮次"]) == ("五届市委", "第一轮")


@pytest.mark.parametrize(
    ("said", "totals"),
    [
        ("反馈的21个具体问题，已完成整改20个、正在整改1个。", ["具体问题 21个", "已完成整改 20个", "正在整改 1个"]),
        ("共计 24 个问题。", ["问题 24个"]),
        ("反馈问题二十一项。", ["反馈问题 21项"]),
        ("反馈的3方面18个问题。", ["方面 3", "问题 18个"]),
        (
            "指出4项24个问题；制定整改措施71条，已完成71条。",
            ["反馈事项 4项", "问题 24个", "整改措施 71条", "措施/已完成 71条"],
        ),
        (
            "落实整改到位的22条，需要持续努力整改的1条（关于“三无”问题）。",
            ["落实整改到位 22条", "需要持续努力整改 1条"],
        ),
        (
            "挽回经济损失0元，问责0人，约谈8人次，清退资金12.3万元。",
            ["挽回经济损失 0元", "问责 0人", "约谈 8人次", "清退资金 12.3万元"],
        ),
        ("先后制定完善26项制度。", ["制度 26项"]),
        ("县委书记领办重点难点问题8个，一个问题一个问题研究。", []),
        ("梳理出问题47条，剩余2条需长期坚持。", ["问题 47条", "需长期坚持 2条"]),
        ("14个问题中已整改到位13个、需长期整改1个。", ["问题 14个", "已整改到位 13个", "需长期整改 1个"]),
    ],
)
def test_totals_are_quoted_with_their_words(said: str, totals: list[str]) -> None:
    found = record(f"{LEAD}{said}\n{ISSUES}").get("通报所述", [])
    told = [
        f"{one['所属'] + '/' if '所属' in one else ''}{one['项目']} {one.get('数', '')}{one.get('单位', '')}"
        for one in found
    ]
    assert told == totals
    assert all(one["原文"] in said for one in found)


def statuses(text: str) -> list[object]:
    return [issue.get("状态") for issue in record(f"{LEAD}{text}").get("问题", [])]


def test_no_status_where_none_is_stated() -> None:
    assert statuses(f"反馈的3个问题，已完成整改2个，正在整改1个。\n{ISSUES}") == [None, None]


def test_a_measure_that_is_done_is_no_status() -> None:
    assert statuses("1.关于“台账不全”的问题\n一是已完成整改方案。二是已全面整改，台账已补齐。") == [None]


@pytest.mark.parametrize(
    "text",
    [
        "1.关于“台账不全”的问题\n整改情况：补齐。\n整改状态：已完成",
        "1.关于“台账不全”的问题（已完成）\n补齐。",
        "1.关于“台账不全”的问题\n补齐台账。（已完成）",
        "1.关于“台账不全”的问题\n整改情况：补齐台账。\n完成情况：已完成。",
        "1.关于“台账不全”的问题\n补齐台账。已完成。",
        "1.关于“台账不全”的问题\n整改情况：已完成。台账补齐三册。",
    ],
)
def test_a_status_stated_for_the_issue(text: str) -> None:
    assert statuses(text) == ["已完成"]


def test_a_status_of_words_that_the_table_does_not_know_gets_a_class_and_a_doubt() -> None:
    text = f"{LEAD}1.关于“台账不全”的问题（已完成，长期坚持）\n补齐。"
    category = leaf(text, "问题", 0, "状态", "归类")
    assert leaf(text, "问题", 0, "状态", "词语").value == "已完成，长期坚持"
    assert (category.value, bool(category.doubt)) == ("已完成并长期坚持", True)


def test_a_heading_gives_its_status_to_the_issues_below() -> None:
    text = (
        "二、整改情况\n（一）已整改完成的问题 1 个\n1.关于“甲”的问题\n一是补。二是查。\n"
        "（二）正在推进的问题\n2.关于“乙”的问题\n一是收。二是登。"
    )
    assert [(status["词语"], status["依据"]) for status in statuses(text)] == [
        ("已整改完成", "所在标题"),
        ("正在推进", "所在标题"),
    ]


def test_a_total_that_covers_all_is_the_status_of_each() -> None:
    found = statuses(f"反馈的2个问题，已完成整改2个。\n{ISSUES}")
    assert [status["依据"] for status in found] == ["通报总数", "通报总数"]


def test_a_total_of_a_section_that_covers_its_issues_is_their_status() -> None:
    text = f"{LEAD}（一）党的领导方面存在的问题。2个问题，已整改到位2个。\n{ISSUES}"
    section = record(text)["方面"][0]
    assert [issue["状态"]["依据"] for issue in section["问题"]] == ["通报总数", "通报总数"]
    assert "进展" not in section


def test_a_status_with_a_plan_behind_it() -> None:
    found = statuses("1.关于“台账不全”的问题\n整改情况：补齐。\n完成情况：正在整改，预计2023年6月底前完成。")
    assert found == [{"词语": "正在整改", "原文": "正在整改，预计2023年6月底前完成"}]


def test_the_days_that_a_notice_hangs_out_are_no_inspection() -> None:
    lead = "现将县委第三巡察组反馈问题整改情况公示如下，公示期为2022年11月1日至11月15日。"
    assert inspection(lead) == {"巡察组": "县委第三巡察组"}


def test_a_total_that_names_an_issue_by_its_subject_is_a_guess() -> None:
    text = f"{LEAD}反馈的9个问题，正在整改的1条（关于公章管理工作）。\n{ISSUES}"
    first, _ = record(text)["问题"]
    assert "状态" not in first
    assert leaf(text, "问题", 1, "状态", "词语").doubt


def test_posts_and_time_limits() -> None:
    text = (
        f"{LEAD}问题1：台账不全\n责任领导：党组书记\n责任科室：办公室\n整改时限：2023年6月底前\n"
        "整改措施：1.补齐。\n2.检查。\n整改成效：齐全。"
    )
    issue = record(text)["问题"][0]
    assert (issue["责任"], issue["时限"], issue["措施"], issue["成效"]) == (
        "党组书记；办公室",
        "2023年6月底前",
        ["补齐。", "检查。"],
        "齐全。",
    )


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("销号日期：2023年12月", "2023-12"),
        ("销号时间：2023年12月14日。", "2023-12-14"),
        ("销号时间：2023年12月上旬", {"原文": "2023年12月上旬", "可确定": "2023-12"}),
        ("整改情况：补齐台账，已于2023年12月14日销号。", "2023-12-14"),
        ("整改情况：补齐台账，该问题已于2023年12月14日完成销号。", "2023-12-14"),
    ],
)
def test_the_day_on_which_an_issue_was_closed(said: str, kept: object) -> None:
    assert record(f"{LEAD}问题1：台账不全\n整改措施：1.补齐。\n2.检查。\n{said}")["问题"][0]["销号日期"] == kept


@pytest.mark.parametrize(
    "said", ["销号时间：已销号", "整改情况：将于2023年12月14日销号。", "整改情况：已于去年年底前销号。"]
)
def test_a_day_of_closure_that_is_not_told_is_not_made_up(said: str) -> None:
    text = f"{LEAD}问题1：台账不全\n整改措施：1.补齐。\n2.检查。\n{said}"
    assert "销号日期" not in record(text)["问题"][0]
    assert account(draft(text)).left == 0


def test_posts_and_time_limit_in_brackets_behind_the_name() -> None:
    posts = "（责任领导：党组书记；责任部门：办公室；整改时限：2023年6月底前）"
    text = f"{LEAD}1.关于“台账不全”的问题。{posts}\n整改情况：补齐。"
    issue = record(text)["问题"][0]
    assert (issue["责任"], issue["时限"], issue["进展"]) == ("党组书记；办公室", "2023年6月底前", "补齐。")


@pytest.mark.parametrize(
    ("line", "details"),
    [
        (
            "联系方式：电话0000-1234567；电子邮箱a1@example.org。",
            {"电话": ["0000-1234567"], "电子邮箱": ["a1@example.org"]},
        ),
        (
            "联系方式：0000-1234567；邮政信箱：示例省示例市示例路11号；电子邮箱：b@example.org",
            {"电话": ["0000-1234567"], "地址": "示例省示例市示例路11号", "电子邮箱": ["b@example.org"]},
        ),
        (
            "监督电话：0000-1234567、0000-7654321转801（工作日上午8:30-12:00）；传真：0000-1111111；邮编：000001。",
            {
                "电话": ["0000-1234567", "0000-7654321转801"],
                "传真": ["0000-1111111"],
                "邮编": "000001",
                "受理时间": "工作日上午8:30-12:00",
            },
        ),
        ("联系电话：０７００—２２１１００１。", {"电话": ["0700-2211001"]}),
        (
            "联系电话：(0000)12345678，地址：示例县示例街1号（邮编000002）",
            {"电话": ["(0000)12345678"], "地址": "示例县示例街1号", "邮编": "000002"},
        ),
    ],
)
def test_contact_details_go_where_they_belong(line: str, details: dict[str, object]) -> None:
    text = f"{LEAD}{ISSUES}欢迎广大干部群众对巡察整改落实情况进行监督。如有意见建议，请及时反映。{line}"
    assert record(text)["联系方式"] == details


def test_source_posting_and_signing() -> None:
    text = f"来源:示例网 更新时间:2023-12-15 9:58 作者:佚名 责任编辑:张示例\n{LEAD}{ISSUES}示例县示例局\n2023年12月14日"
    found = record(text)
    assert found["发布"] == {
        "来源": "示例网",
        "发布日期": "2023-12-15",
        "发布时间": "09:58",
        "落款日期": "2023-12-14",
        "内容": "全文",
    }
    assert found["署名"] == ["示例县示例局"]


def test_a_title_of_two_lines_and_a_bookmark_of_word() -> None:
    text = LEAD.replace("党组关于", "党组\n关于") + ISSUES.replace("一是收", "[bookmark: _GoBack]一是收")
    found = record(text)
    assert found["标题"] == "中共示例县示例局党组关于巡察整改进展情况的通报"
    assert "bookmark" not in str(found)


def test_a_title_that_is_missing_is_supplied_and_said() -> None:
    text = f"2022年9月8日至12月8日，县委巡察组对示例局进行了巡察。\n{ISSUES}示例局\n2023年1月5日"
    assert leaf(text, "标题").value == "示例局关于巡察整改进展情况的通报"
    assert leaf(text, "标题").doubt
    assert leaf(text, "拟题").value == "是"


def test_names_of_persons_are_listed() -> None:
    text = f"{LEAD}{ISSUES}3.关于“学习不够”的问题\n党组书记、局长张示例带头学习，李示例同志督促检查。"
    assert [name for name, _ in draft(text).persons] == ["张示例", "李示例"]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("示例局关于巡视整改进展情况的通报", "巡视整改进展"),
        ("示例局关于巡察整改进展情况的通报", "巡察整改进展"),
        ("示例局关于2022年度审计查出问题整改情况的公告", "审计整改结果"),
        ("示例局关于生态环境保护督察反馈意见整改情况的报告", "督察整改进展"),
        ("示例局关于主题教育检视问题整改情况的公示", "其他整改情况"),
    ],
)
def test_the_kind_of_notice(title: str, kind: str) -> None:
    assert record(f"{title}\n现将整改情况公布如下。\n{ISSUES}")["文种"] == kind
