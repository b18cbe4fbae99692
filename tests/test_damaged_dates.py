"""A date so damaged that nothing of it is certain is shown as printed, and is taken for a date nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from noticeboard.board.board import Board
from noticeboard.board.folders import load
from noticeboard.record.dates import PartialDate
from noticeboard.site.model.site import Site
from noticeboard.site.pages.figures import Span
from noticeboard.site.pages.statistics import Days
from noticeboard.site.pages.timeline import timeline
from noticeboard.site.pages.tree import pages
from tests.records import MASTHEAD, UNIT, write

LOST = "{原文: 某年某月}"


def board_of(folder: Path, dates: str, more: str = "") -> Board:
    text = f"标题: 示例通报\n文种: 巡察整改进展\n发布: {{内容: 摘要, {dates}}}\n{more}"
    return load(write(folder, {"shili/unit.yml": UNIT, "shili/2023.yml": text}))[0]


def page_of(board: Board, file: str) -> str:
    return next(page.text for page in pages(Site(board, MASTHEAD)) if page.file == file)


def test_statistics_count_it_as_no_day_and_say_that_it_is_damaged(tmp_path: Path) -> None:
    text = page_of(board_of(tmp_path, "落款日期: 2023-12", f"数据截至: {LOST}\n"), "statistics/index.md")
    assert "1 份通报中，没有一份写明截至哪一天，截至日期缺损、看不出年份的 1 份。" in text


@pytest.mark.parametrize(
    ("days", "told", "untold", "damaged"),
    [
        ([PartialDate(2023), None, PartialDate.damaged("某年", None)], 1, 2, 1),
        ([PartialDate.damaged("2022年11月15", "2022-11")], 1, 0, 0),
    ],
)
def test_what_is_certain_to_the_year_is_told(
    days: list[PartialDate | None], told: int, untold: int, damaged: int
) -> None:
    found = Days.of(days)
    assert (found.told, found.untold, found.damaged) == (told, untold, damaged)
    assert "某年" not in (found.earliest, found.latest)


def test_the_time_line_takes_the_other_date(tmp_path: Path) -> None:
    (filed,) = board_of(tmp_path, f"落款日期: {LOST}, 发布日期: 2023-12-15").notices
    assert filed.published == PartialDate(2023, 12, 15)
    assert [str(event.date) for event in timeline([filed])] == ["2023年12月15日"]


def test_a_notice_that_the_time_line_has_no_place_for_is_named_below_it(tmp_path: Path) -> None:
    board = board_of(tmp_path, f"落款日期: {LOST}", "巡察: {反馈: 2023-06}\n")
    assert "》没有载明看得出年份的发布日期，不在时间线上。" in page_of(board, "units/shili.md")


def test_the_months_to_publication_are_counted_to_the_other_date(tmp_path: Path) -> None:
    board = board_of(
        tmp_path, f"落款日期: {LOST}, 发布日期: 2023-12-15", f"巡察: [{{反馈: {LOST}}}, {{反馈: 2023-06}}]\n"
    )
    assert Span.of(board.notices[0].notice).months == 6


def test_programs_are_told_no_date_that_is_none(tmp_path: Path) -> None:
    changed = f"变更: [{{日期: {LOST}, 内容: 更正, 依据: 来函}}]\n"
    text = page_of(board_of(tmp_path, f"发布日期: {LOST}, 落款日期: 2023-12-14", changed), "notices/shili/2023.md")
    assert "dateModified" not in text
    assert re.findall(r'"datePublished": ?"([^"]*)"', text.replace('\\"', '"')) == ["2023-12-14"]
