"""One notice in every kind of file gives one record: the words count, not what they came in."""

from __future__ import annotations

from typing import Any

import pytest

from noticeboard.intake.documents import read_document
from noticeboard.intake.drafting.account import account
from noticeboard.intake.drafting.assemble import draft_of
from noticeboard.intake.drafting.draft import plain
from tests import documents

#: (level of Word's own numbering, text); -1 is a paragraph without.
NOTICE = (
    (-1, "中共示例县示例局党组关于巡察整改进展情况的通报"),
    (-1, "2022年9月8日至12月8日，县委第三巡察组对示例局党组开展了常规巡察。2023年2月9日，巡察组反馈了巡察意见。"),
    (-1, "截至2023年12月，巡察反馈的2个方面3个问题，已完成整改2个、正在整改1个，问责0人，清退资金1.2万元。"),
    (0, "组织落实情况"),
    (-1, "局党组成立领导小组，逐条研究整改措施，明确责任领导、责任科室和整改时限，实行台账管理、对账销号。"),
    (0, "巡察整改情况"),
    (1, "聚焦全面从严治党方面（2个问题）"),
    (2, "关于“‘一岗双责’落实不到位”的问题整改进展情况"),
    (-1, "整改措施：①制定责任清单。②每季度检查一次。"),
    (-1, "整改成效：责任清单已经印发，检查了3次。（已完成整改）"),
    (2, "关于“差旅费报销不规范”的问题整改进展情况"),
    (-1, "一是逐张核查2021年以来的报销凭证，退回票据12张。二是修订《差旅费管理办法》（示局发〔2023〕5号）。"),
    (1, "聚焦基层党组织建设方面（1个问题）"),
    (2, "关于“党费收缴不及时”的问题整改进展情况"),
    (-1, "整改情况：已建立党费收缴台账，专人负责。"),
    (0, "下一步打算"),
    (-1, "局党组将持续抓好整改。"),
    (-1, "欢迎广大干部群众进行监督。联系电话：0000-1234567；地址：示例县示例路1号；邮编：000001。"),
    (-1, "中共示例县示例局党组"),
    (-1, "2023年12月14日"),
)  # fmt: skip
NUMBERS = ("一、", "（一）", "1.", "1.", "2.", "（二）", "1.", "二、", "三、")
LEDGER = [
    ["序号", "反馈问题", "整改措施", "责任领导", "整改时限", "完成情况"],
    ["1", "关于“台账不全”的问题", "1.补齐台账。2.专人负责。", "局党组书记", "2023年6月底", "已完成"],
    ["2", "公章管理不严", "收回公章，登记使用。", "副局长", "立行立改", "正在整改"],
]
HEADING = "示例县示例局党组巡察整改台账公示"


def record(name: str, content: bytes) -> dict[str, Any]:
    return plain(draft_of(read_document(name, content)).record)


def typed() -> list[str]:
    """The notice with its numbers typed."""
    numbers = iter(("一、", "二、", "（一）", "1.", "2.", "（二）", "1.", "三、"))
    return [text if level < 0 else next(numbers) + text for level, text in NOTICE]


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    return record("示例.txt", "\n".join(typed()).encode("utf-8"))


def test_the_text_file_gives_the_record_that_the_others_must_give(expected: dict[str, Any]) -> None:
    assert [section["标题"] for section in expected["方面"]] == ["聚焦全面从严治党", "聚焦基层党组织建设"]
    first, second = expected["方面"][0]["问题"]
    assert (first["标题"], len(first["措施"]), first["状态"]) == ("‘一岗双责’落实不到位", 2, "已完成整改")
    assert (second["编号"], len(second["措施"])) == ("2.", 2)
    assert expected["数据截至"] == "2023-12"
    assert [one["项目"] for one in expected["通报所述"]] == [
        "方面", "问题", "已完成整改", "正在整改", "问责", "清退资金",
    ]  # fmt: skip
    assert expected["联系方式"] == {"电话": ["0000-1234567"], "地址": "示例县示例路1号", "邮编": "000001"}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_other_encodings(expected: dict[str, Any], encoding: str) -> None:
    assert record("示例.txt", "\r\n".join(typed()).encode(encoding)) == expected


def test_word_with_typed_numbers(expected: dict[str, Any]) -> None:
    assert record("示例.docx", documents.word(typed())) == expected


def test_word_with_its_own_numbering(expected: dict[str, Any]) -> None:
    assert record("示例.docx", documents.word_numbered(NOTICE)) == expected


def test_a_page_saved_from_a_portal(expected: dict[str, Any]) -> None:
    found = record("示例.html", documents.web(typed()[1:], title=NOTICE[0][1]))
    assert {key: value for key, value in found.items() if key != "发布"} == {
        key: value for key, value in expected.items() if key != "发布"
    }
    assert found["发布"]["落款日期"] == "2023-12-14"


def test_a_pdf(expected: dict[str, Any]) -> None:
    assert record("示例.pdf", documents.pdf(typed())) == expected


@pytest.fixture(scope="module")
def from_word() -> dict[str, Any]:
    return record("台账.docx", documents.word([HEADING, LEDGER]))


def test_a_ledger_in_word(from_word: dict[str, Any]) -> None:
    first, second = from_word["问题"]
    assert first == {
        "标识": "i-1",
        "编号": "1",
        "标题": "台账不全",
        "状态": "已完成",
        "责任": "局党组书记",
        "时限": "2023年6月底",
        "措施": ["补齐台账。", "专人负责。"],
    }
    assert (second["标题"], second["状态"]) == ("公章管理不严", "正在整改")


def test_the_same_ledger_in_excel_in_a_pdf_and_on_a_page(from_word: dict[str, Any]) -> None:
    assert record("台账.xlsx", documents.sheet([[HEADING], *LEDGER]))["问题"] == from_word["问题"]
    assert record("台账.pdf", documents.pdf([HEADING, LEDGER]))["问题"] == from_word["问题"]
    assert record("台账.html", documents.web([HEADING, LEDGER]))["问题"] == from_word["问题"]


@pytest.mark.parametrize(
    "heads",
    [
        ["整改时限", "问题清单", "完成情况", "整改措施", "责任单位及责任人", "编号"],
        ["完成期限", "存在问题", "进展情况", "具体措施", "牵头领导", "序号"],
    ],
)
def test_heads_in_any_order_and_wording(from_word: dict[str, Any], heads: list[str]) -> None:
    order = [4, 1, 5, 2, 3, 0]
    rows = [heads, *([row[at] for at in order] for row in LEDGER[1:])]
    assert record("台账.docx", documents.word([HEADING, rows]))["问题"] == from_word["问题"]


@pytest.mark.parametrize("head", ["销号日期", "销号时间", "整改销号时间"])
def test_a_ledger_tells_when_an_issue_was_closed(head: str) -> None:
    rows = [[*LEDGER[0], head], [*LEDGER[1], "2023年12月"], [*LEDGER[2], "未销号"]]
    first, second = record("台账.docx", documents.word([HEADING, rows]))["问题"]
    assert (first["销号日期"], "销号日期" in second) == ("2023-12", False)


def test_a_table_behind_the_text_completes_the_issues_of_the_text() -> None:
    text = [
        HEADING,
        "1.关于“台账不全”的问题",
        "一是补齐台账。二是专人负责。",
        "2.公章管理不严",
        "一是收回公章。二是登记。",
    ]
    made = draft_of(read_document("示例.docx", documents.word([*text, LEDGER])))
    first, second = plain(made.record)["问题"]
    assert (first["责任"], first["状态"], first["措施"]) == ("局党组书记", "已完成", ["补齐台账。", "专人负责。"])
    assert second["时限"] == "立行立改"
    left = [made.lines.text[slice(*one)] for one in account(made).passages]
    assert left == ["补齐台账。", "专人负责。", "收回公章，登记使用。"]


def test_a_table_of_another_kind_is_left_over() -> None:
    made = draft_of(read_document("示例.docx", documents.word([*typed(), [["科目", "金额"], ["办公费", "100"]]])))
    assert "科目" not in str(plain(made.record))
