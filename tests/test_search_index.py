"""The index against a plain scan of the texts."""

from __future__ import annotations

import pickle
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from noticeboard.board.folders import load
from noticeboard.problems import CannotRun
from noticeboard.site.search import index as index_module
from noticeboard.site.search import segment as segment_module
from noticeboard.site.search.folding import fold
from noticeboard.site.search.index import index, segmented, shared
from noticeboard.site.search.passages import Kind, Passage, Source, sources
from noticeboard.site.search.segment import Segment, segment
from noticeboard.site.search.suffixes import DEPTH
from tests import five
from tests.index_reader import BODY, OPEN, TITLE, WHOLE_TITLE, Reader
from tests.records import UNIT, write

#: Few characters, so that texts repeat each other, and those that need care: beyond 16 bits, blanks, marks.
TEXT = st.text(alphabet="甲乙丙ab 𠮷𠮸，\n", max_size=14) | st.sampled_from(
    ["甲乙" * 60, "甲" * 90, "乙甲" * 40 + "丙"]
)
PASSAGE = st.tuples(st.lists(TEXT, max_size=2), st.lists(TEXT, max_size=3))


def of(*passages: tuple[Sequence[str], Sequence[str]], year: int = 2023) -> list[Source]:
    """Notices of one year and of one passage each, with these titles and these other texts."""
    return [
        Source(
            f"shili/{year}_{at}",
            "",
            "shili",
            "示例局",
            None,
            "",
            (year, 0),
            "",
            (Passage(Kind.ISSUE, "i-1", "", tuple(titles), tuple(body)),),
        )
        for at, (titles, body) in enumerate(passages)
    ]


def scan(passages: Sequence[tuple[Sequence[str], Sequence[str]]], term: str) -> dict[int, int]:
    """Passage → where ``term`` stands in it."""
    found = {}
    for at, (titles, body) in enumerate(passages):
        folded = [fold(title) for title in titles]
        if term in folded:
            found[at] = WHOLE_TITLE
        elif any(term in title for title in folded):
            found[at] = TITLE
        elif any(term in fold(text) for text in body):
            found[at] = BODY
    return found


def answer(reader: Reader, passages: Sequence[tuple[Sequence[str], Sequence[str]]], term: str) -> dict[int, int]:
    """What the index says, where it leaves a passage open decided by its text."""
    truth = scan(passages, term)
    found = reader.find(term)
    assert len(term.encode("utf-16-le")) // 2 >= DEPTH or sum(place == OPEN for place in found.values()) <= 2
    decided = {at: truth.get(at, 0) if place == OPEN else place for at, place in found.items()}
    return {at: place for at, place in decided.items() if place}


@pytest.fixture(params=[8, 256], ids=["small blocks", "one block"])
def block_size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    size = request.param
    monkeypatch.setattr(segment_module, "_block_size", lambda _: size)
    return size


@given(st.lists(PASSAGE, min_size=1, max_size=12), TEXT)
@example([(["甲"], ["甲"])] * 12, "甲")
@example([(["甲"], ["甲乙"]), (["甲" * 90], ["甲" * 64])] * 6, "甲" * 64)
@example([([], [""])], "甲")
@example([(["a" * 63 + " bcd"], [])], "a" * 63 + " bcd")
@example(
    [(["a" * 62 + character + "乙" * at], []) for at, character in enumerate("𠮷𠮸𠮹𠮺甲" * 3)], "a" * 62 + "𠮷乙乙"
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@pytest.mark.usefixtures("block_size")
def test_every_piece_of_every_text_is_found_where_it_stands_and_nowhere_else(
    passages: list[tuple[list[str], list[str]]], other: str
) -> None:
    reader = Reader(dict(index(of(*passages))))
    folded = [fold(text) for titles, body in passages for text in (*titles, *body)]
    pieces = {
        text[begin : begin + length] for text in folded for begin in (0, 1, 5) for length in (1, 2, 3, 64, 70, 200)
    }
    for term in {piece.strip(" ") for piece in pieces | {fold(other)}} - {""}:
        assert answer(reader, passages, term) == scan(passages, term), term


def test_many_hits_are_read_from_a_list_and_not_from_all_their_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment_module, "_block_size", lambda _: 50)
    passages = [([f"问题{at}"], [f"整改措施{at}已经落实"]) for at in range(500)]
    reader = Reader(dict(index(of(*passages))))
    reader.read.clear()
    assert answer(reader, passages, "整改") == dict.fromkeys(range(500), BODY)
    kinds = [name.split("/")[3] for name in dict.fromkeys(reader.read)]
    assert kinds.count("list") == 1
    assert kinds.count("block") <= 2


def test_a_field_does_not_run_into_the_next() -> None:
    passages = [(["党组"], ["财务", "管理"])]
    reader = Reader(dict(index(of(*passages))))
    assert [answer(reader, passages, term) for term in ("财务", "务管", "组财")] == [{0: BODY}, {}, {}]


def test_more_passages_than_the_format_can_number_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment_module, "_MOST_PASSAGES", 2)
    assert dict(index(of(*[(["甲"], [])] * 2)))
    with pytest.raises(CannotRun, match="一起有 3 个段落，查找的索引的一段最多容纳 2 个"):
        dict(index(of(*[(["甲"], [])] * 3)))


def test_the_same_records_give_the_same_files_and_others_another_build() -> None:
    one, same, other = (dict(index(of(([title], [])))) for title in ("甲", "甲", "乙"))
    assert one == same
    assert Reader(one).segments[1].folder != Reader(other).segments[1].folder


def test_other_files_of_the_same_records_are_another_build(monkeypatch: pytest.MonkeyPatch) -> None:
    passages = [(["甲乙"], [])] * 200
    one = Reader(dict(index(of(*passages)))).segments[1].folder
    monkeypatch.setattr(segment_module, "_block_size", lambda _: 8)
    assert Reader(dict(index(of(*passages)))).segments[1].folder != one


def test_a_text_that_a_passage_has_twice_makes_no_block_larger() -> None:
    once = segment(of((["问题的标题"], ["措施"])))
    twice = segment(of((["问题的标题"], ["措施", "标题", "问题的标题"])))
    assert blocks(once) == blocks(twice)


def blocks(made: Segment) -> dict[str, bytes]:
    return {path.rpartition("/")[2]: content for path, content in made.files if "/block/" in path}


def month(year: int, number: int = 0) -> int:
    """As the spans of months count them."""
    return year * 16 + number


@pytest.mark.parametrize(
    ("notices", "shared_by"),
    [
        ({month(2021): 1, month(2023, 12): 3, month(2025, 1): 1}, [(month(2025, 1), month(2023, 12), month(2021))]),
        # Two years that share one begin with an even year, four with one that four divides.
        (
            {month(2023): 200, month(2024): 200, month(2025): 200},
            [(month(2025), month(2024)), (month(2023),)],
        ),
        # Half a year ends with July, a quarter with March, July, November.
        (
            {month(2024, 1): 200, month(2024, 7): 200, month(2024, 8): 200, month(2024, 12): 200},
            [(month(2024, 12), month(2024, 8)), (month(2024, 7), month(2024, 1))],
        ),
        ({month(2024, 5): 900, month(2024, 6): 1}, [(month(2024, 6),), (month(2024, 5),)]),
        ({}, []),
    ],
)
def test_months_and_years_with_few_notices_share_a_segment(
    notices: dict[int, int], shared_by: list[tuple[int, ...]]
) -> None:
    assert shared(notices) == shared_by


@given(st.dictionaries(st.integers(month(1990), month(2040)), st.integers(1, 100), min_size=1, max_size=60), st.data())
def test_a_notice_more_moves_no_months_but_those_it_shared_a_segment_with(
    notices: dict[int, int], data: st.DataObject
) -> None:
    changed = data.draw(st.sampled_from(sorted(notices)))
    before, after = shared(notices), shared({**notices, changed: notices[changed] + 1})
    assert [months for months in before if changed not in months and months not in after] == []
    assert sorted(one for months in after for one in months) == sorted(notices)


def test_a_large_site_has_larger_segments_and_not_many_more() -> None:
    of_each = {month(year, number): 400 for year in range(2000, 2020) for number in range(1, 13)}
    assert len(shared(dict(list(of_each.items())[:16]))) == 16
    assert 8 <= len(shared(of_each)) <= 32


def test_a_change_in_one_year_leaves_the_files_of_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "_MOST_NOTICES", 1)
    notices = [*of((["丙"], []), year=2023), *of((["乙"], []), year=2022), *of((["甲"], []), year=2021)]
    changed = [*notices[:1], *of((["丁"], []), (["戊"], []), year=2022), *notices[2:]]
    before, after = dict(index(notices)), dict(index(changed))
    old, new = (Reader(files).segments for files in (before, after))
    assert [one.folder == other.folder for one, other in zip(old, new, strict=True)] == [True, True, False, True]
    pages = {path for path in before if path.endswith("/pages.bin")}
    gone = {path for path in before if before[path] != after.get(path)} - pages
    assert gone - {"search/v2/start.bin"} == {path for path in before if old[2].folder in path}


def test_a_segment_is_made_of_plain_values_that_another_process_can_take() -> None:
    units, *notices = segmented(sources(five.checked().board), lambda source: source.month)
    for some in (units, *notices):
        assert segment(pickle.loads(pickle.dumps(some))) == segment(some)  # noqa: S301
    assert [source.standing is None for source in units] == [False] * 5
    assert b"Unit" not in pickle.dumps(notices)


def test_every_issue_section_part_and_unit_of_the_five_is_a_passage() -> None:
    board = five.checked().board
    found = {source.name: [passage.anchor for passage in source.passages] for source in sources(board)}
    assert list(found)[:5] == [
        f"units/{name}-wenlian" for name in ("fushun", "jiaojiang", "qiyang", "zhaoyang", "qingyang")
    ]
    assert list(found)[5:] == [filed.address for filed in board.notices]
    assert found["qiyang-wenlian/2023-12"] == ["overview", "f-1", "f-2", "f-3", "f-4", "contact"]
    assert found["fushun-wenlian/2025"][:3] == ["overview", "i-1", "i-2"]
    assert [anchor for anchor in found["fushun-wenlian/2025"] if anchor.startswith("s-")] == [
        "s-1",
        "s-2",
        "s-3",
        "s-4",
    ]


def test_a_passage_holds_what_its_place_on_the_page_says() -> None:
    """Names behind their numbers, measures, results, posts, dates, what a status rests on, where the original is."""
    found = {
        f"{source.name}#{passage.anchor}": (*passage.titles, *passage.body)
        for source in sources(five.checked().board)
        for passage in source.passages
    }
    assert "20. 干部选拔任用程序不规范" in found["fushun-wenlian/2025#i-20"]
    assert "2022年9月8日至2022年12月8日" in found["qiyang-wenlian/2023-12#overview"]
    assert "通报总数“正在整改的2条(关于文联换届和协会登记工作)”" in found["qingyang-wenlian/2023#i-1-4"]
    assert "“2022年11月15”原文如此" in found["qingyang-wenlian/2023#overview"]
    assert "未载" not in found["qiyang-wenlian/2023-12#overview"]
    assert found["units/qiyang-wenlian#"][:2] == ("祁阳市文联", "中共祁阳市文联党组")
    assert {"群团组织", "县", "0746-3229641"} <= set(found["units/qiyang-wenlian#"])


def test_every_text_of_a_notice_can_be_found_but_what_is_for_filters(tmp_path: Path) -> None:
    text = """标题: 壹
文种: 巡察整改进展
署名: 贰
文号: 示例发〔2023〕1号
发布: {内容: 摘要, 来源: 叁, 网址: https://example.org/4, 发布日期: 2023-12-15, 落款日期: 2023-12-14, 说明: 伍}
巡察: {巡察组: 陆, 对象: 柒, 轮次: 第一轮, 反馈: 2023-02-09}
数据截至: 2023-11
通报所述: [{项目: 问题, 数: 1, 单位: 个, 原文: 捌}]
概述: 玖
方面:
- {标识: f-1, 编号: 一、, 标题: 拾, 原题: 佰, 措施: 仟, 问题: [
    {标识: i-1, 编号: 1., 标题: 天, 责任: 地, 时限: 玄, 措施: 黄, 进展: 宇, 成效: 宙}]}
意见建议: [{标识: s-1, 标题: 洪, 措施: 荒}]
其他部分: [{类别: 下一步, 标题: 日, 内容: 月}]
附件: [{名称: 盈, 网址: https://example.org/5}]
联系方式: {电话: 0000-1234560, 地址: 昃, 受理时间: 辰, 说明: 宿}
变更: [{日期: 2024-01-05, 内容: 列, 依据: 丁}]
"""
    board, problems = load(write(tmp_path, {"shili/unit.yml": UNIT, "shili/2023.yml": text}))
    assert problems == []
    found = "\n".join(
        text for source in sources(board) for passage in source.passages for text in (*passage.titles, *passage.body)
    )
    words = (
        "壹 贰 示例发〔2023〕1号 叁 https://example.org/4 2023年12月15日 2023年12月14日 伍 陆 柒 第一轮 2023年2月9日 "
        "2023年11月 问题1个 捌 玖 一、拾 佰 仟 天 地 玄 黄 宇 宙 洪 荒 日 月 盈 "
        "https://example.org/5 0000-1234560 昃 辰 宿 "
        "2024年1月5日：列"
    )
    assert [word for word in words.split(" ") if word not in found] == []


def test_the_files_of_the_site_are_named_after_their_content(site: Path) -> None:
    *folders, start = sorted(path.name for path in (site / "search" / "v2").iterdir())
    assert start == "start.bin"
    assert [folder for folder in folders if not re.fullmatch("[0-9a-f]{12}", folder)] == []
