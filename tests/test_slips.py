"""The slips of people who are no programmers: each with its exact place and its own message."""

from __future__ import annotations

import time

import pytest

from noticeboard.reading.read import MOST_PROBLEMS, read_bytes
from noticeboard.record.model import Notice
from tests.records import FILE, NOTICE, problems_of

#: Seconds of a processor; what is searched again from every sign takes a minute.
_LIMIT = 3


def only_problem(text: str | bytes) -> str:
    content = text if isinstance(text, bytes) else text.encode("utf-8")
    (problem,) = read_bytes(FILE, content, Notice).problems
    return str(problem)


def test_a_sound_file_has_no_problems() -> None:
    assert problems_of(NOTICE) == []


def test_a_problem_is_one_line_with_place_severity_code_what_and_remedy() -> None:
    assert only_problem(NOTICE + "标体: 甲\n") == (
        "notices/shili/2023.yml:6:1: 错误 unknown-key 不认识的键“标体” — 是不是“标题”？"
    )


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        # colons
        ("概述：甲\n", "6:3 fullwidth-colon"),
        ("概述：甲\n# 说明\n\n# 选填。原文缺损\n原文缺损:\n", "6:3 fullwidth-colon"),
        ("巡察:\n  巡察组: 甲\n  方式：常规\n", "8:5 fullwidth-colon"),
        ("巡察:\n  巡察组: 甲\n    方式：常规\n", "8:7 fullwidth-colon"),
        ("巡察:\n  巡察组：甲\n", "7:3 fullwidth-colon"),
        ("概述 甲\n文号: 乙\n", "6:1 yaml-syntax"),
        ("概述:甲\n", "6:3 no-space-after-colon"),
        ("概述: 甲: 乙\n", "6:6 yaml-syntax"),
        ("通报所述: [{数: 2, 项目：问题, 单位: 个}]\n", "6:15 fullwidth-colon"),
        ("巡察: {甲: }\n", "6:6 unknown-key"),
        ("通报所述: [{项目: 问题，数: 2}]\n", "6:15 fullwidth-comma"),
        # tabs and indentation
        ("巡察:\n\t巡察组: 甲\n", "7:1 tab"),
        ("巡察:\n  巡察组: 甲\n 方式: 常规\n", "8:2 yaml-syntax"),
        ("署名:\n  - 甲\n  -乙\n", "8:3 no-space-after-dash"),
        ("署名:\n  - 甲\n    -乙\n", "8:5 no-space-after-dash"),
        ("署名:\n  - 甲\n  • 乙\n", "8:3 wrong-dash"),
        ("巡察:\n  巡察组: 甲\n　　方式: 常规\n", "8:1 wide-space"),
        ("意见建议:\n  - 标识: s-1\n    标题: 甲\n    标识: s-2\n    标题: 乙\n", "9:5 duplicate-key"),
        ("通报所述: [{项目: 问责, 数: 1,000}]\n", "6:22 unknown-key"),
        ("<<<<<<< HEAD\n概述: 甲\n", "6:1 merge-conflict"),
        # quotation marks and brackets
        ('概述: "甲\n', "6:5 yaml-syntax"),
        ("巡察: {巡察组: 甲\n", "6:5 yaml-syntax"),
        ("概述: *甲\n", "6:6 yaml-syntax"),
        ("概述: @甲\n", "6:5 yaml-syntax"),
        # keys
        ("概述: 甲\n概述: 乙\n", "7:1 duplicate-key"),
        ("电话: 0746-3229641\n", "6:1 unknown-key"),
        ("{甲: 乙}: 丙\n", "6:1 yaml-syntax"),
        # shapes
        ("概述: [甲]\n", "6:5 wrong-shape"),
        ("概述: {甲: 乙}\n", "6:5 wrong-shape"),
        ("意见建议: 无\n", "6:7 wrong-shape"),
        ("巡察: 甲\n", "6:5 wrong-shape"),
        ('概述: ""\n', "6:5 empty"),
        # values
        ("数据截至: 2023-13\n", "6:7 date-impossible"),
        ("数据截至: 2023-02-30\n", "6:7 date-impossible"),
        ("数据截至: 2023年2月\n", "6:7 date-form"),
        ("数据截至: {甲: 乙}\n", "6:7 date-form"),
        ("通报所述:\n  - {项目: 问题, 数: 二十一}\n", "7:17 not-a-number"),
        ("拟题: 对\n", "6:5 not-in-list"),
        ("意见建议:\n  - 标题: 差旅费 #1 不规范\n    标识: s-1\n", "7:13 comment-in-text"),
        # YAML that the records do not use
        ("概述: &a 甲\n", "6:5 yaml-feature"),
        ("概述: !!str 甲\n", "6:5 yaml-feature"),
        ("---\n标题: 乙\n", "6:1 yaml-feature"),
        ("*a : 乙\n", "6:1 yaml-feature"),
        # what the parser takes and YAML does not
        ('概述: "甲"# 乙\n', "6:8 yaml-syntax"),
        ("署名: [甲, 乙]# 丙\n", "6:11 yaml-syntax"),
        ("署名: [甲,#乙\n  丙]\n", "6:8 yaml-syntax"),
        ("署名: [#甲\n  乙]\n", "6:6 yaml-syntax"),
        ('署名: ["甲",#乙\n  丙]\n', "6:10 yaml-syntax"),
        ("概述: |# 甲\n  乙\n", "6:6 yaml-syntax"),
        ('概述: "甲\n乙"\n', "7:1 yaml-syntax"),
        ("署名: [甲,\n乙]\n", "7:1 yaml-syntax"),
        ('巡察:\n  巡察组: "甲\n  乙"\n', "8:3 yaml-syntax"),
        ('概述: "甲\n  \t乙"\n', "7:3 tab"),
        ("署名: [甲,\n  \t乙]\n", "7:3 tab"),
        ("署名: [?甲]\n", "6:6 yaml-syntax"),
        ("巡察: [{?巡察组: 甲}]\n", "6:7 yaml-syntax"),
        ("巡察: [?]\n", "6:6 yaml-syntax"),
        ("概述: |\n    \n  # 甲\n", "8:3 yaml-syntax"),
        # characters
        ("概述: 甲\x07乙\n", "6:6 bad-character"),
        ("概述: 甲\u0085乙\n", "6:6 bad-character"),
        ("概述: 甲\ufffe乙\n", "6:6 bad-character"),
        ("概述: 甲\u200b乙\n", "6:6 bad-character"),
        ("概述: 甲\u202e乙\n", "6:6 bad-character"),
        ("概述: 甲\ufffd乙\n", "6:6 bad-character"),
        ('概述: "甲\\x1b乙"\n', "6:5 bad-character"),
        ('概述: "甲\\t乙"\n', "6:5 bad-character"),
    ],
)
def test_a_slip_is_found_where_it_is(more: str, problem: str) -> None:
    assert problems_of(NOTICE + more) == [problem]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (NOTICE.encode("gbk"), "1:1: 错误 encoding 文件不是 UTF-8 编码，看来是 GBK"),
        (NOTICE.encode("utf-8") + "概述: ".encode() + "甲乙".encode("gbk"), "6:5: 错误 encoding 文件不是 UTF-8 编码"),
        (NOTICE.encode("utf-16"), "1:1: 错误 encoding 文件是 UTF-16 编码"),
        (NOTICE.encode("utf-16-le"), "1:1: 错误 encoding 文件是 UTF-16 编码"),
        (b"\xef\xbb\xbf" + NOTICE.encode(), "1:1: 警告 bom 文件开头有看不见的 BOM 标记"),
        (b"", "1:1: 错误 empty 文件是空的"),
        ("标题：甲\n".encode(), "1:1: 错误 fullwidth-colon"),
        ("甲".encode(), "1:1: 错误 wrong-shape"),
        (b"\xff\xfe\xfd\xfc" * 3, "1:1: 错误 encoding"),
        (b"PK\x03\x04\x14\x00", "1:1: 错误 encoding 这是Word、Excel 或压缩文件，不是文本文件"),
        (b"%PDF-1.7\n\xe2\xe3", "1:1: 错误 encoding 这是PDF 文件，不是文本文件"),
    ],
)
def test_a_file_that_is_no_record_is_said_to_be_so(content: bytes, words: str) -> None:
    assert only_problem(content).startswith(f"notices/shili/2023.yml:{words}")


def test_a_value_outside_its_list_names_the_list() -> None:
    text = NOTICE.replace("文种: 巡察整改进展", "文种: 整改通报")
    assert only_problem(text).endswith(
        "从中选一个：巡察整改进展、巡视整改进展、巡察反馈、巡视反馈、审计整改结果、督察整改进展、其他整改情况"
    )


@pytest.mark.parametrize(
    ("topic", "remedy"),
    [("财务管里", "是不是“财务管理”？从中选一个：理论学习、"), ("财务管理、换届", "几个值写成列表：[财务管理, 换届]")],
)
def test_a_value_outside_its_list_gets_the_nearest_one(topic: str, remedy: str) -> None:
    problem = only_problem(NOTICE + f"意见建议: [{{标识: s-1, 标题: 甲, 主题: {topic}}}]\n")
    assert problem.partition(" — ")[2].startswith(remedy)


def test_what_is_missing_is_reported_at_its_parent() -> None:
    text = NOTICE.replace("{内容: 摘要, 落款日期: 2023-12-14}", "{落款日期: 2023-12-14}")
    assert problems_of(text) == ["3:1 missing-key"]


def test_a_key_with_nothing_behind_it_is_as_if_it_were_not_there() -> None:
    assert problems_of(NOTICE + "概述:\n文号: \n") == []
    assert problems_of(NOTICE.replace("示例通报", "")) == ["1:1 missing-key"]


def test_what_is_missing_in_a_line_that_is_there_is_not_asked_for_in_another_line() -> None:
    assert "“标题”空着 — 写在“标题: ”的后面" in only_problem(NOTICE.replace("示例通报", ""))
    blank = NOTICE.replace("{内容: 摘要, 落款日期: 2023-12-14}", "\n  内容:\n  来源:")
    assert "“发布”下面都空着 — 填上它下面必填的各行" in only_problem(blank)


def test_a_key_one_blank_short_of_its_item_may_belong_to_it_or_begin_another() -> None:
    text = NOTICE + "问题:\n  - 标识: i-1\n    标题: 甲\n   状态: 正在整改\n"
    assert "9:4: 错误 yaml-syntax 这一行的缩进与上面的键对不齐" in only_problem(text)
    assert "是同一项的，与这一项的键左边对齐" in only_problem(text)


def test_a_misspelt_key_is_one_problem_not_two() -> None:
    assert problems_of(NOTICE.replace("标题: ", "标体: ")) == ["1:1 unknown-key"]


def test_all_problems_of_a_file_come_in_one_run() -> None:
    text = NOTICE + "数据截至: 2023-13\n概述: [甲]\n标体: 乙\n"
    assert problems_of(text) == ["6:7 date-impossible", "7:5 wrong-shape", "8:1 unknown-key"]


def test_every_scalar_is_text() -> None:
    text = NOTICE.replace("0000-1234560", "0746") + "概述: no\n文号: 1e3\n"
    record = read_bytes(FILE, text.encode(), Notice).record
    assert record is not None
    assert record.contact is not None
    assert (record.contact.phones, record.summary, record.document_number) == (("0746",), "no", "1e3")


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_read(line_end: str) -> None:
    assert problems_of((NOTICE + "标体: 甲\n").replace("\n", line_end)) == ["6:1 unknown-key"]


def test_a_sound_line_that_looks_like_a_slip_does_not_hide_the_real_one() -> None:
    lines = '署名:\n  - 责任：落实到人\n\n\n概述: 已整改，责任：办公室\n文号: "甲\n'
    assert problems_of(NOTICE + lines) == ["11:5 yaml-syntax"]


def test_a_sound_line_that_looks_like_a_slip_is_none() -> None:
    assert problems_of(NOTICE + "概述: 反馈意见，\n  查出五个方面，问题：见下文。\n") == []


def test_a_sound_line_with_braces_that_are_closed_is_none() -> None:
    assert problems_of(NOTICE + "概述: 说明\n  另见{一}，电话：0746-3229641\n") == []


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ("概述: 差旅费 # 报销\n", "6:9"),
        ("概述: 差旅费 #1 报销\n", "6:9"),
        ("概述: 差旅费 #\n", "6:9"),
        ("概述: 差旅费 ## 报销\n", "6:9"),
        ("概述: 差旅费\n  报销 # 单据\n", "7:6"),
        ("署名: [示例局, # 示例办\n  丙]\n", None),
        ("署名: [示例局 # 示例办\n  ]\n", "6:10"),
        ("文号: A1 #2\n", "6:8"),
        # A comment stands behind what nobody goes on writing, or is told apart by its own line or the quotation marks.
        ("数据截至: 2023-12 # 原文第3页\n", None),
        ("文号: A1 # 原文第3页\n", None),
        ("拟题: 是 # 原文没有标题\n", None),
        ("意见建议: [{标识: s-1, 标题: 甲, 状态: 正在整改 # 原文第3页\n  }]\n", None),
        ("概述: 差旅费\n# 原文第3页\n", None),
        ('概述: "差旅费" # 原文第3页\n', None),
        ('概述: "差旅费 # 报销"\n', None),
        ("概述: 差旅费#报销\n", None),
        ("概述: | # 原文第3页\n  差旅费 # 报销\n", None),
        ("概述: # 原文没有\n", None),
    ],
)
def test_a_sign_that_cuts_a_sentence_is_warned_of(more: str, place: str | None) -> None:
    assert problems_of(NOTICE + more) == ([f"{place} comment-in-text"] if place else [])


@pytest.mark.parametrize(
    "more",
    [
        '概述: "甲\n  乙"\n',
        "署名: [甲,\n  乙\n]\n",
        "署名: [\n# 两个单位\n  甲, 乙 ]\n",
        "署名:\n- [甲,\n  乙]\n".replace("- [甲,\n  乙]", '- "甲\n  乙"'),
        "署名: [甲?, 乙]\n",
        "署名: [甲, 乙] # 两个单位\n",
        "署名: [甲, # 第一个\n  乙]\n",
        "概述: |\n  甲\n\n  # 乙\n",
        "概述: |\n  甲\n # 这是注释\n",
    ],
)
def test_what_yaml_takes_is_taken(more: str) -> None:
    assert problems_of(NOTICE + more) == []


def test_a_block_text_may_hold_what_looks_like_a_slip() -> None:
    assert problems_of(NOTICE + "概述: |\n  电话：0746-3229641\n  \t地址:某路\n") == ["6:5 bad-character"]
    assert problems_of(NOTICE + "概述: |\n  电话：0746-3229641\n  地址:某路\n") == []


@pytest.mark.parametrize("sign", [*"{[,，：:-|'\"", "{，", ", ", "- ", "{标题，", "标题："])
@pytest.mark.parametrize("head", ["", "标题: 甲\n概述: {"])
def test_a_line_without_end_is_explained_in_bounded_time(head: str, sign: str) -> None:
    begun = time.process_time()
    assert problems_of(head + sign * 60_000)
    assert time.process_time() - begun < _LIMIT


@pytest.mark.parametrize("text", ["{" * 30_000, "[" * 30_000, "a: [" + "[" * 30_000, "- " * 30_000])
def test_deep_nesting_ends_with_a_message(text: str) -> None:
    (problem,) = problems_of(text)
    assert problem.split()[1] in ("too-deep", "yaml-syntax")


@pytest.mark.parametrize(
    "text",
    [
        "标题: " + "\u200b" * 300_000,
        "概述：甲\n" * 60_000,
        "- 甲 #乙\n" * 24_000,
        "甲: 乙\n" * 24_000,
        "".join(f"标{number}题: 甲\n" for number in range(24_000)),
        "问题:\n" + "- 甲\n" * 24_000,
        f"{'标' * 300_000}: 甲\n",
        f"状态: {'甲' * 300_000}\n",
        "署名: [" + "甲, " * 24_000 + "]\n",
        '概述: "' + "甲\n  " * 60_000 + '"\n',
    ],
    ids=["unseen", "colons", "cuts", "twice", "unknown", "shapes", "key", "word", "list", "lines"],
)
def test_a_flood_of_slips_is_told_in_short_and_in_bounded_time(text: str) -> None:
    begun = time.process_time()
    problems = read_bytes(FILE, text.encode(), Notice).problems
    assert time.process_time() - begun < _LIMIT
    assert 0 < len(problems) <= MOST_PROBLEMS
    assert max(len(str(problem)) for problem in problems) < 1_000


def test_the_last_of_very_many_problems_says_how_many_are_left_out() -> None:
    text = NOTICE + "署名:\n" + "- 甲 #乙\n" * 1_200 + "标体: 丙\n"
    problems = read_bytes(FILE, text.encode(), Notice).problems
    assert problems[0].code == "unknown-key"
    assert problems[-1].remedy.endswith("（这个文件还有 201 处，没有列出；先改好这些，再检查一次）")
