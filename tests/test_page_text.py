"""Any text in any field comes out on the page as that text, whatever signs of Markdown or HTML it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st

from noticeboard.board.board import Board, NoticeFile, UnitFolder
from noticeboard.positions import Marks
from noticeboard.record.model import Notice, Unit
from noticeboard.record.shown import Place
from noticeboard.site.model.site import Site
from noticeboard.site.pages.tree import pages
from noticeboard.text import NEVER_IN_VALUE
from tests.filled import Filled, Text, accepted, notice_with_all
from tests.records import MASTHEAD
from tests.rendering import html_of

HOSTILE = [
    "<script>alert(1)</script>",
    "</td></table><h1>",
    "&lt;b&gt; &amp;amp; &#42;",
    "**粗** __线__ *斜* `码` ~~删~~",
    "[链接](javascript:alert(1)) ![图](x) <a@b.c>",
    "| 竖线 | 表 |",
    "# 标题 {: #i-1 .x onclick=alert(1) }",
    "- 项\n- 项",
    "1. 一",
    "2) 二",
    "> 引",
    ":   定义",
    "===\n---",
    "+ 加",
    "```\n码\n```",
    "    四个空格",
    "{{ view }} {% raw %}",
    "末尾反斜线\\",
    "[^1] *[HTML]: x",
    "”“‘’《》〔2022〕2号",
    "{: .nb-lead }",
    "甲\n\n乙\n\n\n丙",
    "<!-- 注 -->",
    "==标== ^^上^^ H~2~O :smile:",
]

texts = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
    .map(lambda text: NEVER_IN_VALUE.sub("", text).strip())
    .filter(bool)
)
line_texts = texts | st.sampled_from(HOSTILE) | st.lists(texts | st.sampled_from(HOSTILE), min_size=2).map("\n".join)

UNIT = Unit.model_validate(
    {
        "全称": "示例局",
        "简称": "示例局",
        "地区": {"省": "湖南省", "代码": "430000"},
        "类别": "政府部门",
        "级别": "省",
    }
)


class _Reader(HTMLParser):
    """Takes text and links out of a page; a tree of its thousands of line breaks would take ten times as long."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag != "script"
        assert "onclick" not in dict(attributes)
        if tag == "br":
            self.texts.append("\n")
        elif tag == "a" and "href" in dict(attributes):
            self.links.append(dict(attributes)["href"] or "")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def text(self) -> str:
        """The text that is seen; white space folded as HTML does, a line break being white space."""
        return fold("".join(self.texts))


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def visible(html: str) -> str:
    """The text that a reader sees."""
    return _read(html).text()


def readable(html: str) -> str:
    """The same, and the addresses that a reader can go to."""
    reader = _read(html)
    return "\n".join((reader.text(), *reader.links))


def fold(text: str) -> str:
    return re.sub(r"[ \t\n\f\r]+", " ", text).strip(" ")


def page_of(record: Notice, unit: Unit = UNIT, page: str = "notices/shili/2023.md") -> str:
    filed = NoticeFile("shili", "2023", Path("2023.yml"), record, Marks())
    board = Board((UnitFolder("shili", Path("unit.yml"), unit, Marks(), (filed,)),))
    accepts = {filed.address: accepted(record)}
    return html_of(next(made.text for made in pages(Site(board, MASTHEAD, accepts)) if made.file == page))


def assert_all_in(shown: str, texts: Iterable[Text]) -> None:
    assert [str(text) for text in texts if Place.PAGE not in text.not_in and fold(text.text) not in shown] == []


@settings(max_examples=60, deadline=None)
@given(line_texts)
@example("-")
@example("1.")
def test_any_text_in_any_field_of_a_notice_comes_out_as_it_went_in(text: str) -> None:
    notice, texts = notice_with_all(text)
    assert_all_in(readable(page_of(notice)), texts)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_as_it_went_in(text: str) -> None:
    notice, texts = notice_with_all(text.strip())
    assert_all_in(readable(page_of(notice)), texts)


@pytest.mark.parametrize("text", HOSTILE)
def test_the_table_of_issues_shows_numbers_titles_and_statuses_as_they_went_in(text: str) -> None:
    notice, _ = notice_with_all(text.strip())
    issue = notice.sections[0].issues[0]
    soup = BeautifulSoup(page_of(notice), "html.parser")
    (row,) = (row for row in soup.find_all("tr") if row.find("a", href=f"#{issue.id}"))
    assert [visible(str(cell)) for cell in row.find_all("td")] == [
        fold(issue.number or ""),
        fold(issue.title),
        f"{issue.status.code.sign} {fold(issue.status.words)}",
    ]


@settings(max_examples=30, deadline=None)
@given(line_texts)
def test_any_text_in_any_field_of_a_unit_comes_out_as_it_went_in(text: str) -> None:
    filled = Filled(text)
    unit = Unit.model_validate(filled.record(Unit))
    notice = Notice.model_validate({"标题": "甲", "文种": "巡察整改进展", "发布": {"内容": "摘要"}})
    assert_all_in(readable(page_of(notice, unit, "units/shili.md")), filled.texts)
    for page in ("contacts/index.md", "units/index.md", "index.md"):
        assert fold(unit.short_name) in visible(page_of(notice, unit, page))


def test_the_title_in_the_front_matter_needs_no_thought_about_quotation_marks() -> None:
    record = Notice.model_validate({"标题": '"甲": {乙', "文种": "巡察整改进展", "发布": {"内容": "摘要"}})
    filed = NoticeFile("shili", "2023", Path("2023.yml"), record, Marks())
    board = Board((UnitFolder("shili", Path("unit.yml"), UNIT, Marks(), (filed,)),))
    assert 'title: "示例局：&quot;甲&quot;: {乙"\n' in next(
        page.text for page in pages(Site(board, MASTHEAD)) if page.file == "notices/shili/2023.md"
    )
