"""Groups of units: whoever speaks of another is in its group, and nobody else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noticeboard.board.board import Board, NoticeFile, UnitFolder, unit_folder
from noticeboard.board.groups import groups
from noticeboard.positions import Marks
from noticeboard.reading.read import read_bytes
from noticeboard.record.model import Unit
from tests.records import FILE, UNIT, notice

_UNIT = read_bytes(Path("unit.yml"), UNIT.encode(), Unit).record
assert _UNIT is not None
#: One unit (folder name) speaks of another.
Speaks = tuple[str, str]


def unit_of(slug: str, *texts: str) -> UnitFolder:
    """A unit with a notice of each of these lines behind the smallest one."""
    assert _UNIT is not None
    files = [NoticeFile(slug, str(2020 + at), FILE, notice(text), Marks()) for at, text in enumerate(texts)]
    return unit_folder(slug, Path(slug, "unit.yml"), _UNIT, Marks(), files)


def carries_on(*references: str) -> str:
    matters = (f"{{标识: i-{at}, 标题: 甲, 承接: {reference}}}" for at, reference in enumerate(references))
    return f"问题: [{', '.join(matters)}]\n"


def slugs(*units: UnitFolder) -> list[list[str]]:
    return [[unit.slug for unit in group] for group in groups(Board(units))]


def test_a_unit_that_speaks_of_none_is_a_group_of_its_own() -> None:
    assert slugs() == []
    assert slugs(unit_of("a"), unit_of("b", "", ""), unit_of("c", "")) == [["a"], ["b"], ["c"]]


@pytest.mark.parametrize(
    "text",
    [
        carries_on("c/2020#i-1"),
        f"方面: [{{标识: f-1, 标题: 甲, {carries_on('c/2020#i-1').strip()}}}]\n",
        "问题: [{标识: i-9, 标题: 甲, 子问题: [{标识: i-9-1, 标题: 乙, 承接: c/2020#i-1}]}]\n",
        "意见建议: [{标识: s-1, 标题: 甲, 承接: c/2020#s-1}]\n",
        "状态: {词语: 已更正并替换, 日期: 2024, 原因: 有误, 替换为: c/2020}\n",
        # Withdrawn it does not stand on any other page; nothing is lost where the group is larger than it must be.
        carries_on("c/2020#i-1") + "状态: {词语: 撤下, 日期: 2024, 原因: 来函}\n",
    ],
)
def test_whoever_speaks_of_another_unit_is_in_its_group(text: str) -> None:
    assert slugs(unit_of("a", "", text), unit_of("b", ""), unit_of("c", "")) == [["a", "c"], ["b"]]
    # Whichever of both comes first.
    assert slugs(unit_of("c", ""), unit_of("b", ""), unit_of("d", "", text)) == [["c", "d"], ["b"]]


@pytest.mark.parametrize("reference", ["2020#i-1", "a/2020#i-1", "x/2020#i-1"])
def test_its_own_notices_and_units_that_are_not_there_join_none(reference: str) -> None:
    assert slugs(unit_of("a", "", carries_on(reference)), unit_of("b", "")) == [["a"], ["b"]]


def test_through_others_units_come_together() -> None:
    assert slugs(
        unit_of("a", carries_on("b/2020#i-1")),
        unit_of("b", carries_on("d/2020#i-1")),
        unit_of("c", ""),
        unit_of("d", ""),
        unit_of("e", carries_on("d/2020#i-1")),
    ) == [["a", "b", "d", "e"], ["c"]]


SLUGS = [f"u{number}" for number in range(9)]
LINKS = st.lists(st.tuples(st.sampled_from(SLUGS), st.sampled_from(SLUGS)), max_size=10)


@settings(max_examples=60)
@given(LINKS)
def test_groups_are_what_can_be_reached(links: list[Speaks]) -> None:
    texts = {slug: carries_on(*(f"{other}/2020#i-1" for one, other in links if one == slug)) for slug in SLUGS}
    found = slugs(*(unit_of(slug, text if "承接" in text else "") for slug, text in texts.items()))

    def reached(slug: str) -> set[str]:
        seen = {slug}
        while more := {b for a, b in [*links, *((b, a) for a, b in links)] if a in seen} - seen:
            seen |= more
        return seen

    # Each as whole as it can be, each unit in one, in the order of the board.
    assert all(set(group) == reached(group[0]) for group in found)
    assert sorted(slug for group in found for slug in group) == SLUGS
    assert all(group == sorted(group) for group in found)
    assert [group[0] for group in found] == sorted(group[0] for group in found)
