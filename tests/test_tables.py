"""The tables of the open data: what a program reads from CSV and a spreadsheet from the workbook."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import tempfile
import time
import xml.etree.ElementTree as ET
import zipfile
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlsxwriter.core
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from noticeboard.board.board import Board, NoticeFile, UnitFolder
from noticeboard.positions import Marks
from noticeboard.record.model import Notice, Unit
from noticeboard.site.data import tables, workbook
from noticeboard.site.data.columns import ColumnType
from noticeboard.site.data.csvfile import GUARD_RULE, guarded, unguarded
from noticeboard.site.data.matters import MATTERS
from noticeboard.site.data.notices import NOTICES
from noticeboard.site.data.parts import notice_parts
from noticeboard.site.data.sheet import CUT_SIGN, fitting, lines
from noticeboard.site.data.tables import SPREADSHEET_RULE, TableFile, TableFiles
from noticeboard.site.model.site import Site
from noticeboard.site.settings.masthead import Masthead
from noticeboard.text import NEVER_IN_VALUE
from tests.records import MASTHEAD, NOTICE, UNIT, board_of

Cells = dict[str, Any]

LABELS = {column.name: column.label for column in MATTERS.columns}


def write(folder: Path, files: dict[str, str]) -> list[TableFile]:
    """Write the tables of some notices (``shili/2023`` → text) of units that are all alike."""
    units = {f"{name.partition('/')[0]}/unit.yml": UNIT for name in files}
    board, _ = board_of(folder / "notices", units | {f"{name}.yml": text for name, text in files.items()})
    return write_tables(board, folder)


def write_tables(board: Board, folder: Path) -> list[TableFile]:
    """Write the tables of all notices of a board."""
    with TableFiles(MASTHEAD, folder) as files:
        for part in notice_parts(Site(board, MASTHEAD)):
            files.add(part)
        return files.finish()


def csv_rows(file: Path) -> list[Cells]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def cell_rows(sheet: Worksheet) -> list[Cells]:
    """The rows of a sheet by the labels of its head."""
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def sheet_rows(file: Path, sheet: str = "问题") -> list[Cells]:
    return cell_rows(openpyxl.load_workbook(file)[sheet])


def of(folder: Path, more: str) -> list[Cells]:
    """The rows in CSV of the smallest notice with ``more`` lines; those of the workbook must say the same."""
    write(folder, {"shili/2023": NOTICE + more})
    rows = csv_rows(folder / "issues.csv")
    for ours, theirs in zip(rows, sheet_rows(folder / "issues.xlsx"), strict=True):
        for column in MATTERS.columns:
            cell = theirs[column.label]
            text = cell.date().isoformat() if isinstance(cell, datetime) else str("" if cell is None else cell)
            assert unguarded(ours[column.name]) == text, column.name
    return rows


FOUR_LEVELS = """方面:
  - 标识: f-1
    编号: 一、
    标题: 学习方面
    问题:
      - 标识: i-1
        编号: （一）
        标题: 学习不够
        单独计数: 是
        状态: 基本完成
        子问题:
          - 标识: i-1-1
            编号: 1.
            标题: 计划不细
            子问题:
              - 标识: i-1-1-1
                编号: (1)
                标题: 没有计划
                子问题: [{标识: i-1-1-1-1, 编号: ①, 标题: 没有月计划, 状态: 已完成整改}]
"""


def test_an_issue_that_counts_is_a_row_with_its_way_from_the_top(tmp_path: Path) -> None:
    parent, leaf = of(tmp_path, FOUR_LEVELS)
    assert (parent["title"], parent["numbers"], parent["above"]) == ("学习不够", "一、 > （一）", "学习方面")
    assert (leaf["title"], leaf["numbers"]) == ("没有月计划", "一、 > （一） > 1. > (1) > ①")
    assert leaf["above"] == "学习方面 > 学习不够 > 计划不细 > 没有计划"
    assert leaf["section"] == "学习方面"
    assert (leaf["id"], leaf["notice_address"]) == ("shili/2023#i-1-1-1-1", "shili/2023")
    assert leaf["url"] == "https://example.org/notices/shili/2023/#i-1-1-1-1"


def test_every_row_tells_the_unit_and_its_region(tmp_path: Path) -> None:
    (row,) = of(tmp_path, "问题: [{标识: i-1, 标题: 甲}]\n")
    assert [row[name] for name in ("province", "city", "county", "region_code")] == [
        "湖南省",
        "示例市",
        "示例县",
        "439999",
    ]
    assert [row[name] for name in ("unit", "unit_name", "unit_full_name", "unit_kind", "level")] == [
        "shili",
        "示例局",
        "示例县示例局",
        "政府部门",
        "县",
    ]
    assert [row[name] for name in ("notice", "notice_kind", "content")] == ["示例通报", "巡察整改进展", "摘要"]


def test_a_suggestion_is_a_row_but_no_issue(tmp_path: Path) -> None:
    issue, suggestion = of(
        tmp_path, "问题: [{标识: i-1, 标题: 甲}]\n意见建议: [{标识: s-1, 编号: 1., 标题: 乙, 状态: 正在整改}]\n"
    )
    assert (issue["kind"], issue["kind_name"]) == ("issue", "问题")
    assert (suggestion["kind"], suggestion["kind_name"], suggestion["numbers"]) == ("suggestion", "意见建议", "1.")
    assert csv_rows(tmp_path / "notices.csv")[0]["listed_issues"] == "1"


def test_the_status_is_the_words_of_the_source_with_their_class(tmp_path: Path) -> None:
    rows = of(
        tmp_path,
        "数据截至: 2024-01-31\n"
        "问题:\n"
        "  - {标识: i-1, 标题: 甲, 状态: {词语: 已办结, 依据: 通报总数, 原文: 全部办结, 截至: 2024-02}}\n"
        "  - {标识: i-2, 标题: 乙, 状态: {词语: 见了成效, 归类: 阶段性完成}}\n"
        "  - {标识: i-3, 标题: 丙}\n",
    )
    names = ("status", "status_class", "status_code", "status_basis", "status_quote", "as_of")
    assert [[row[name] for name in names] for row in rows] == [
        ["已办结", "已完成", "completed", "通报总数", "全部办结", "2024-02"],
        ["见了成效", "阶段性完成", "phased", "本条", "", "2024-01-31"],
        # What nobody said is not inferred, and nothing is what it rests on.
        ["未标明", "未标明", "unstated", "", "", "2024-01-31"],
    ]


def test_a_status_that_changed_is_told_with_the_one_at_publication(tmp_path: Path) -> None:
    change = "{日期: 2024-05-01, 内容: 办完, 依据: 来函, 原状态: 正在整改, 现状态: 已完成整改}"
    (row,) = of(tmp_path, f"问题: [{{标识: i-1, 标题: 甲, 状态: 已完成整改, 变更: [{change}]}}]\n")
    assert (row["status"], row["published_status"]) == ("已完成整改", "正在整改")
    assert (row["status_changed"], row["as_of"]) == ("2024-05-01", "2024-05-01")
    # Totals of the notice speak of the day of its publication.
    (notice,) = csv_rows(tmp_path / "notices.csv")
    assert (notice["listed_in_progress"], notice["listed_completed"]) == ("1", "0")


def test_what_a_matter_has_of_its_own(tmp_path: Path) -> None:
    (row,) = of(
        tmp_path,
        "问题:\n"
        "  - {标识: i-1, 标题: 甲, 主题: [财务管理, 会议记录], 措施: [一, 二], 成效: 好了, 责任: 局长, 时限: 3个月,"
        " 销号日期: 2023-12}\n",
    )
    assert [row[name] for name in ("topics", "measures", "result", "responsible", "deadline", "closed_date")] == [
        "财务管理；会议记录",
        "2",
        "好了",
        "局长",
        "3个月",
        "2023-12",
    ]


def test_issues_carried_on_lead_to_each_other(tmp_path: Path) -> None:
    issue = "问题: [{标识: i-1, 标题: 甲%s}]\n"
    write(
        tmp_path,
        {
            "jia/2021": NOTICE + issue % "",
            "jia/2022": NOTICE + issue % ", 承接: [2021#i-1]",
            "yi/2023": NOTICE + issue % ", 承接: [jia/2021#i-1, jia/2022#i-1]",
        },
    )
    newest, middle, oldest = csv_rows(tmp_path / "issues.csv")
    assert (newest["carries_on"], newest["carried_on_by"]) == ("jia/2021#i-1；jia/2022#i-1", "")
    assert (middle["carries_on"], middle["carried_on_by"]) == ("jia/2021#i-1", "yi/2023#i-1")
    assert (oldest["carries_on"], oldest["carried_on_by"]) == ("", "yi/2023#i-1")


@pytest.mark.parametrize(
    ("feedback", "publication", "days"),
    [
        ("2023-12-04", "落款日期: 2023-12-14", "10"),
        ("2023-12-04", "落款日期: 2023-12, 发布日期: 2023-12-15", "11"),
        ("2023-12-04", "落款日期: 2023-12", ""),
        ("2023-12", "落款日期: 2023-12-14", ""),
        ("{原文: 2023年12月4, 可确定: 2023-12}", "落款日期: 2023-12-14", ""),
        ("{原文: 2023年12月4, 可确定: 2023-12-04}", "落款日期: 2023-12-14", "10"),
        # A mistake of the source, not a span.
        ("2023-12-24", "落款日期: 2023-12-14", ""),
    ],
)
def test_days_are_counted_between_known_days_only(tmp_path: Path, feedback: str, publication: str, days: str) -> None:
    text = NOTICE.replace("落款日期: 2023-12-14", publication)
    text += f"巡察: [{{反馈: 2022-01-01}}, {{反馈: {feedback}}}]\n问题: [{{标识: i-1, 标题: 甲}}]\n"
    write(tmp_path, {"shili/2023": text})
    assert csv_rows(tmp_path / "issues.csv")[0]["days_from_feedback"] == days


def test_a_date_stays_as_precise_as_it_is_and_only_a_whole_one_is_a_date_in_the_workbook(tmp_path: Path) -> None:
    more = """数据截至: 2023-12
巡察:
  - {反馈: {原文: 2022年11月15, 可确定: 2022-11-15}}
问题:
  - {标识: i-1, 标题: 甲}
"""
    (row,) = of(tmp_path, more)
    assert (row["signed"], row["as_of"], row["feedback_date"]) == ("2023-12-14", "2023-12", "2022年11月15")
    (cells,) = sheet_rows(tmp_path / "issues.xlsx")
    assert cells[LABELS["signed"]] == datetime(2023, 12, 14)  # noqa: DTZ001 - a workbook knows no time zones
    assert (cells[LABELS["as_of"]], cells[LABELS["feedback_date"]]) == ("2023-12", "2022年11月15")
    sheet = openpyxl.load_workbook(tmp_path / "issues.xlsx")["问题"]
    signed = next(cell for cell, column in zip(sheet[2], MATTERS.columns, strict=True) if column.name == "signed")
    assert signed.number_format == "yyyy-mm-dd"


def test_a_contact_is_a_phrase_so_that_the_zero_stays(tmp_path: Path) -> None:
    contact = "联系方式: {电话: [0746-3229641, '0746 1'], 电子邮箱: x@example.org, 邮编: '010010'}\n"
    text = NOTICE.partition("联系方式")[0] + contact + "问题: [{标识: i-1, 标题: 甲}]\n"
    write(tmp_path, {"shili/2023": text})
    (row,) = csv_rows(tmp_path / "issues.csv")
    assert row["contact"] == "电话：0746-3229641、0746 1；电子邮箱：x@example.org；邮编：010010"
    assert pd.read_csv(tmp_path / "issues.csv")["contact"][0] == row["contact"]


def test_the_units_own_contact_comes_before_that_of_the_notice(tmp_path: Path) -> None:
    unit = UNIT + "联系方式: {电话: 0000-7654321, 核对日期: 2024-06-01}\n"
    board, _ = board_of(tmp_path, {"shili/unit.yml": unit, "shili/2023.yml": NOTICE})
    write_tables(board, tmp_path)
    (row,) = csv_rows(tmp_path / "notices.csv")
    assert (row["contact"], row["contact_checked"]) == ("电话：0000-7654321", "2024-06-01")


# A file that any reader of CSV takes.


def test_csv_is_as_rfc_4180_has_it_with_a_mark_for_excel(tmp_path: Path) -> None:
    title = '"引号",逗号\n第二行'
    of(tmp_path, f"问题: [{{标识: i-1, 标题: {title!r}}}]\n".replace("'", '"').replace('""引号"', '"\\"引号\\"'))
    content = (tmp_path / "issues.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfkind_name,unit_name,")
    assert '"""引号"",逗号\n第二行"'.encode() in content
    assert content.count(b"\r\n") == 2
    assert content.endswith(b"\r\n")
    assert pd.read_csv(tmp_path / "issues.csv")["title"][0] == title


def test_pandas_finds_columns_of_numbers_and_texts(tmp_path: Path) -> None:
    of(tmp_path, "问题: [{标识: i-1, 标题: 甲, 措施: [一]}, {标识: i-2, 标题: 乙}]\n")
    from_csv = pd.read_csv(tmp_path / "issues.csv")
    from_workbook = pd.read_excel(tmp_path / "issues.xlsx", sheet_name="问题", dtype={"地区代码": str})
    assert list(from_csv.columns) == [column.name for column in MATTERS.columns]
    assert list(from_workbook.columns) == [column.label for column in MATTERS.columns]
    assert from_csv["measures"].tolist() == from_workbook["措施数"].tolist() == [1, 0]
    assert from_csv["title"].tolist() == from_workbook["标题"].tolist() == ["甲", "乙"]
    assert from_workbook["落款日期"].dt.year.tolist() == [2023, 2023]


# No cell is computed.

SIGNS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n"]


@pytest.mark.parametrize("sign", SIGNS, ids=repr)
def test_a_text_that_a_spreadsheet_would_compute_is_guarded(sign: str) -> None:
    assert guarded(f"{sign}1") == f"'{sign}1"
    assert guarded(f"'{sign}1") == f"''{sign}1"
    assert guarded(f"甲{sign}1") == f"甲{sign}1"


@pytest.mark.parametrize("text", ["", "'四风'问题", "1-2", "（一）"])
def test_any_other_text_is_left_alone(text: str) -> None:
    assert guarded(text) == unguarded(text) == text


@given(st.text() | st.text(["'", "=", "-", "1", "＠", "\n"]))
def test_the_guard_comes_off_without_a_doubt(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_the_rule_of_the_guard_names_every_sign_that_can_be_seen() -> None:
    assert all(sign in GUARD_RULE for sign in SIGNS if sign.isprintable())


@pytest.mark.parametrize("title", ["=cmd|'/c calc'!A1", "-2+3+cmd|' /c calc'!A1", "@SUM(1+1)", "＝1+1", "+1"])
def test_a_title_that_looks_like_a_formula_is_none(tmp_path: Path, title: str) -> None:
    (row,) = of(tmp_path, f'问题: [{{标识: i-1, 标题: "{title}"}}]\n')
    assert row["title"] == f"'{title}"
    sheet = openpyxl.load_workbook(tmp_path / "issues.xlsx")["问题"]
    cells = {cell.value: cell for cell in sheet[2]}
    assert cells[title].data_type == "s"


def test_numbers_are_never_guarded_or_texts(tmp_path: Path) -> None:
    (row,) = of(tmp_path, "问题: [{标识: i-1, 标题: 甲}]\n")
    assert row["measures"] == "0"
    assert sheet_rows(tmp_path / "issues.xlsx")[0]["措施数"] == 0


# Any text comes back.

TITLES = st.text(min_size=1).filter(lambda text: not NEVER_IN_VALUE.search(text) and text == text.strip())
AWKWARD = st.sampled_from(
    ["<r>甲</r>", "_x0041_", "=1", "'=1", "'", '"', "<r></r>", "]]>", "&lt;", "𠮷", "http://x.y/"]
)


def board_of_titles(titles: list[str]) -> Board:
    issues = [{"标识": f"i-{at}", "标题": title} for at, title in enumerate(titles, 1)]
    notice = Notice.model_validate(
        {"标题": "甲", "文种": "巡察整改进展", "发布": {"内容": "摘要"}, "问题": issues},
    )
    region = {"省": "湖南省", "代码": "439999"}
    unit = Unit.model_validate({"全称": "甲", "简称": "甲", "地区": region, "类别": "政府部门", "级别": "县"})
    filed = NoticeFile("jia", "2023", Path(), notice, Marks())
    return Board((UnitFolder("jia", Path(), unit, Marks(), (filed,)),))


def as_excel_reads(text: str) -> str:
    """ECMA-376, 22.9.2.19 (ST_Xstring): ``_x005F_`` is an underscore that begins no escape; openpyxl leaves it."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


@given(st.lists(TITLES | AWKWARD, min_size=1, max_size=20))
@settings(deadline=None, max_examples=40)
def test_any_title_comes_back_from_both_files(titles: list[str]) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        write_tables(board_of_titles(titles), folder)
        assert [unguarded(row["title"]) for row in csv_rows(folder / "issues.csv")] == titles
        assert [as_excel_reads(row["标题"]) for row in sheet_rows(folder / "issues.xlsx")] == titles


def test_nothing_is_put_anywhere_else_while_they_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a killed run leaves there, nobody would take away."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    write_tables(board_of_titles(["示例"]), tmp_path)
    assert {"issues.csv", "issues.xlsx"} <= {file.name for file in tmp_path.iterdir()}


@pytest.mark.parametrize(("length", "is_cut"), [(32_767, False), (32_768, True)])
def test_a_text_too_long_for_a_cell_is_cut_with_a_sign(tmp_path: Path, length: int, *, is_cut: bool) -> None:
    title = "长" * length
    write_tables(board_of_titles([title]), tmp_path)
    assert csv_rows(tmp_path / "issues.csv")[0]["title"] == title
    cell = sheet_rows(tmp_path / "issues.xlsx")[0]["标题"]
    assert len(cell) == 32_767
    assert cell.endswith(CUT_SIGN) == is_cut


def test_a_character_of_two_units_is_not_torn() -> None:
    cut = fitting("1" + "𠮷" * 20_000)
    assert len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert set(cut.removesuffix(CUT_SIGN)) == {"1", "𠮷"}


def test_what_xml_forbids_does_not_break_the_workbook(tmp_path: Path) -> None:
    # No record holds such characters; a reader that let one through must not cost the whole workbook.
    with workbook.Book(tmp_path / "x.xlsx", "甲", "乙") as book:
        book.page("说明", (10,)).add("\x00\x1b\ufffe甲")
    assert openpyxl.load_workbook(tmp_path / "x.xlsx")["说明"]["A1"].value == "\ufffd\ufffd\ufffd甲"


# The workbook as people meet it.


def test_the_workbook_has_three_sheets_with_a_head_that_stays(tmp_path: Path) -> None:
    of(tmp_path, "问题: [{标识: i-1, 标题: 甲}]\n")
    book = openpyxl.load_workbook(tmp_path / "issues.xlsx")
    assert book.sheetnames == ["问题", "通报", "说明"]
    last = get_column_letter(len(MATTERS.columns))
    assert (book["问题"].freeze_panes, book["问题"].auto_filter.ref) == ("A2", f"A1:{last}2")
    title = next(cell for cell in book["问题"][2] if cell.value == "甲")
    assert title.alignment.wrap_text


def test_a_row_is_as_high_as_its_sentences_need(tmp_path: Path) -> None:
    # LibreOffice and WPS would show one line of them.
    write_tables(board_of_titles(["短", "长" * 40, "长" * 1_000]), tmp_path)
    heights = openpyxl.load_workbook(tmp_path / "issues.xlsx")["问题"].row_dimensions
    assert [heights[row].height for row in (2, 3, 4)] == [None, 30, 90]


@pytest.mark.parametrize(("text", "expected"), [("", 1), ("a" * 10, 2), ("长" * 4, 1), ("长" * 5, 2), ("长\n\n短", 3)])
def test_lines_are_counted_by_the_width_of_characters(text: str, expected: int) -> None:
    assert lines(text, 9) == expected


def test_an_address_is_a_link_with_its_anchor(tmp_path: Path) -> None:
    url = "https://example.org/notices/shili/2023/#i-1"
    of(tmp_path, "问题: [{标识: i-1, 标题: 甲}]\n")
    sheet = openpyxl.load_workbook(tmp_path / "issues.xlsx")["问题"]
    (cell,) = (cell for cell in sheet[2] if cell.value == url)
    assert f"{cell.hyperlink.target}#{cell.hyperlink.location}" == url


def test_links_beyond_what_a_sheet_may_have_are_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LINKS_OF_A_SHEET", 1)
    write_tables(board_of_titles(["甲", "乙"]), tmp_path)
    first, second = openpyxl.load_workbook(tmp_path / "issues.xlsx")["问题"].iter_rows(min_row=2)
    at = [column.name for column in MATTERS.columns].index("url")
    assert (first[at].hyperlink is not None, second[at].hyperlink) == (True, None)
    assert second[at].value == "https://example.org/notices/jia/2023/#i-2"


def test_a_link_too_long_for_excel_is_a_text(tmp_path: Path) -> None:
    url = "https://example.org/" + "x" * 2_100
    text = NOTICE.replace("内容: 摘要", f"内容: 摘要, 网址: {url}") + "问题: [{标识: i-1, 标题: 甲}]\n"
    write(tmp_path, {"shili/2023": text})
    assert sheet_rows(tmp_path / "issues.xlsx")[0]["原通报网址"] == url


def test_the_explanation_has_every_column_and_the_rules(tmp_path: Path) -> None:
    of(tmp_path, "问题: [{标识: i-1, 标题: 甲}]\n")
    rows = list(openpyxl.load_workbook(tmp_path / "issues.xlsx")["说明"].iter_rows(values_only=True))
    explained = [(row[0], row[2]) for row in rows]
    for table in (MATTERS, NOTICES):
        assert all((column.label, column.name) in explained for column in table.columns)
    words = "".join(row[1] or "" for row in rows)
    for part in (
        "示例公开栏",
        "https://example.org/",
        "意见建议不算问题",
        "从不推断",
        GUARD_RULE,
        SPREADSHEET_RULE,
        "非官方",
    ):
        assert part in words


def test_on_the_units_own_site_nothing_is_called_unofficial() -> None:
    own = Masthead("示例局", "https://example.org/", frozenset(["shili"]), "示例县示例局")
    assert "性质" not in dict(tables.rules(own))


@pytest.mark.parametrize("table", [MATTERS, NOTICES], ids=lambda table: table.name)
def test_names_and_labels_of_columns_are_all_different(table: Any) -> None:
    for names in ([column.name for column in table.columns], [column.label for column in table.columns]):
        assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", column.name) for column in table.columns)
    assert all(column.meaning and isinstance(column.type, ColumnType) for column in table.columns)


# Notices.


def test_totals_stated_stand_as_quoted_beside_the_counts(tmp_path: Path) -> None:
    stated = """通报所述:
  - {项目: 问题, 数: 3, 单位: 个}
  - {项目: 已完成整改, 数: 2, 单位: 个}
  - {项目: 正在整改, 对象: 甲局, 数: 1, 单位: 个}
  - {项目: 正在整改, 对象: 乙局, 数: 0, 单位: 个}
  - {项目: 已完成整改, 所属: 意见建议, 数: 5, 单位: 条}
  - {项目: 退还, 数: 12.50, 单位: 元}
  - {项目: 全部完成}
问题:
  - {标识: i-1, 标题: 甲, 状态: 已完成整改}
  - {标识: i-2, 标题: 乙}
"""
    of(tmp_path, stated)
    (row,) = csv_rows(tmp_path / "notices.csv")
    assert (row["stated_issues"], row["listed_issues"]) == ("3个", "2")
    assert (row["stated_completed"], row["listed_completed"], row["listed_unstated"]) == ("2个", "1", "1")
    # Figures of single bodies are quoted, never added up.
    assert row["stated_in_progress"] == "甲局：正在整改1个；乙局：正在整改0个"
    assert row["stated_others"] == "意见建议：已完成整改5条；退还12.50元；全部完成"
    assert (row["stated_measures"], row["listed_measures"], row["listed_suggestions"]) == ("", "0", "0")
    (cells,) = sheet_rows(tmp_path / "issues.xlsx", "通报")
    assert (cells["通报称：问题"], cells["列出：问题"]) == ("3个", 2)


def test_inspections_of_a_notice_are_told_together(tmp_path: Path) -> None:
    more = """巡察:
  - {巡察组: 甲组, 对象: [甲, 乙], 届次: 五届市委, 轮次: 第一轮, 方式: 常规, 开始: 2022-03-01, 反馈: 2022-07}
  - {巡察组: 乙组, 开始: 2022-02, 结束: 2022-06-01, 反馈: 2022-08}
"""
    of(tmp_path, more)
    (row,) = csv_rows(tmp_path / "notices.csv")
    assert (row["inspection_team"], row["inspected_bodies"]) == ("甲组；乙组", "甲；乙")
    assert (row["inspection_round"], row["inspection_modes"]) == ("五届市委第一轮", "常规")
    assert [row[name] for name in ("inspection_start", "inspection_end", "feedback_date")] == [
        "2022-02",
        "2022-06-01",
        "2022-08",
    ]


def test_a_title_that_the_site_supplied_is_marked(tmp_path: Path) -> None:
    (row,) = of(tmp_path, "拟题: 是\n问题: [{标识: i-1, 标题: 甲}]\n")
    assert row["notice"] == csv_rows(tmp_path / "notices.csv")[0]["title"] == "[示例通报]"


def test_a_notice_not_in_force_stands_at_the_end_without_its_content(tmp_path: Path) -> None:
    retired = NOTICE + "状态: {词语: 已更正并替换, 日期: 2024-01-01, 原因: 有误, 替换为: 2023-12}\n"
    issue = "问题: [{标识: i-1, 标题: 甲}]\n"
    files = write(tmp_path, {"shili/2023-12": NOTICE + issue, "shili/2024": retired + issue})
    in_force, gone = csv_rows(tmp_path / "notices.csv")
    assert (in_force["state"], in_force["listed_issues"], in_force["successor"]) == ("现行", "1", "")
    assert [gone[name] for name in ("notice_address", "title", "state", "retired_on", "retirement_reason")] == [
        "shili/2024",
        "示例通报",
        "已更正并替换",
        "2024-01-01",
        "有误",
    ]
    assert gone["successor"] == "shili/2023-12"
    assert not any(
        gone[name] for name in gone if name.startswith(("stated_", "listed_")) or name in ("contact", "signed")
    )
    assert [row["notice_address"] for row in csv_rows(tmp_path / "issues.csv")] == ["shili/2023-12"]
    assert [(file.name, file.rows) for file in files] == [("issues.xlsx", 1), ("issues.csv", 1), ("notices.csv", 2)]


def test_former_addresses_are_told(tmp_path: Path) -> None:
    of(tmp_path, "旧址: [jiu/2022, geng-jiu/2023]\n")
    assert csv_rows(tmp_path / "notices.csv")[0]["former_addresses"] == "jiu/2022；geng-jiu/2023"


def test_a_board_without_notices_has_tables_with_a_head() -> None:
    with tempfile.TemporaryDirectory() as made:
        files = write_tables(Board(), Path(made))
        assert {file.rows for file in files} == {0}
        assert csv_rows(Path(made) / "issues.csv") == []
        assert sheet_rows(Path(made) / "issues.xlsx") == []


# Many rows.

THREE_YEARS = {
    f"shili/{date}": NOTICE + "问题: [{标识: i-1, 标题: 甲}, {标识: i-2, 标题: 乙}]\n"
    for date in ("2021", "2023-01", "2023-12-14")
}


def test_above_a_limit_there_is_a_workbook_for_each_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROWS_OF_A_WORKBOOK", 5)
    files = write(tmp_path, THREE_YEARS)
    assert [(file.name, file.rows) for file in files] == [
        ("issues.xlsx", 2),
        ("issues-2023.xlsx", 4),
        ("issues-2021.xlsx", 2),
        ("issues.csv", 6),
        ("notices.csv", 3),
    ]
    index = openpyxl.load_workbook(tmp_path / "issues.xlsx")
    assert index.sheetnames == ["各年的工作簿", "通报", "说明"]
    assert [tuple(row.values()) for row in cell_rows(index["各年的工作簿"])] == [
        (2023, "issues-2023.xlsx", 4, "https://example.org/data/issues-2023.xlsx"),
        (2021, "issues-2021.xlsx", 2, "https://example.org/data/issues-2021.xlsx"),
    ]
    assert len(cell_rows(index["通报"])) == 3
    of_a_year = openpyxl.load_workbook(tmp_path / "issues-2023.xlsx")
    assert of_a_year.sheetnames == ["问题", "说明"]
    assert {row["通报代号"] for row in cell_rows(of_a_year["问题"])} == {"shili/2023-01", "shili/2023-12-14"}
    assert len(csv_rows(tmp_path / "issues.csv")) == 6


def test_at_the_limit_there_is_one_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROWS_OF_A_WORKBOOK", 6)
    assert [file.name for file in write(tmp_path, THREE_YEARS)] == ["issues.xlsx", "issues.csv", "notices.csv"]


def test_a_full_sheet_goes_on_on_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS_OF_A_SHEET", 4)
    write(tmp_path, THREE_YEARS)
    book = openpyxl.load_workbook(tmp_path / "issues.xlsx")
    assert book.sheetnames == ["问题", "问题2", "通报", "说明"]
    assert [len(cell_rows(book[name])) for name in ("问题", "问题2")] == [4, 2]
    assert book["问题"].auto_filter.ref.endswith("5")
    assert book["问题2"].freeze_panes == "A2"


# The same notices give the same bytes.


class Moments(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, datetime)


class LaterClock(datetime, metaclass=Moments):
    """In the place of ``datetime`` in the writer's module: another year is now."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return datetime(2099, 1, 1, tzinfo=tz)


def test_neither_clock_nor_time_zone_nor_user_changes_a_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    first.mkdir()
    second.mkdir()
    before = os.umask(0o022)
    try:
        monkeypatch.setenv("TZ", "Asia/Shanghai")
        time.tzset()
        names = [file.name for file in write(first, THREE_YEARS)]
        monkeypatch.setenv("TZ", "America/St_Johns")
        monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
        monkeypatch.setenv("USER", "somebody-else")
        time.tzset()
        os.umask(0o077)
        monkeypatch.setattr(time, "time", lambda: 4_070_908_800.0)
        monkeypatch.setattr(xlsxwriter.core, "datetime", LaterClock)
        write(second, THREE_YEARS)
    finally:
        os.umask(before)
        monkeypatch.undo()
        time.tzset()
    assert [(first / name).read_bytes() for name in names] == [(second / name).read_bytes() for name in names]
    with zipfile.ZipFile(first / "issues.xlsx") as parts:
        assert b"2026-01-01T00:00:00Z" in parts.read("docProps/core.xml")


# LibreOffice opens both.

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
#: Comma, quotation mark, UTF-8, from the first line on, columns as they come, simplified Chinese.
AS_CHINESE_CSV = "--infilter=CSV:44,34,76,1,,2052"


def opened(file: Path, *options: str) -> list[dict[str, tuple[str, str]]]:
    """The first sheet as LibreOffice takes it: of each row head → (type, text); the type of a formula is formula."""
    profile = f"-env:UserInstallation=file://{file.parent}/profile"
    convert = ["soffice", profile, "--headless", *options, "--convert-to", "fods", "--outdir", str(file.parent)]
    subprocess.run([*convert, str(file)], check=True, capture_output=True, timeout=120)
    sheet = ET.parse(file.with_suffix(".fods")).getroot().find(f".//{TABLE}table")  # noqa: S314 - made here
    assert sheet is not None
    rows = [_cells(row) for row in sheet.iter(f"{TABLE}table-row")]
    head, *rows = [row for row in rows if any(text for _, text in row)]
    return [dict(zip((text for _, text in head if text), row, strict=False)) for row in rows]


def _cells(row: ET.Element) -> list[tuple[str, str]]:
    found = []
    for cell in row.iter(f"{TABLE}table-cell"):
        kind = "formula" if cell.get(f"{TABLE}formula") else cell.get(f"{OFFICE}value-type", "")
        text = "\n".join("".join(line.itertext()) for line in cell.iter(f"{TEXT}p"))
        found += [(kind, text)] * min(int(cell.get(f"{TABLE}number-columns-repeated", "1")), 100)
    return found


@pytest.mark.skipif(shutil.which("localc") is None, reason="没有安装 LibreOffice Calc：apt install libreoffice-calc")
def test_libreoffice_takes_no_text_for_a_date_a_number_or_a_formula(tmp_path: Path) -> None:
    text = NOTICE.replace("0000-1234560", "0746-3229641")
    text += "数据截至: 2023-12\n问题: [{标识: i-1, 标题: =1+1, 措施: [一]}, {标识: i-2, 编号: (1), 标题: 乙}]\n"
    write(tmp_path, {"shili/2023": text})

    first, second = opened(tmp_path / "issues.csv", AS_CHINESE_CSV)
    assert first["title"] == ("string", "'=1+1")
    assert first["contact"] == ("string", "电话：0746-3229641")
    assert first["as_of"] == ("string", "2023-12")
    assert first["measures"] == ("float", "1")
    # What only the workbook keeps, and what SPREADSHEET_RULE warns of.
    assert second["numbers"] == ("float", "-1")

    first, second = opened(tmp_path / "issues.xlsx")
    assert first["标题"] == ("string", "=1+1")
    assert first["联系方式"] == ("string", "电话：0746-3229641")
    assert first["状态截至"] == ("string", "2023-12")
    assert first["落款日期"] == ("date", "2023-12-14")
    assert first["措施数"] == ("float", "1")
    assert first["地区代码"] == ("string", "439999")
    assert second["编号"] == ("string", "(1)")
