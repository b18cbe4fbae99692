"""The index against a plain scan of the texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from noticeboard import site as sites
from noticeboard.model import Unit
from noticeboard.problems import CannotRun
from noticeboard.search import index as index_module
from noticeboard.search.folding import fold
from noticeboard.search.index import index
from noticeboard.search.passages import Kind, Passage, Source, sources
from noticeboard.search.suffixes import DEPTH
from tests.index_reader import BODY, OPEN, TITLE, WHOLE_TITLE, Reader

_UNIT = Unit.model_validate(
    {
        "全称": "示例县示例局",
        "简称": "示例局",
        "地区": {"省": "湖南省", "代码": "439999"},
        "类别": "政府部门",
        "级别": "县",
    }
)
#: Few characters, so that texts repeat each other, and those that need care: beyond 16 bits, blanks, marks.
TEXT = st.text(alphabet="甲乙丙ab 𠮷𠮸，\n", max_size=14) | st.sampled_from(
    ["甲乙" * 60, "甲" * 90, "乙甲" * 40 + "丙"]
)
PASSAGE = st.tuples(st.lists(TEXT, max_size=2), st.lists(TEXT, max_size=3))


def of(*passages: tuple[Sequence[str], Sequence[str]]) -> list[Source]:
    """Sources of one passage each, with these titles and these other texts."""
    return [
        Source(
            f"shili/{at}",
            "",
            "shili",
            _UNIT,
            "",
            2023,
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


@pytest.fixture(params=[3, 256], ids=["small blocks", "one block"])
def block_size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    size = request.param
    monkeypatch.setattr(index_module, "_block_size", lambda _: size)
    monkeypatch.setattr(index_module, "_SHELF", 4)
    return size


@given(st.lists(PASSAGE, min_size=1, max_size=12), TEXT)
@example([(["甲"], ["甲"])] * 12, "甲")
@example([(["甲"], ["甲乙"]), (["甲" * 90], ["甲" * 64])] * 6, "甲" * 64)
@example([([], [""])], "甲")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
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
    monkeypatch.setattr(index_module, "_block_size", lambda _: 50)
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
    monkeypatch.setattr(index_module, "_MOST_PASSAGES", 2)
    assert dict(index(of(*[(["甲"], [])] * 2)))
    with pytest.raises(CannotRun, match="共有 3 个段落，查找的索引最多容纳 2 个"):
        dict(index(of(*[(["甲"], [])] * 3)))


def test_the_same_records_give_the_same_files_and_others_another_build() -> None:
    one, same, other = (dict(index(of(([title], [])))) for title in ("甲", "甲", "乙"))
    assert one == same
    assert Reader(one).folder != Reader(other).folder


def test_every_issue_section_part_and_unit_of_the_five_is_a_passage() -> None:
    board = sites.check().board
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


def test_what_the_page_of_an_issue_says_can_be_found(site: Path) -> None:
    """Titles, measures, results, posts of the five: every text of a passage stands on its page."""
    reader = Reader({path.relative_to(site).as_posix(): path.read_bytes() for path in (site / "search").rglob("*.bin")})
    names = [
        f"{source.name}#{passage.anchor}" for source in sources(sites.check().board) for passage in source.passages
    ]

    def hits(term: str) -> list[str]:
        return [names[at] for at in sorted(reader.find(fold(term)))]

    assert hits("0746-3229641") == ["units/qiyang-wenlian#", "qiyang-wenlian/2023-12#contact"]
    assert hits("文艺评论委员会") == ["fushun-wenlian/2025#i-2", "fushun-wenlian/2025#i-10"]
    assert "qingyang-wenlian/2023#i-1-4" in hits("换届不及时")


def test_the_files_of_the_site_are_named_after_their_build(site: Path) -> None:
    build, start = sorted(path.name for path in (site / "search" / "v1").iterdir())
    assert start == "start.bin"
    assert re.fullmatch("[0-9a-f]{12}", build)
