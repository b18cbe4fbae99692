"""Any text in any field comes out on the page as that text, whatever signs of Markdown or HTML it holds."""

from __future__ import annotations

import functools
import re
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st

from noticeboard.board.board import Board, NoticeFile, UnitFolder
from noticeboard.paths import CONFIG
from noticeboard.positions import Marks
from noticeboard.reading.encoding import NEVER_IN_VALUE
from noticeboard.record.model import Notice, Unit
from noticeboard.site.engine import markdown_settings
from noticeboard.site.model.site import Site
from noticeboard.site.pages.tree import pages
from tests.records import MASTHEAD

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
    """Takes the text out of a page; a tree of its thousands of line breaks would take ten times as long."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag != "script"
        assert "onclick" not in dict(attributes)
        if tag == "br":
            self.texts.append("\n")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def visible(html: str) -> str:
    """The text that a reader sees; white space folded as HTML does, a line break being white space."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return fold("".join(reader.texts))


def fold(text: str) -> str:
    return re.sub(r"[ \t\n\f\r]+", " ", text).strip(" ")


def page_of(record: Notice, unit: Unit = UNIT, page: str = "notices/shili/2023.md") -> str:
    filed = NoticeFile("shili", "2023", Path("2023.yml"), record, Marks({}))
    board = Board((UnitFolder("shili", Path("unit.yml"), unit, Marks({}), (filed,)),))
    made = next(one.text for one in pages(Site(board, MASTHEAD)) if one.file == page)
    return _engine().reset().convert(made.split("---\n", 2)[2])


@functools.cache
def _engine() -> markdown.Markdown:
    extensions, configs = markdown_settings(CONFIG)
    return markdown.Markdown(extensions=extensions, extension_configs=configs)


class Fields:
    """Gives every field a value of its own that begins and ends with the text, and remembers it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.values: list[str] = []

    def one(self) -> str:
        self.values.append(f"{self.text}§{len(self.values)}§{self.text}")
        return self.values[-1]

    def assert_all_in(self, shown: str) -> None:
        missing = [value for value in self.values if fold(value) not in shown]
        assert missing == []


def matter(fields: Fields, anchor: str) -> dict[str, object]:
    """An issue or suggestion with every field."""
    return {
        "标识": anchor,
        "编号": fields.one(),
        "标题": fields.one(),
        "原题": fields.one(),
        "状态": {"词语": fields.one(), "归类": "正在整改", "依据": "所在标题", "原文": fields.one()},
        "责任": fields.one(),
        "时限": fields.one(),
        "措施": [fields.one(), fields.one()],
        "进展": fields.one(),
        "成效": fields.one(),
        "变更": [{"日期": "2024", "内容": fields.one(), "依据": fields.one()}],
    }


def stated(fields: Fields) -> dict[str, object]:
    return {"项目": fields.one(), "数": "1", "单位": fields.one(), "说明": fields.one()}


def notice_of(fields: Fields) -> Notice:
    """A notice with every field that takes any text."""
    one = fields.one
    section = {
        "标识": "f-1",
        "编号": one(),
        "标题": one(),
        "原题": one(),
        "对象": one(),
        "措施": [one()],
        "进展": one(),
    }
    total = {"项目": one(), "数": "1", "单位": one()}
    return Notice.model_validate(
        {
            "标题": one(),
            "文种": "巡察整改进展",
            "署名": [one()],
            "文号": one(),
            "索引号": one(),
            "发布": {"来源": one(), "内容": "摘要", "说明": one()},
            "巡察": [
                {
                    "巡察组": one(),
                    "对象": [one()],
                    "届次": one(),
                    "轮次": one(),
                    "方式": [one()],
                    "结束": {"原文": one()},
                }
            ],
            "通报所述": [stated(fields)],
            "概述": one(),
            "方面": [{**section, "成效": one(), "通报所述": [total], "问题": [matter(fields, "i-1")]}],
            "问题": [{**matter(fields, "i-2"), "子问题": [matter(fields, "i-2-1")]}],
            "意见建议": [matter(fields, "s-1")],
            "其他部分": [{"类别": "其他", "编号": one(), "标题": one(), "内容": [one(), one()]}],
            "附件": [{"名称": one()}],
            "联系方式": {
                "电话": [one()],
                "传真": [one()],
                "电子邮箱": [one()],
                "地址": one(),
                "邮编": one(),
                "受理时间": one(),
                "说明": one(),
            },
            "变更": [{"日期": "2024", "内容": one(), "依据": one()}],
            "原文缺损": one(),
        }
    )


@settings(max_examples=60, deadline=None)
@given(line_texts)
@example("-")
@example("1.")
def test_any_text_in_any_field_of_a_notice_comes_out_as_it_went_in(text: str) -> None:
    fields = Fields(text)
    fields.assert_all_in(visible(page_of(notice_of(fields))))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_as_it_went_in(text: str) -> None:
    fields = Fields(text.strip())
    fields.assert_all_in(visible(page_of(notice_of(fields))))


@pytest.mark.parametrize("text", HOSTILE)
def test_the_table_of_issues_shows_numbers_titles_and_statuses_as_they_went_in(text: str) -> None:
    notice = notice_of(Fields(text.strip()))
    soup = BeautifulSoup(page_of(notice), "html.parser")
    (row,) = (row for row in soup.find_all("tr") if row.find("a", href="#i-1"))
    issue = notice.sections[0].issues[0]
    assert [visible(str(cell)) for cell in row.find_all("td")] == [
        fold(issue.number or ""),
        fold(issue.title),
        f"◔ {fold(issue.status.words)}",
    ]


@settings(max_examples=30, deadline=None)
@given(line_texts)
def test_any_text_in_any_field_of_a_unit_comes_out_as_it_went_in(text: str) -> None:
    fields = Fields(text)
    one = fields.one
    contact = {"电话": [one()], "地址": one(), "说明": one()}
    region = {"省": one(), "市": one(), "县": one(), "代码": "439999"}
    raw = {"简称": one(), "地区": region, "类别": "政府部门", "级别": "县", "联系方式": contact}
    unit = Unit.model_validate({**raw, "全称": text})
    notice = Notice.model_validate({"标题": "甲", "文种": "巡察整改进展", "发布": {"内容": "摘要"}})
    fields.assert_all_in(visible(page_of(notice, unit, "units/shili.md")))
    for page in ("contacts/index.md", "units/index.md", "index.md"):
        assert fold(unit.short_name) in visible(page_of(notice, unit, page))


def test_the_title_in_the_front_matter_needs_no_thought_about_quotation_marks() -> None:
    record = Notice.model_validate({"标题": '"甲": {乙', "文种": "巡察整改进展", "发布": {"内容": "摘要"}})
    filed = NoticeFile("shili", "2023", Path("2023.yml"), record, Marks({}))
    board = Board((UnitFolder("shili", Path("unit.yml"), UNIT, Marks({}), (filed,)),))
    assert 'title: "示例局：&quot;甲&quot;: {乙"\n' in next(
        page.text for page in pages(Site(board, MASTHEAD)) if page.file == "notices/shili/2023.md"
    )
