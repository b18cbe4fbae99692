"""The made-up examples: clean, never published by default, and each shows what it is there for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from noticeboard import paths
from noticeboard.board.board import Board
from noticeboard.board.lives import Lives
from noticeboard.checking.check import check
from noticeboard.record.counting import reconcile
from noticeboard.record.model import Notice
from noticeboard.record.walk import countable, matters, walk

EXAMPLES = paths.ROOT / "examples" / "notices"


@pytest.fixture(scope="module")
def board() -> Board:
    return check(EXAMPLES).board


def of(board: Board, address: str) -> Notice:
    return board.by_address[address].notice


def test_they_are_clean_and_none_stands_on_the_real_site() -> None:
    assert check(EXAMPLES).problems == ()
    assert not [unit.slug for unit in check().board.units if unit.slug.startswith("shili")]


def test_each_is_visibly_made_up_and_says_what_it_shows(board: Board) -> None:
    for unit in board.units:
        assert "示例" in unit.unit.full_name
        phones = [phone for one in (unit.unit.contact,) if one for phone in one.phones]
        assert all(phone.startswith("0000-") for phone in phones)
    for file in EXAMPLES.glob("*/2*.yml"):
        assert file.read_text(encoding="utf-8").startswith("# 示例：")


def test_the_readme_tells_of_every_notice_and_unit() -> None:
    text = (EXAMPLES.parent / "README.md").read_text(encoding="utf-8")
    for file in EXAMPLES.glob("*/2*.yml"):
        assert re.search(rf"{file.parent.name}/({file.name}`|` |.*{file.name}`)", text), file


def test_issues_and_a_suggestion_are_carried_on_one_is_split_and_one_changed_its_status(board: Board) -> None:
    lives = Lives.of(board)
    filed = board.by_address["shili-wenguang/2023-12-20"]
    later = {matter.id: [stage.key for stage in lives.after(filed, matter)] for _, matter in matters(filed.notice)}
    newer = "shili-wenguang/2024-09-10"
    assert later == {
        "i-1": [],
        "i-2": [],
        "i-3": [f"{newer}#i-1"],
        "i-4": [f"{newer}#i-2", f"{newer}#i-3"],
        "s-1": [f"{newer}#s-1"],
    }
    changed = filed.notice.issues[1]
    assert (changed.published_status.words, changed.status.words) == ("正在整改", "已完成整改")


def test_one_is_withdrawn_and_one_replaced(board: Board) -> None:
    withdrawn, replaced = (board.by_address[f"shili-jiaoyu/{date}"] for date in ("2023-08", "2023-11"))
    assert withdrawn.notice.retirement is not None
    assert withdrawn.notice.retirement.successor is None
    successor = board.in_its_place(replaced)
    assert successor is not None
    assert successor.address == "shili-jiaoyu/2023-11_2"


def test_several_units_publish_one_notice_of_two_inspections(board: Board) -> None:
    notice = of(board, "shili-shuiwu/2022-10")
    assert (len(notice.signatories), notice.joint_units, len(notice.inspections)) == (2, ("shili-linye",), 2)
    assert notice.inspections[0].end is not None
    assert notice.inspections[0].end.words == "2021年9月3"


def test_a_town_reports_for_its_villages_with_totals_of_each(board: Board) -> None:
    notice = of(board, "shili-zhen/2024-05-30")
    assert {one.body for one in notice.stated} >= {"示例村党支部", "样例村党支部"}
    assert [section.body for section in notice.sections] == ["示例村党支部", "样例村党支部"]


def test_issues_stand_on_four_levels_and_a_parent_counts_itself(board: Board) -> None:
    notice = of(board, "shili-guozi/2025-02")
    assert max(len(placed.parents) for placed in walk(notice)) == 3
    assert [placed.issue.id for placed in countable(notice) if placed.issue.issues] == ["i-1-1-1"]
    assert {one.agreement.value for one in reconcile(notice)} == {"agrees"}


def test_an_audit_notice_keeps_its_amounts_as_typed_and_its_zeros(board: Board) -> None:
    notice = of(board, "shili-yiyuan/2024")
    assert notice.kind == "审计整改结果"
    assert [one.figure for one in notice.stated] == ["2个", "12.50万元", "0件"]


def test_a_renamed_unit_and_one_that_was_merged_keep_their_addresses(board: Board) -> None:
    unit = board.unit("shili-shuju")
    assert unit is not None
    assert unit.former_slugs == ("shili-xinxi", "shili-dangan")
    former = {filed.date_name: filed.former_addresses for filed in unit.notices}
    assert former == {
        "2024-07-15": ("shili-xinxi/2024-07-15",),
        "2022-11": ("shili-dangan/2022-11", "shili-xinxi/2022-11"),
    }


def test_one_notice_alone_is_checked_with_the_notices_it_refers_to() -> None:
    checked = check(paths=[EXAMPLES / "shili-wenguang/2024-09-10.yml"])
    assert checked.problems == ()
    assert [filed.address for filed in checked.board.notices] == ["shili-wenguang/2024-09-10"]


def test_every_page_of_the_examples_can_be_built(board: Board, example_site: Path) -> None:
    for filed in board.by_address.values():
        for address in (filed.address, *filed.former_addresses):
            assert (example_site / "notices" / address / "index.html").is_file()
