"""A word that is longer than a line, in every text that a record may hold: no page scrolls sideways or is cut."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from playwright.sync_api import Browser, Page
from pydantic import BaseModel

from noticeboard.checking.check import check
from noticeboard.record.model import (
    Attachment,
    Issue,
    Notice,
    Part,
    Publication,
    Region,
    Section,
    Stated,
    Status,
    Suggestion,
    Unit,
)
from noticeboard.site import build as sites
from tests.conftest import served
from tests.records import write
from tests.widths import beyond_the_screen

RUN = "Longword" * 25
URL = f"https://example.org/{'0123456789' * 28}"
LONG = f"示例{RUN}，{URL}，示例_{'v' * 60}.docx"
DATE = {"原文": LONG, "可确定": "2023"}
NUMBERS = itertools.count(1)
#: The fields that take no text of one's own, each with a value; ``None`` leaves it out.
FIXED: dict[tuple[type[BaseModel], str], Any] = {
    (Stated, "所属"): "问题",
    (Stated, "数"): "123456789012345.123456",
    (Status, "归类"): "正在整改",
    (Status, "依据"): "本条",
    (Publication, "网址"): URL,
    (Publication, "发布时间"): None,
    (Publication, "内容"): "摘要",
    (Part, "类别"): "其他专项",
    (Part, "标识"): None,
    (Attachment, "网址"): URL,
    (Region, "代码"): "430000",
    (Section, "标识"): lambda: f"f-{next(NUMBERS)}",
    (Notice, "状态"): None,
    (Notice, "旧址"): "jiu-danwei/2023",
    (Notice, "拟题"): "是",
    (Notice, "文种"): "巡察整改进展",
    (Notice, "联合单位"): None,
    (Unit, "类别"): "政府部门",
    (Unit, "级别"): "县",
    (Unit, "旧址"): "jiu-danwei",
    (Unit, "并入"): None,
}
for matter, sign in ((Issue, "i"), (Suggestion, "s")):
    FIXED[matter, "标识"] = lambda sign=sign: f"{sign}-{next(NUMBERS)}"
    FIXED[matter, "主题"] = ["财务管理", "选人用人"]
    FIXED[matter, "承接"] = None
FIXED[Issue, "单独计数"] = "是"
PAGES = [
    *("", "units/", "units/shili/", "units/jiu-danwei/", "notices/shili/2023/", "notices/shili/2024/"),
    *(
        "notices/shili/2022/",
        "notices/shili/2021/",
        "notices/jiu-danwei/2023/",
        "issues/?q=Longword",
        f"issues/?q={RUN}zz",
    ),
    *("issues/?unit=shili", "issues/status/in_progress/", "issues/year/2023/", "topics/", "topics/finance/"),
    *("statistics/", "contacts/", "data/", "sitemap/"),
]
#: The looks of a page: its width, the size of its letters, on the screen or on paper (the 156 mm between its margins).
LOOKS = [(320, "", "screen"), (360, "large", "screen"), (390, "", "screen"), (1280, "", "screen"), (590, "", "print")]


def record_in(annotation: Any) -> type[BaseModel] | None:
    """The kind of record that a field holds, alone or in a list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(record_in, get_args(annotation))), None)


def filled(kind: type[BaseModel], depth: int = 0) -> dict[str, Any]:
    """A record with a long word in each text of it."""
    made: dict[str, Any] = {}
    for name, field in kind.model_fields.items():
        alias, below = field.alias or name, record_in(field.annotation)
        if (kind, alias) in FIXED:
            value = FIXED[kind, alias]
            value = value() if callable(value) else value
        elif below is kind and depth:
            value = None
        elif below:
            inner = filled(below, depth + (below is kind))
            value = [inner] if "tuple" in str(field.annotation) else inner
        else:
            value = DATE if "PartialDate" in str(field.annotation) else LONG
        if value is not None:
            made[alias] = value
    return made


def board() -> dict[str, str]:
    """A unit with a full notice, one that carries it on, one withdrawn and one replaced."""
    notice = filled(Notice)
    first = notice["问题"][0]["标识"]
    later = {**notice, "旧址": [], "问题": [{**notice["问题"][0], "承接": f"2023#{first}"}]}
    out = {**notice, "旧址": [], "状态": {"词语": "撤下", "日期": DATE, "原因": LONG}}
    replaced = {**out, "状态": {**out["状态"], "词语": "已更正并替换", "替换为": "2023"}}
    notices = {"2024": later, "2023": notice, "2022": out, "2021": replaced}
    files = {"shili/unit.yml": filled(Unit), **{f"shili/{date}.yml": record for date, record in notices.items()}}
    return {path: json.dumps(record, ensure_ascii=False) for path, record in files.items()}


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A reader of the site of that board."""
    folder = tmp_path_factory.mktemp("long")
    checked = check(write(folder / "notices", board()))
    assert len(checked.board.by_address) == 4, checked.problems
    sites.build(checked, folder / "site")
    with served(folder / "site") as address:
        context = browser.new_context(base_url=address)
        yield context.new_page()
        context.close()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_the_screen_or_the_paper(page: Page, path: str) -> None:
    response = page.goto(path)
    assert response
    assert response.ok
    if "?" in path:
        page.wait_for_selector("[data-results][data-state=done]", state="attached")
    page.evaluate("document.querySelectorAll('details').forEach(one => (one.open = true))")
    wide = {}
    for width, size, media in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(media=media)
        page.evaluate("size => (document.documentElement.dataset.size = size)", size)
        wide[width, size, media] = beyond_the_screen(page)
    assert {look: found for look, found in wide.items() if found} == {}


def test_each_text_is_on_its_pages_as_it_was_written(page: Page) -> None:
    page.goto("notices/shili/2023/")
    assert page.locator("h1").text_content() == f"[{LONG}]#"
    page.goto("units/shili/")
    assert LONG in (page.locator("article").text_content() or "")


def test_a_word_that_may_not_be_broken_is_found_too_wide(page: Page) -> None:
    page.goto("statistics/")
    assert beyond_the_screen(page) == 0
    page.add_style_tag(content="h1 { overflow-wrap: normal }")
    page.evaluate("run => document.querySelector('h1').append(run)", RUN)
    assert beyond_the_screen(page) > 0
